"""The demonstration forum itself: its days, round tables, duties and calls, counted from the day of seeding."""

from datetime import datetime, time, timedelta

from forums.models import Forum
from forums.reference.editions import duties_of, round_tables
from imrf_portal.demo.reading import calendar

SLUG = "demo"
WEEKS_AHEAD = 20
LENGTH = timedelta(days=3)  # from the first day to the fourth
BASIS = "Invented for the demonstration"


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
        venue="United Nations Headquarters",
        chair="The President of the General Assembly (demonstration)",
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
            basis=BASIS,
            waived_because=duty.get("waived", ""),
        )
        if "met_days_early" in duty:
            made.met_on = made.due_on - timedelta(days=duty["met_days_early"])
            made.save(update_fields=["met_on"])


def _make_call(forum, plan, at):
    opens_at, closes_at = local(forum, at, plan["opens"], hour=9), _closing(forum, plan, at)
    call = forum.calls.create(
        slug=plan["slug"],
        purpose=plan.get("purpose", "input"),
        **_six("name", plan["name"]),
        **_six("guidance", plan["guidance"]),
        opens_at=opens_at,
        closes_at=closes_at,
        audience=plan.get("audience", "any"),
        bases=plan.get("bases", []),
        levels=plan.get("levels", []),
        most_words=plan.get("most_words", 1500),
        round_table=forum.round_tables.filter(number=plan.get("round_table")).first(),
    )
    if moved := plan.get("extended"):
        call.extensions.create(
            was=local(forum, at, moved["was"]),
            became=closes_at,
            reason=moved["reason"],
            authority=moved["authority"],
            at=local(forum, at, moved["decided"], hour=11),
        )


def _closing(forum, plan, at):
    if hours := plan.get("closes_in_hours"):
        return (at + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return local(forum, at, plan["closes"])
