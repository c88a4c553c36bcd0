"""The days of a forum: set once, moved in one action that takes duties, calls and sessions along and keeps what was."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from forums import planning
from forums.models import FormerDates, Forum, Milestone
from forums.operations.calling import move_closing
from forums.operations.changing import in_six, note_change
from forums.operations.correcting import correct
from forums.programme.released import released_sessions
from forums.reference.editions import duties_of
from forums.refusals import IllegalMove, MovedMeanwhile, Refused
from forums.typed import without_control

LONGEST_REASON = 2000
ONCE = ("report", "hearing", "declaration", "note")  # kinds of duties that a forum, or a round table, has once


def follows(forum, *, first_day, last_day, at, chosen=None, lock=False) -> planning.Plan:
    """What would follow from these days, as everything stands now; stores nothing. `lock` holds calls and sessions."""
    duties = [*forum.milestones.select_related("rule"), *(Milestone(**each) for each in missing_duties(forum))]
    calls, sessions = forum.calls.select_related("feeds"), forum.sessions.filter(cancelled_at__isnull=True)
    if lock:
        calls, sessions = calls.select_for_update(of=("self",)), sessions.select_for_update()
    for call in calls:
        call.forum = forum
    order = sorted(duties, key=lambda duty: planning.due_with(duty, first_day, last_day))
    return planning.plan(
        forum, first_day=first_day, last_day=last_day, duties=order, calls=calls, sessions=sessions, at=at, chosen=chosen
    )


def missing_duties(forum) -> list[dict]:
    """Duties that the rules in force lay on this forum and that it does not have yet, as columns."""
    there = list(forum.milestones.values_list("rule_id", "kind", "round_table_id"))
    by_rule, by_kind = {(rule, table) for rule, _kind, table in there}, {(kind, table) for _rule, kind, table in there}
    return [
        duty
        for duty in duties_of(forum)
        if (duty["rule_id"], duty["round_table_id"]) not in by_rule
        and not (duty["kind"] in ONCE and (duty["kind"], duty["round_table_id"]) in by_kind)
    ]


def lay_out(forum):
    """Lay the duties of the rules in force on a forum, a note for each round table; those it has stay as they are."""
    return [forum.milestones.create(**duty) for duty in missing_duties(forum)]


@transaction.atomic
def date_forum(forum, *, first_day, last_day, by, at, seen=""):
    """Set the first days of a forum that was announced with its year only, and lay out its duties.

    `seen` is the mark of what was shown before: where something else would follow now, nothing is done. Setting the
    same days again does nothing twice. Tells those who follow the calendar by a Change.
    """
    kept = _hold_still(forum)
    if kept.status == Forum.Status.DATED and (kept.first_day, kept.last_day) == (first_day, last_day):
        lay_out(kept)
        return _as(forum, kept)
    if kept.status != Forum.Status.ANNOUNCED:
        raise IllegalMove(_("This forum has its days already. To give it others, move it."))
    _ask_the_days(kept, first_day, last_day)
    plan = follows(kept, first_day=first_day, last_day=last_day, at=at)
    _ask_whether_seen(plan, seen)
    lay_out(kept)
    kept.first_day, kept.last_day, kept.status = first_day, last_day, Forum.Status.DATED
    kept.save(update_fields=["first_day", "last_day", "status"])
    note_change(kept, "dated", at=at, was=None, became=_days(first_day, last_day), reason="", milestones=_duties(plan))
    return _as(forum, kept)


@transaction.atomic
def move_forum(forum, *, first_day, last_day, reason, by, at, authority="", calls=None, sessions=None, seen=""):
    """Give a dated or convened forum other days; the calls and sessions named move with it (None: all that can).

    The former days stay with the reason, who moved them and when. Whoever was told an older day gets one letter with the
    old and the new days; unsent letters about an older day are held back for good. All of it is one transaction.
    """
    kept = _hold_still(forum)
    if (kept.first_day, kept.last_day) == (first_day, last_day):
        return _as(forum, kept)
    _ask_whether_it_moves(kept, forum, reason)
    _ask_the_days(kept, first_day, last_day)
    if kept.status == Forum.Status.CONVENED and last_day < at.astimezone(kept.zone).date():
        raise Refused(_("A convened forum does not move into the past. Choose days that lie ahead."))
    chosen = None if calls is None and sessions is None else {*(calls or ()), *(sessions or ())}
    plan = follows(kept, first_day=first_day, last_day=last_day, at=at, chosen=chosen, lock=True)
    _ask_whether_seen(plan, seen)
    if plan.problems:
        raise Refused(" ".join(plan.problems))
    said = {"reason": without_control(reason).strip(), "authority": authority.strip() or kept.chair or str(kept)}
    lay_out(kept)
    _keep_former_days(kept, said["reason"], by, at)
    kept.first_day, kept.last_day = first_day, last_day
    kept.edition_of_dates, kept.sequence = kept.edition_of_dates + 1, kept.sequence + 1
    kept.save(update_fields=["first_day", "last_day", "edition_of_dates", "sequence"])
    _move_calls(plan, said, by, at)
    _move_sessions(plan)
    note_change(kept, "moved", at=at, **_what_moved(plan, said["reason"], kept))
    correct(kept, plan, reason=said["reason"], at=at)
    return _as(forum, kept)


def _hold_still(forum):
    """The forum as it stands, held until the transaction ends, so that two people move it one after the other."""
    return Forum.objects.select_for_update().get(pk=forum.pk)


def _as(forum, kept):
    """Let the caller's object know what is stored."""
    for name in ("first_day", "last_day", "status", "edition_of_dates", "sequence"):
        setattr(forum, name, getattr(kept, name))
    return kept


def _ask_the_days(kept, first_day, last_day):
    if sentence := planning.against_days(kept, first_day, last_day):
        raise Refused(sentence)


def _ask_whether_it_moves(kept, forum, reason):
    if kept.status == Forum.Status.HELD:
        raise IllegalMove(_("This forum was held. Its days are history and do not move."))
    if kept.status == Forum.Status.ANNOUNCED:
        raise IllegalMove(_("This forum has no days yet. Set them first."))
    if (kept.edition_of_dates, kept.first_day, kept.last_day) != (
        forum.edition_of_dates,
        forum.first_day,
        forum.last_day,
    ):
        raise MovedMeanwhile(
            _("Somebody else has just moved this forum. Nothing was overwritten: look at its days again, then decide.")
        )
    if not without_control(reason).strip():
        raise Refused(_("Give the reason for the new dates: it is shown beside the old ones."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("Shorten the reason: it stands on the public page and may have 2,000 signs."))


def _ask_whether_seen(plan, seen):
    if seen and seen != plan.digest:
        raise MovedMeanwhile(
            _("Something changed since you looked, so nothing was done. Below is what follows now: look again, then decide.")
        )


def _keep_former_days(kept, reason, by, at):
    FormerDates.objects.create(
        forum=kept,
        edition=kept.edition_of_dates,
        first_day=kept.first_day,
        last_day=kept.last_day,
        replaced_on=at.astimezone(kept.zone).date(),
        by=by,
        reason=reason,
    )


def _move_calls(plan, said, by, at):
    """A call never closes before it opens, not even between two statements: the end goes first when it goes later."""
    for row in plan.calls:
        if row.moves and plan.shift > 0:
            _move_closing(row, said, by, at)
            _move_opening(row)
        elif row.moves:
            _move_opening(row)
            _move_closing(row, said, by, at)


def _move_closing(row, said, by, at):
    if row.ends is not None:
        move_closing(row.thing, closes_at=row.ends, kind="moved", told="concerned", by=by, at=at, **said)


def _move_opening(row):
    call = row.thing
    if row.begins != call.opens_at:
        call.opens_at, call.sequence = row.begins, call.sequence + (row.ends is None)
        call.save(update_fields=["opens_at", "sequence"])


def _move_sessions(plan):
    """The one that goes furthest goes first, so that no room holds two sessions on the way."""
    rows = [row for row in plan.sessions if row.moves]
    try:
        with transaction.atomic():
            for row in sorted(rows, key=lambda row: row.begins_was, reverse=plan.shift > 0):
                session = row.thing
                session.starts_at, session.ends_at, session.sequence = row.begins, row.ends, session.sequence + 1
                session.save(update_fields=["starts_at", "ends_at", "sequence"])
    except IntegrityError as clash:
        raise Refused(
            _("Two sessions would be in one room at one time. Let both move, or give one of them another room.")
        ) from clash


def _days(first_day, last_day):
    return [first_day.isoformat(), last_day.isoformat()]


def _duties(plan):
    return [
        {"name": in_six(row.thing, "name"), "was": row.was and row.was.isoformat(), "became": row.becomes.isoformat()}
        for row in plan.duties
    ]


def _what_moved(plan, reason, forum):
    released = {session.pk for session in released_sessions(forum)}

    def instants(rows, column):
        return [
            {
                "name": in_six(row.thing, column),
                "was": was.isoformat(),
                "became": became.isoformat(),
                "public": _is_public(row.thing, released),
            }
            for row in rows
            if row.moves
            for was, became in [_said(row)]
            if was and became
        ]

    return {
        "was": _days(*plan.was),
        "became": _days(*plan.becomes),
        "reason": reason,
        "milestones": _duties(plan),
        "calls": instants(plan.calls, "name"),
        "sessions": instants(plan.sessions, "title"),
    }


def _is_public(thing, released) -> bool:
    """A session of a release, a call that people may answer: nothing else is told to those who follow."""
    return not thing.recorded_by_desk_only if hasattr(thing, "closes_at") else thing.pk in released


def _said(row):
    """The instants by which a call or session is known: its closing, or the beginning of a session."""
    return (row.ends_was, row.ends) if hasattr(row.thing, "closes_at") else (row.begins_was, row.begins)
