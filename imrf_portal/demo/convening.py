"""The demonstration forum itself: its days, round tables, duties and calls, counted from the day of seeding."""

from datetime import datetime, time, timedelta

from forums import operations
from forums.models import Call, Forum
from forums.reference.editions import duties_of, round_tables
from imrf_portal.demo.reading import calendar

SLUG = "demo"
CONTACT = "inputs@demo.example"
WEEKS_AHEAD = 20
LENGTH = timedelta(days=3)  # from the first day to the fourth


def convene(*, at):
    """Make the forum, twenty weeks ahead of this instant, with everything that belongs to its calendar."""
    plan = calendar()
    first_day = at.astimezone(Forum(time_zone="America/New_York").zone).date() + timedelta(weeks=WEEKS_AHEAD)
    forum = Forum.objects.create(
        slug=SLUG,
        year=first_day.year,
        **_six("name", plan["forum"]),
        first_day=first_day,
        last_day=first_day + LENGTH,
        status=Forum.Status.CONVENED,
        **_six("city", plan["city"]),
        **_six("venue", plan["venue"]),
        **_six("chair", plan["chair"]),
        demonstration=True,
        desk_email="desk@demo.example",
        source="Invented for the demonstration.",
    )
    _make_round_tables(forum)
    _make_duties(forum, plan["duties"])
    for call in plan["calls"]:
        _make_call(forum, call, at)
    return forum


def local(forum, at, days, hour=17):
    """A full hour of the forum's city, so many days from the day of that instant."""
    day = at.astimezone(forum.zone).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=forum.zone)


def _six(column, words) -> dict:
    return {f"{column}_{language}": text for language, text in words.items()}


def _make_round_tables(forum):
    for table in round_tables():
        objectives = table.pop("objectives")
        made = forum.round_tables.create(**{**table, "source": "Copied from the forum of 2022."}, indicative=True)
        made.objectives.set(objectives)


def _make_duties(forum, invented):
    """The duties of every forum, and some of the desk's own, so that each standing of a duty can be seen."""
    for duty in duties_of(forum):
        forum.milestones.create(**duty)
    for duty in invented:
        made = forum.milestones.create(
            kind="other",
            **_six("name", duty["name"]),
            weeks_before=duty["weeks_before"],
        )
        if "met_days_early" in duty:
            made.met_on = made.due_on - timedelta(days=duty["met_days_early"])
            made.save(update_fields=["met_on"])


def waive(forum, *, asked_by, agreed_by, at):
    """Two people of the desk waive what the plan says: one asked a week ago, the other agreed the day after."""
    for duty in calendar()["duties"]:
        if "waived" in duty:
            milestone = forum.milestones.get(name_en=duty["name"]["en"])
            waiver = operations.ask_waiver(milestone, reason=duty["waived"], by=asked_by, at=at - timedelta(days=7))
            operations.agree_to_waiver(waiver, by=agreed_by, at=at - timedelta(days=6))


def _make_call(forum, plan, at):
    """Made and moved by the operations of the desk, at the days when that was decided; nobody is written to."""
    moved = plan.get("moved")
    closes_at = _closing(forum, plan, at)
    call = Call(
        forum=forum,
        slug=plan["slug"],
        purpose=plan.get("purpose", "input"),
        kind=plan.get("kind", ""),
        **_six("name", plan["name"]),
        **_six("guidance", plan["guidance"]),
        **_six("questions", {language: "\n".join(asked) for language, asked in plan.get("questions", {}).items()}),
        contact=CONTACT,
        opens_at=local(forum, at, plan["opens"], hour=9),
        closes_at=local(forum, at, moved["was"]) if moved else closes_at,
        audience=plan.get("audience", "any"),
        bases=plan.get("bases", []),
        levels=plan.get("levels", []),
        most_words=plan.get("most_words", 1500),
        round_table=forum.round_tables.filter(number=plan.get("round_table")).first(),
        feeds=_duty_fed(forum, plan),
    )
    operations.set_call(call, at=call.opens_at)
    if moved:
        words = {"reason": moved["reason"], "authority": moved["authority"], "told": "nobody", "by": None}
        operations.extend(call, closes_at=closes_at, at=local(forum, at, moved["decided"], hour=11), **words)


def _duty_fed(forum, plan):
    if "feeds" not in plan:
        return None
    table = {"round_table__number": plan["round_table"]} if "round_table" in plan else {}
    return forum.milestones.get(kind=plan["feeds"], **table)


def _closing(forum, plan, at):
    if hours := plan.get("closes_in_hours"):
        return (at + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return local(forum, at, plan["closes"])
