"""One's own deadlines as a calendar: calls one may answer or has a draft for, questions asked, duties one answers for.

No title of a draft and no text is in it: calendar programs keep what they fetch. Pure reading.
"""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.models import Accreditation
from accreditation.permissions import organisations_written_for
from forums.ics import Entry, entries_of_call, entry_of_milestone
from forums.models import Call, Forum, Milestone
from submissions.models import Submission

Status = Submission.Status


def own_entries(user) -> list[Entry]:
    """The number of statements does not grow with what the person has."""
    duties = duties_of(user) if user.is_staff else []
    return [*closings_for(user), *questions_to(user), *duties]


def closings_for(user):
    organisations = list(organisations_written_for(user).values_list("pk", flat=True))
    if not organisations:
        return
    drafts = {}
    for call in Submission.objects.of(user).filter(status=Status.DRAFT).values_list("call", flat=True):
        drafts[call] = drafts.get(call, 0) + 1
    standings = list(Accreditation.objects.live().filter(organisation__in=organisations))
    calls = Call.objects.filter(recorded_by_desk_only=False, closes_at__isnull=False).exclude(
        forum__status=Forum.Status.HELD
    )
    for call in calls.select_related("forum").prefetch_related("extensions"):
        if call.pk in drafts or admits(call, standings):
            yield _closing(call, drafts.get(call.pk, 0))


def admits(call, standings) -> bool:
    """Whether one of these standings lets its organisation answer; anybody's call admits every organisation."""
    if call.audience == Call.Audience.ANYBODY:
        return True
    own = [standing for standing in standings if standing.forum_id == call.forum_id]
    if call.audience == Call.Audience.BASES:
        return any(standing.basis_id in call.bases for standing in own)
    return any(standing.status in standing.STANDING for standing in own)


def _closing(call, drafts):
    closing = entries_of_call(call, call.forum)[-1]
    if not drafts:
        return closing
    unsent = ngettext("%(drafts)d draft is not sent yet.", "%(drafts)d drafts are not sent yet.", drafts)
    return replace(closing, about=(unsent % {"drafts": drafts}, *closing.about))


def questions_to(user):
    """A question stands on the day for its answer, or on that it was asked where it has none, until it is answered."""
    asked = Submission.objects.of(user).filter(status=Status.CLARIFICATION_ASKED).select_related("call__forum")
    for submission in asked.prefetch_related("steps__clarification"):
        steps = [step for step in submission.steps.all() if step.became == Status.CLARIFICATION_ASKED]
        if steps:
            last, forum = max(steps, key=lambda step: step.at), submission.call.forum
            until = getattr(getattr(last, "clarification", None), "answer_by", None)
            yield Entry(
                name=f"question-{submission.pk}",
                summary=_("The Network asks about %(reference)s") % {"reference": submission.reference},
                begins=(until or last.at).astimezone(forum.zone).date(),
                changed_at=last.at,
                sequence=len(steps) - 1,
                category=_("Question"),
                about=(_("Answer on the page of the input."), forum.name),
                path=submission.get_absolute_url(),
            )


def duties_of(user):
    own = Milestone.objects.filter(responsible=user, forum__first_day__isnull=False).exclude(forum__status=Forum.Status.HELD)
    return [entry_of_milestone(duty, duty.forum, warns=duty.met_on is None) for duty in own.select_related("forum")]
