"""The cities of time zones as CLDR names them; `python -m tests.forums.test_cities` prints the file anew."""

import csv
import sys
from io import StringIO
from subprocess import run
from zoneinfo import available_timezones

import pytest
from babel import UnknownLocaleError
from babel.dates import get_timezone_location

from forums.templatetags.moments import CITIES, _city
from tests.processes import environment

LOCALES = ("en", "ar", "zh_Hans", "fr", "ru", "es")


def babels(key, locale):
    try:
        return get_timezone_location(key, locale=locale, return_city=True)
    except (LookupError, UnknownLocaleError):
        return key.rpartition("/")[2].replace("_", " ")


def written() -> str:
    rows = StringIO()
    table = csv.writer(rows, lineterminator="\n")
    table.writerow(["zone", *LOCALES])
    table.writerows([key, *(babels(key, locale) for locale in LOCALES)] for key in sorted(available_timezones()))
    return rows.getvalue()


def test_the_file_says_what_cldr_says_of_every_zone():
    with CITIES.open(encoding="utf-8") as file:
        stands = {row["zone"]: row for row in csv.DictReader(file)}
    assert len(stands) > 500
    told = {row["zone"]: row for row in csv.DictReader(StringIO(written()))}
    assert {zone: stands[zone] for zone in stands.keys() & told} == {zone: told[zone] for zone in stands.keys() & told}
    assert len(stands.keys() & told) > 500


@pytest.mark.parametrize(
    ("zone", "locale", "city"),
    [
        ("America/New_York", "zh_Hans", "纽约"),
        ("America/New_York", "ar", "نيويورك"),
        ("Asia/Kolkata", "en", "Kolkata"),
        ("Europe/Zurich", "fr", "Zurich"),
        ("Europe/Zurich", "de", "Zürich"),  # no language of the portal: Babel is asked
        ("Nowhere/New_Town", "en", "New Town"),
    ],
)
def test_a_city_is_named_in_the_language(zone, locale, city):
    assert _city(zone, locale) == city


SAID = """
import sys
import imrf_portal.wsgi
from zoneinfo import ZoneInfo
from django.utils.translation import override
from forums.templatetags.moments import city_of

with override("ru"):
    print(city_of(ZoneInfo("America/New_York")), "babel" in sys.modules)
"""


@pytest.mark.django_db
def test_naming_a_city_loads_no_tables_of_all_cities(tmp_path):
    done = run([sys.executable, "-c", SAID], env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "Нью-Йорк False", done.stderr[-2000:]


if __name__ == "__main__":
    sys.stdout.write(written())
