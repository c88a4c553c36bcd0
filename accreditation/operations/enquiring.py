"""More information asked for named points until a date; those asked are reminded before it and on the day, once each."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, Enquiry
from accreditation.notifications import about_step, people_of
from accreditation.operations.applying import held
from accreditation.operations.lacking import open_enquiry
from forums.operations import write
from forums.refusals import Refused

Status = Accreditation.Status
DAYS_BEFORE = 3
LAST_MINUTE = time(23, 59)


@transaction.atomic
def ask_for_more(accreditation, *, by, at, question, points=(), answer_on=None):
    """Ask the organisation for more, about these points, until the end of that day where the forum is.

    Only these points and the reply can be written then. The question goes out with the step.
    """
    if not question.strip():
        raise Refused(_("Say what is missing: the organisation will read it."))
    answer_by = answer_on and datetime.combine(answer_on, LAST_MINUTE, accreditation.forum.zone)
    if answer_by and answer_by <= at:
        raise Refused(_("The date for the answer has passed already. Give a later one."))
    step = accreditation.move(Status.MORE_ASKED, by=by, at=at, note=question)
    enquiry = Enquiry.objects.create(
        accreditation=accreditation, question=question, answer_by=answer_by, asked_by=by, asked_at=at
    )
    enquiry.points.set(points)
    return step


@transaction.atomic
def close_unanswered(accreditation, *, by, at, reason):
    """End an application whose question was not answered in time; never before the date given."""
    kept = held(accreditation)
    enquiry = open_enquiry(kept)
    if enquiry and enquiry.answer_by and at <= enquiry.answer_by:
        raise Refused(_("The date for the answer has not passed yet. Wait until then, or ask again."))
    if not reason.strip():
        raise Refused(_("Say why it is closed: the organisation will read it."))
    return kept.move(Status.EXPIRED, by=by, at=at, note=reason, only_from=(Status.MORE_ASKED,))


def is_overdue(enquiry, at) -> bool:
    """Whether the date for the answer has passed."""
    return bool(enquiry and enquiry.answer_by and enquiry.answered_at is None and at > enquiry.answer_by)


def remind_of_enquiries(*, at, most=200) -> int:
    """Write to who speaks for an organisation that has not answered, some days before and on the day; returns how many.

    Whoever was asked later than that is not reminded of what they have just read. After the date nobody is reminded.
    """
    done = 0
    open_ones = Enquiry.objects.filter(answered_at__isnull=True, accreditation__status=Status.MORE_ASKED)
    soon = open_ones.filter(answer_by__gt=at, answer_by__lte=at + timedelta(days=DAYS_BEFORE + 1))
    for pk in list(soon.order_by("answer_by").values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            rows = Enquiry.objects.select_for_update(skip_locked=True, of=("self",))
            enquiry = rows.select_related("accreditation__forum").filter(pk=pk, answered_at__isnull=True).first()
            moment = enquiry and _due(enquiry, at)
            if moment:
                _remind(enquiry, moment, at)
                done += 1
    return done


def _due(enquiry, at):
    """The moment of the reminder that is due and not yet written, or None; the later one where both are."""
    zone = enquiry.accreditation.forum.zone
    day = localtime(enquiry.answer_by, zone).date()
    moments = [datetime.combine(day - timedelta(days=back), time.min, zone) for back in (0, DAYS_BEFORE)]
    told = max(enquiry.asked_at, enquiry.reminded_at or enquiry.asked_at)
    return next((moment for moment in moments if told < moment <= at), None)


def _remind(enquiry, moment, at):
    step = enquiry.accreditation.steps.filter(became=Status.MORE_ASKED).last()
    for person in people_of(enquiry.accreditation.organisation):
        write(
            "accreditation/answer_awaited",
            to=person.email,
            language=person.language,
            about={**about_step(step, enquiry), "person": person},
            key=f"answer-awaited:{enquiry.pk}:{moment:%Y%m%d}:{person.pk}",
            forum=enquiry.accreditation.forum,
            at=at,
        )
    Enquiry.objects.filter(pk=enquiry.pk).update(reminded_at=at)


def overdue(at):
    """The open questions whose date has passed, the oldest first."""
    late = Q(answered_at__isnull=True, answer_by__lt=at, accreditation__status=Status.MORE_ASKED)
    return Enquiry.objects.filter(late).order_by(F("answer_by").asc())
