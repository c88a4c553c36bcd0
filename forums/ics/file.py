"""A calendar file of entries: its head, the zones it needs, its entries in order. Pure.

The library of calendars is imported where one is written: a web process that serves no calendar file does not hold it.
"""

from datetime import timedelta

from forums.ics.entry import BEGINNING, OURS
from forums.ics.zones import FIRST_YEAR, described

MAKER = "-//imrf-inputs//Calendar of the International Migration Review Forum//EN"
LOOK_AGAIN = timedelta(hours=1)


def calendar_file(entries, *, uid: str, title: str, about: str = "") -> bytes:
    """The same entries give the same bytes, so that a reader who has them gets a 304."""
    from icalendar import Calendar

    entries = sorted(entries, key=lambda entry: (str(entry.begins), entry.uid))
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", f"{uid}@{OURS}")
    calendar.calendar_name = title
    if about:
        calendar.description = about
    calendar.last_modified = max((entry.stamp for entry in entries), default=BEGINNING)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for zone in _zones(entries):
        calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(entry.event())
    return calendar.to_ical()


def _zones(entries):
    """Each zone once; from an earlier year than usual where an entry is older."""
    years = {}
    for entry in entries:
        if entry.is_timed:
            years[entry.zone.key] = min(years.get(entry.zone.key, FIRST_YEAR), entry.begins.year - 1)
    return [described(key, year) for key, year in sorted(years.items())]
