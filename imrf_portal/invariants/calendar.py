"""Rules of the calendar: dates that moved, duties and what met them, the programme, changes that were told."""

from django.db.models import Count, Exists, F, OuterRef, Q

from forums.models import Change, Forum, Milestone, MilestoneNotice, OfficialDocument, Release, Session, Waiver
from forums.moving import is_outside
from forums.programme.rules import days_of

BY_DOCUMENT = ("report", "note")  # duties that only an official document meets


def each_edition_of_the_dates_but_the_last_is_kept():
    """A forum keeps every edition of its dates before the present one."""
    forums = Forum.objects.annotate(kept=Count("former_dates"))
    return forums.exclude(edition_of_dates=F("kept") + 1).values_list("slug", flat=True)


def a_waived_duty_was_agreed_by_a_second_person():
    """A duty is waived exactly while a waiver stands that somebody agreed to who had not asked for it."""
    standing = Waiver.objects.filter(milestone=OuterRef("pk"), agreed=True, withdrawn_at__isnull=True)
    standing = standing.exclude(decided_by=F("asked_by"))
    waived = Milestone.objects.annotate(agreed=Exists(standing))
    return waived.filter(Q(waived_because="", agreed=True) | (~Q(waived_because="") & Q(agreed=False))).values_list(
        "pk", flat=True
    )


def a_report_or_a_note_is_met_by_its_document():
    """The report and the notes are met on the day on which a document that meets them could first be read."""
    duties = Milestone.objects.filter(kind__in=BY_DOCUMENT).prefetch_related("documents")
    for duty in duties:
        days = [document.available_on for document in duty.documents.all() if document.available_on]
        if (duty.met_on or days) and duty.met_on != min(days, default=None):
            yield duty.pk


def a_late_document_says_why():
    """A report or a note that met its duty late is recorded as late, with a reason."""
    documents = OfficialDocument.objects.filter(meets__kind__in=BY_DOCUMENT, available_on__isnull=False, late_because="")
    for document in documents.select_related("meets__forum"):
        if document.meets.due_on and document.available_on > document.meets.due_on:
            yield document.symbol or document.pk


def sessions_are_on_the_days_of_their_forum():
    """A session that is not cancelled is on the days of its forum, the hearing on the day before."""
    for session in Session.objects.filter(cancelled_at__isnull=True).select_related("forum"):
        if is_outside(*days_of(session, session.forum.zone), session.forum.first_day, session.forum.last_day):
            yield f"{session.forum.slug}/{session.slug}"


def releases_are_numbered_without_gaps():
    """The releases of a programme are numbered from one without gaps, and each is among the changes of the calendar."""
    numbers = {}
    for forum, number in Release.objects.order_by("forum", "number").values_list("forum__slug", "number"):
        numbers.setdefault(forum, []).append(number)
    told = set(Change.objects.filter(kind=Change.Kind.PROGRAMME).values_list("forum__slug", "what__number"))
    for forum, found in numbers.items():
        if found != list(range(1, len(found) + 1)) or any((forum, number) not in told for number in found):
            yield forum


def a_notice_has_its_letter():
    """Whoever is noted as told of a duty has a letter, to the same address."""
    notices = MilestoneNotice.objects.filter(Q(letter__isnull=True) | ~Q(letter__to=F("to")))
    return notices.values_list("pk", flat=True)


RULES = [
    each_edition_of_the_dates_but_the_last_is_kept,
    a_waived_duty_was_agreed_by_a_second_person,
    a_report_or_a_note_is_met_by_its_document,
    a_late_document_says_why,
    sessions_are_on_the_days_of_their_forum,
    releases_are_numbered_without_gaps,
    a_notice_has_its_letter,
]
