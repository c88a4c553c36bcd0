"""What stands against a session, by the resolution and by the days of the forum; what a programme still lacks. Pure."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from forums.templatetags.moments import day_in_words

STANDARD_DAYS = 4
ROUND_TABLES = 4


def days_of(session, zone) -> tuple[date, date]:
    """The first and the last day of a session in that zone; the end is outside, so midnight belongs to the day before."""
    last_moment = session.ends_at - timedelta(microseconds=1)
    return session.starts_at.astimezone(zone).date(), last_moment.astimezone(zone).date()


def objections(session, forum) -> list[tuple[str, str]]:
    """What stands against this session, as pairs of a field and a whole sentence; nothing when it may be held."""
    found = []
    if session.slug.isdecimal():
        found.append(("slug", _("An address of digits only is that of a release. Put a word into it.")))
    if session.kind == "round_table" and session.round_table is None:
        found.append(
            ("round_table", _("Choose which of the four round tables this session is (A/RES/73/326, paragraph 22)."))
        )
    for field in ("room", "round_table"):
        chosen = getattr(session, field)
        if chosen is not None and chosen.forum_id != forum.pk:
            found.append((field, _("It belongs to another forum. Choose one of this forum.")))
    if not (isinstance(session.starts_at, datetime) and isinstance(session.ends_at, datetime)):
        return found
    if session.ends_at <= session.starts_at:
        return [*found, ("ends_at", _("The session ends before it begins. Check both times."))]
    return [*found, *against_its_days(session, forum)]


def against_its_days(session, forum):
    """What the days of the forum, and paragraph 15 for the hearing, have against the time of a session."""
    if not forum.first_day:
        yield (
            "starts_at",
            _("The forum has no days yet, so nothing can be planned on them. Enter the days of the forum first."),
        )
        return
    first, last = days_of(session, forum.zone)
    if session.kind == "hearing":
        day_before = forum.first_day - timedelta(days=1)
        if (first, last) != (day_before, day_before):
            sentence = _(
                "The hearing is held one day before the forum (A/RES/73/326, paragraph 15): on %(day)s. Choose a time on "
                "that day."
            )
            yield "starts_at", sentence % {"day": day_in_words(day_before)}
    elif first < forum.first_day or last > forum.last_day:
        sentence = _(
            "The forum meets from %(first)s to %(last)s, in its own time zone, and its sessions are held on these days "
            "(A/RES/73/326; only the hearing of paragraph 15 comes before). Choose a time on one of them."
        )
        days = {"first": day_in_words(forum.first_day), "last": day_in_words(forum.last_day)}
        yield ("starts_at" if first < forum.first_day else "ends_at"), sentence % days


def remarks(sessions, forum) -> list[str]:
    """What the resolutions expect of a programme and this one does not have: said to the desk, never refused."""
    standing = [session for session in sessions if session.cancelled_at is None]
    kinds = {session.kind for session in standing}
    found = [sentence for kind, sentence in _expected() if kind not in kinds]
    tables = {session.round_table.number for session in standing if session.round_table}
    if missing := sorted(set(range(1, ROUND_TABLES + 1)) - tables):
        numbers = ", ".join(map(str, missing))
        found.append(
            _("No session is planned for these of the four round tables (A/RES/73/326, paragraph 22): %(numbers)s.")
            % {"numbers": numbers}
        )
    found += [
        _("“%(session)s” has no co-chairs yet.") % {"session": session.title}
        for session in standing
        if session.kind == "round_table" and not session.chairs
    ]
    return found + _remarks_on_days(standing, forum)


def _expected():
    return [
        ("hearing", _("The hearing is missing (A/RES/73/326, paragraph 15).")),
        ("opening", _("The opening segment is missing, in which the hearing is summed up (A/RES/73/326, paragraph 15).")),
        ("policy_debate", _("The policy debate is missing (A/RES/73/326, paragraph 23).")),
        ("closing", _("The closing with the Progress Declaration is missing (A/RES/73/195, paragraph 49).")),
    ]


def _remarks_on_days(standing, forum):
    """The policy debate is expected on the second day in the afternoon, the Progress Declaration on the last day."""
    if not forum.first_day:
        return []
    found = []
    for session in standing:
        begins = session.starts_at.astimezone(forum.zone)
        second = forum.first_day + timedelta(days=1)
        if session.kind == "policy_debate" and (begins.date() != second or begins.hour < 12):
            found.append(_("The policy debate is not on the afternoon of the second day (A/RES/73/326, paragraph 23)."))
        if session.kind == "closing" and begins.date() != forum.last_day:
            found.append(_("The Progress Declaration is not agreed on the last day (A/RES/73/195, paragraph 49)."))
    return found
