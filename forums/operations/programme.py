"""The programme of the days: lay out what the resolution gives, plan, cancel and reinstate a session."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from forums.models import Forum, MeetingRoom, Session
from forums.operations.changing import in_six
from forums.programme.rules import ROUND_TABLES, STANDARD_DAYS, objections
from forums.programme.standard import OPENING_SLOTS, standard_sessions
from forums.refusals import Refused
from forums.templatetags.moments import span_in_words

ONE_IN_A_ROOM = "a_room_holds_one_session_at_a_time"
ONE_AT_AN_ADDRESS = "one_session_per_address"
REPEATABLE = (Session.Kind.OTHER, Session.Kind.SIDE_EVENT)


@transaction.atomic
def lay_out_programme(forum) -> list[Session]:
    """Plan the sessions of the standard programme that the forum does not have yet; returns those that were made.

    Nothing is released by it. A matter for which the desk has planned a session of its own is left to the desk.
    """
    kept = Forum.objects.select_for_update().get(pk=forum.pk)
    tables = _four_round_tables(kept)
    planned = list(kept.sessions.all())
    addresses = {session.slug for session in planned}
    plan = standard_sessions(kept.first_day, kept.last_day, kept.zone, tables)
    standard = {columns["slug"] for columns in plan}
    of_the_desk = {(one.kind, one.round_table_id) for one in planned if one.slug not in standard}
    made = []
    for columns in plan:
        table = columns["round_table"]
        matter = (columns["kind"], table and table.pk)
        if columns["slug"] in addresses or (matter in of_the_desk and columns["kind"] not in REPEATABLE):
            continue
        made.append(plan_session(Session(forum=kept, **columns)))
        if columns["kind"] == Session.Kind.OPENING:
            _give_places(made[-1])
    return made


def _four_round_tables(forum):
    if not forum.first_day:
        raise Refused(_("The forum has no days yet, so nothing can be planned on them. Enter the days of the forum first."))
    if (forum.last_day - forum.first_day).days + 1 < STANDARD_DAYS:
        raise Refused(
            _("The standard programme of A/RES/73/326 takes four days, this forum has fewer. Plan its sessions yourself.")
        )
    tables = {table.number: table for table in forum.round_tables.all()}
    if not set(range(1, ROUND_TABLES + 1)) <= set(tables):
        raise Refused(
            _("The forum has four round tables (A/RES/73/326, paragraph 22). Enter all four with their numbers first.")
        )
    return tables


def _give_places(opening):
    """The places of the opening segment, still without names (A/RES/73/326, paragraph 15, for the last of them)."""
    for position, role in enumerate(OPENING_SLOTS, start=1):
        opening.slots.create(position=position, role=role)


@transaction.atomic
def plan_session(session) -> Session:
    """Store a session as the desk has it; the public sees it with the next release.

    Refuses what the resolution or the days of the forum do not allow, and a room that is taken. What calendars show is
    counted: another time, room or title raises `sequence`.
    """
    if against := objections(session, session.forum):
        raise Refused(against[0][1])
    former = Session.objects.select_for_update().filter(pk=session.pk).first()
    if former is not None:
        session.sequence = former.sequence + (_as_calendars_show(former) != _as_calendars_show(session))
    _save(session)
    return session


def _as_calendars_show(session):
    return session.starts_at, session.ends_at, session.room_id, session.link, in_six(session, "title")


def _save(session):
    """Whoever takes a room waits for the other who is taking it; the database refuses the second one in any case."""
    try:
        with transaction.atomic():
            list(MeetingRoom.objects.select_for_update(no_key=True).filter(pk=session.room_id).values_list("pk"))
            session.save()
    except IntegrityError as broken:
        constraint = getattr(getattr(broken.__cause__, "diag", None), "constraint_name", "")
        if constraint == ONE_IN_A_ROOM:
            raise Refused(_who_is_there(session)) from broken
        if constraint == ONE_AT_AN_ADDRESS:
            raise Refused(_("Another session of this forum has this address. Choose another one.")) from broken
        raise


def _who_is_there(session) -> str:
    others = Session.objects.filter(room=session.room, cancelled_at__isnull=True).exclude(pk=session.pk)
    other = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).first()
    if other is None:
        return _("Another session is in this room at that time. Choose another room or another time.")
    return _("“%(other)s” is in %(room)s at that time: %(when)s. Choose another room or another time.") % {
        "other": other.title,
        "room": session.room,
        "when": span_in_words(other.starts_at, other.ends_at, session.forum.zone),
    }


@transaction.atomic
def cancel_session(session, *, reason, at) -> Session:
    """Cancel a session: it stays in the programme, struck out, with its reason, and gives its room free."""
    kept = Session.objects.select_for_update().get(pk=session.pk)
    if kept.cancelled_at:
        raise Refused(_("This session is cancelled already."))
    if not reason.strip():
        raise Refused(_("Give the reason: it is shown beside the session in the programme."))
    kept.cancelled_at, kept.cancelled_because = at, reason.strip()
    kept.sequence += 1
    kept.save(update_fields=["cancelled_at", "cancelled_because", "sequence"])
    return kept


@transaction.atomic
def reinstate_session(session) -> Session:
    """Let a cancelled session take place after all, if its room is still free and its day still one of the forum's."""
    kept = Session.objects.select_for_update().select_related("forum").get(pk=session.pk)
    if not kept.cancelled_at:
        raise Refused(_("This session is not cancelled."))
    if against := objections(kept, kept.forum):
        raise Refused(against[0][1])
    kept.cancelled_at, kept.cancelled_because = None, ""
    kept.sequence += 1
    _save(kept)
    return kept
