"""Asking the author of an input back: a question, the parts it opens, a day for the answer, and a reminder before it."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from forums.operations import write
from forums.refusals import Refused
from submissions.models import Clarification, Submission, SubmissionStep
from submissions.notifications import about_step, recipients
from submissions.operations.assigning import hold_as_seen
from submissions.parts import ABOUT, is_of_files, parts_of, with_what_follows
from submissions.questions.asking import form_of

Status = Submission.Status
Part = Clarification.Part
DAYS_BEFORE = 3
LAST_MINUTE = time(23, 59)
LONGEST = timedelta(days=366)


@transaction.atomic
def ask_for_clarification(submission, *, by, at, question, opens=None, answer_on=None, part=""):
    """Ask the author back, until the end of that day where the forum is; the question goes out with the step.

    Only what `opens` names (operations/reopened.py) can be changed then: None is the whole input, nothing means an answer
    in words. The answer comes back to its reviewer, or to who asks where it has none; raises MovedMeanwhile where it was
    given to somebody in the meantime.
    """
    if not question.strip():
        raise Refused(_("Write what you want to know: the author will read it."))
    if submission.recorded_by_desk and not recipients(SubmissionStep(submission=submission)):
        raise Refused(
            _("Nobody acts for this organisation here, so nobody could answer. Write to the author and note the answer.")
        )
    answer_by = answer_on and _end_of(answer_on, submission.call.forum.zone, at)
    named = None if opens is None else _known(submission, opens)
    fields = {}
    if submission.reviewer_id is None:
        hold_as_seen(submission)
        fields["reviewer"] = by
    step = submission.move(Status.CLARIFICATION_ASKED, by=by, at=at, note=question.strip(), **fields)
    Clarification.objects.create(
        submission=submission, step=step, part=part or _anchor(named), opens=named, answer_by=answer_by
    )
    return step


def _end_of(day, zone, at):
    """The last minute of that day on the clock of the forum; refused where it has passed, or is nowhere near."""
    today = localtime(at, zone).date()
    if day < today or (day == today and localtime(at, zone).time() >= LAST_MINUTE):
        raise Refused(_("The date for the answer has passed already. Give a later one."))
    if day > today + LONGEST:
        raise Refused(_("The date for the answer lies too far ahead. Give one within a year."))
    return datetime.combine(day, LAST_MINUTE, zone)


def _known(submission, opens):
    version = submission.standing_version()
    keys = [file["id"] for file in version.content["files"]]
    known = parts_of(submission, submission.attachments.filter(pk__in=keys))
    if strange := sorted(set(opens) - set(known)):
        raise Refused(_("This input has no such part: %(parts)s.") % {"parts": ", ".join(strange)})
    wanted = with_what_follows(opens, form_of(submission.form_version_id))
    return [part for part in known if part in wanted]


def _anchor(named) -> str:
    """The part of the page that shows everything that is opened, where there is one."""
    places = {_place_of(part) for part in named or ()}
    return places.pop() if len(places) == 1 else ""


def _place_of(part):
    if part in ABOUT:
        return Part.ABOUT
    if part in ("summary", "text"):
        return Part.TEXT
    return Part.FILES if is_of_files(part) else ""


def remind_of_clarifications(*, at, most=200) -> int:
    """Write to who can answer, some days before the day for the answer and on it, once each; returns how many questions.

    Whoever was asked later than that is not reminded of what they have just read. After the day nobody is reminded.
    """
    done = 0
    waiting = Clarification.objects.waiting()
    soon = waiting.filter(answer_by__gt=at, answer_by__lte=at + timedelta(days=DAYS_BEFORE + 1))
    for pk, submission in list(soon.order_by("answer_by").values_list("pk", "submission")[:most]):
        with transaction.atomic():
            held = Submission.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
            still = held.filter(pk=submission, status=Status.CLARIFICATION_ASKED).exists()
            question = still and waiting.select_related("step", "submission__call__forum").filter(pk=pk).first()
            if question and (moment := _due(question, at)):
                _remind(question, moment, at)
                done += 1
    return done


def _due(question, at):
    """The moment of the reminder that is due and not yet written, or None; the later one where both are."""
    zone = question.submission.call.forum.zone
    day = localtime(question.answer_by, zone).date()
    moments = [datetime.combine(day - timedelta(days=back), time.min, zone) for back in (0, DAYS_BEFORE)]
    told = max(question.step.at, question.reminded_at or question.step.at)
    return next((moment for moment in moments if told < moment <= at), None)


def _remind(question, moment, at):
    about = about_step(question.step)
    for person in recipients(question.step):
        write(
            "submissions/answer_awaited",
            to=person.email,
            language=person.language,
            about={**about, "question": question, "person": person},
            key=f"input-answer-awaited:{question.pk}:{moment:%Y%m%d}:{person.pk}",
            forum=about["forum"],
            at=at,
        )
    Clarification.objects.filter(pk=question.pk).update(reminded_at=at)
