"""One tag prints every moment: weekday, date, clock time, city, UTC offset, and room for the reader's own time."""

import csv
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.timezone import is_naive
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

register = template.Library()
CITIES = Path(__file__).parents[1] / "reference/cities.csv"
DAYS_KEPT, MOMENTS_KEPT = 2048, 4096  # in words; lists say the same ones over and over


def offset_in_words(moment: datetime) -> str:
    """UTC−5, UTC+5:45; with a real minus sign."""
    minutes = int(moment.utcoffset().total_seconds() // 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def city_of(zone: ZoneInfo) -> str:
    """The city of a zone in the reader's language, as CLDR has it: America/New_York is New York, نيويورك, 纽约."""
    return _city(zone.key, to_locale(get_language() or "en"))


@cache
def _city(key: str, locale: str) -> str:
    """From a file of our own in our languages; Babel, which has it of CLDR, would load 10 MB to answer."""
    with CITIES.open(encoding="utf-8") as file:
        found = next((row.get(locale) for row in csv.DictReader(file) if row["zone"] == key), None)
    return found or _city_of_babel(key, locale)


def _city_of_babel(key, locale):
    from babel import UnknownLocaleError
    from babel.dates import get_timezone_location

    try:
        return get_timezone_location(key, locale=locale, return_city=True)
    except (LookupError, UnknownLocaleError):
        return key.rpartition("/")[2].replace("_", " ")


def in_words(instant: datetime, zone: ZoneInfo, seconds: bool = False) -> str:
    """An instant as a sentence in that zone: Friday 30 January 2026, 17:00 New York (UTC−5)."""
    if is_naive(instant):
        raise ValueError("A moment without a zone cannot be shown.")
    local = instant.astimezone(zone)
    return _("%(day)s, %(clock)s %(city)s (%(offset)s)") % {
        "day": day_in_words(local.date()),
        "clock": f"{local:%H:%M:%S}" if seconds or local.second else f"{local:%H:%M}",
        "city": city_of(zone),
        "offset": offset_in_words(local),
    }


def span_in_words(start: datetime, end: datetime, zone: ZoneInfo, day: bool = True) -> str:
    """From one instant to another in that zone: Tuesday 5 May 2026, 10:00–13:00 New York (UTC−4).

    The day may be left out where it stands above. Over a midnight or a change of clocks both ends are said in full.
    """
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.utcoffset() != last.utcoffset() or first.date() != (end - timedelta(microseconds=1)).astimezone(zone).date():
        return _("%(start)s to %(end)s") % {"start": in_words(start, zone), "end": in_words(end, zone)}
    words = {"from": f"{first:%H:%M}", "until": f"{last:%H:%M}", "city": city_of(zone), "offset": offset_in_words(first)}
    if not day:
        return _("%(from)s–%(until)s %(city)s (%(offset)s)") % words
    return _("%(day)s, %(from)s–%(until)s %(city)s (%(offset)s)") % {"day": day_in_words(first.date()), **words}


# Weekday, day, month and year as each language writes them; the others write as English does.
DAYS = {"es": r"l j \d\e F \d\e Y", "ru": "l, j E Y", "zh-hans": "Y年n月j日 l"}


@register.simple_tag
def day_in_words(day: date) -> str:
    """A calendar day in plain text: Friday 30 January 2026."""
    return _day(day, get_language())


@lru_cache(maxsize=DAYS_KEPT)
def _day(day, language):
    words = formats.date_format(day, DAYS.get(language, "l j F Y"))
    return words.lower() if language == "ru" else words  # Django capitalises Russian weekdays


# The same without the weekday, for citations; and a month of a calendar.
DATES = {"es": r"j \d\e F \d\e Y", "ru": "j E Y", "zh-hans": "Y年n月j日"}
MONTHS = {"es": r"F \d\e Y", "zh-hans": "Y年n月"}


@register.simple_tag
def date_in_words(day: date) -> str:
    """30 January 2026."""
    return formats.date_format(day, DATES.get(get_language(), "j F Y"))


@register.simple_tag
def month_in_words(day: date) -> str:
    """January 2026."""
    return formats.date_format(day, MONTHS.get(get_language(), "F Y"))


def zone_from(thing) -> ZoneInfo:
    """A zone, a zone's name, or anything that has one (a forum)."""
    if isinstance(thing, ZoneInfo):
        return thing
    return thing.zone if hasattr(thing, "zone") else ZoneInfo(thing or "America/New_York")


@register.simple_tag
def moment(instant, zone, seconds=False):
    """`{% moment call.closes_at forum %}`: the instant in the forum's zone, the zone named; a script adds the reader's."""
    return "" if instant is None else _moment(instant, zone_from(zone), seconds, get_language())


@lru_cache(maxsize=MOMENTS_KEPT)
def _moment(instant, zone, seconds, language):
    return format_html(
        '<time datetime="{}" data-own><bdi>{}</bdi></time>',
        instant.astimezone(zone).isoformat(timespec="seconds"),
        in_words(instant, zone, seconds),
    )


@register.simple_tag
def span(start, end, zone, day=True):
    """`{% span session.starts_at session.ends_at forum %}`: from, to, the zone; a script adds the reader's own."""
    zone = zone_from(zone)
    return format_html(
        '<time datetime="{}" data-own data-until="{}"><bdi>{}</bdi></time>',
        start.astimezone(zone).isoformat(timespec="seconds"),
        end.astimezone(zone).isoformat(timespec="seconds"),
        span_in_words(start, end, zone, day),
    )


@register.simple_tag
def moment_in_words(instant, zone, seconds=False):
    """As `moment`, in plain text: for letters and downloads."""
    return in_words(instant, zone_from(zone), seconds) if instant else ""


@register.simple_tag
def day(value):
    """`{% day milestone.due_on %}`: a calendar day, which has no zone."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_in_words(value))
