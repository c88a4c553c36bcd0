"""Words of every column that is not public are found on no surface by who should not read them, and what is public is found.

The columns are found by looking through the models and the surfaces by walking, so what is new is looked at unasked.
"""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils.timezone import now

from submissions import operations, publication
from submissions.models import PublishedInput
from submissions.models.published import PublishedInputQuerySet
from tests.factories import join, make_draft, make_organisation, make_user
from tests.imrf_portal.canaries import held
from tests.pages.every import open_call
from tests.pages.leaks import planting
from tests.pages.leaks.crawling import Walk
from tests.pages.leaks.planting import Planted, inventory
from tests.pages.leaks.shown import PUBLIC
from tests.pages.turns import next_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
EVERYWHERE = {  # how the surfaces are called on which every public title must be found -> how their address begins or ends
    "list": "/en/inputs/?",
    "feed": "/feeds/inputs.atom",
    "API": "/api/v1/inputs/",
    "small list": "/en/embed/inputs/",
    "OAI": "/oai?verb=ListRecords",
    "home": "/en/",
}
TITLE = "submissions.PublishedInput.title"
FORMS = (".ris", ".bib", ".csl.json", ".json")


@pytest.fixture
def planted():
    """Open data as it is out, an input that is public tomorrow, and a word in every column."""
    caches["pages"].clear()
    operations.make_open_data(at=now())
    put_off_the_newest()
    yield Planted().plant(PUBLIC)
    caches["pages"].clear()


def put_off_the_newest():
    """An input that is public tomorrow."""
    newest = publication.visible(now()).order_by("-pk").first()
    PublishedInput.objects.filter(pk=newest.pk).update(visible_at=now() + timedelta(days=1))


def stranger():
    return make_user("zstranger")


def of_another_organisation():
    """Somebody who writes for an organisation that came after all words were planted."""
    person = make_user("zother")
    body = make_organisation("Fresh Body")
    join(body, person)
    make_draft(call=open_call(), organisation=body, by=person, at=now())
    return person


def leaks(planted, walk) -> dict:
    """Column -> addresses at which its word was seen; a word that was asked for is said again by the page that was asked."""
    found = {}
    for path, said in walk.seen.items():
        for column in planted.found_in(said) - planted.found_in(path):
            found.setdefault(column, []).append(path)
    return found


def answered(walk) -> list:
    """Searches for planted words alone that found something."""
    asked = [path for path in walk.seen if "q=zqx" in path]
    return [path for path in asked if "IMRF-DEMO-I-" in walk.seen[path] or "/en/inputs/IMRF" in walk.seen[path]]


def in_caches(planted) -> set:
    """Columns whose words lie in the shared cache, under whatever key."""
    server = caches["pages"]._cache.get_client()
    return {column for key in server.scan_iter() for column in planted.found_in(f"{key}{held(server, key)}")}


def test_every_column_that_can_hold_words_has_one_or_is_public_in_every_row(planted):
    everywhere = {column for column, rule in PUBLIC.items() if rule is None}
    assert {column for column in planted.bare if not PUBLIC.get(column)} == set()
    assert set(planted.columns.values()) | everywhere == set(inventory())
    assert set(PUBLIC) < set(inventory())
    assert len(planted.columns) > 400


def test_control_a_new_column_is_planted_unasked_and_one_without_a_row_is_seen(monkeypatch):
    name = "submissions.Note.text"
    assert name in inventory()
    planted = Planted()
    monkeypatch.setattr(planting, "_plant", lambda field, rows, word: 0)
    assert name in planted.plant({}).bare


PEOPLE = (stranger, of_another_organisation)


def test_no_word_that_is_not_public_is_found_anywhere(planted):
    """By who is not signed in, and in turn by one of two who are."""
    assert_nothing_is_found(planted, None, 1)
    for somebody in next_of(PEOPLE, "walk", 1):
        assert_nothing_is_found(planted, somebody(), 1)


@pytest.mark.soak
def test_no_word_that_is_not_public_is_found_on_six_pages_of_each_kind(planted):
    for who in (None, *(somebody() for somebody in PEOPLE)):
        assert_nothing_is_found(planted, who, 6)


def assert_nothing_is_found(planted, who, much):
    walk = Walk(who, same_kind=much).everything(() if who else planted.columns, most=much)
    assert walk.broken == []
    assert leaks(planted, walk) == {}, who
    assert answered(walk) == []
    assert in_caches(planted) == set()
    assert len(walk.seen) > 250


def test_control_a_column_that_is_shown_is_found_on_every_surface():
    """Were the titles not called public, this walk would find them everywhere; so it can find others."""
    caches["pages"].clear()
    planted = Planted().plant({**PUBLIC, TITLE: publication_visible})
    walk = Walk().everything(most=0, enough=lambda walk: not missing(planted, walk))
    assert missing(planted, walk) == []


def missing(planted, walk) -> list:
    """Surfaces on which no title was seen yet."""
    found = leaks(planted, walk).get(TITLE, [])
    lacking = [name for name, begins in EVERYWHERE.items() if not any(path.startswith(begins) for path in found)]
    return lacking + [form for form in FORMS if not any(path.endswith(form) for path in found)]


def publication_visible(rows):
    return rows.filter(pk__in=publication.visible(now()).values("pk"))


def test_control_a_rule_of_visibility_that_is_broken_is_seen(monkeypatch):
    """Only titles are planted: a row with nothing but planted words breaks the page before it is shown."""
    caches["pages"].clear()
    put_off_the_newest()
    planted = Planted().plant({**dict.fromkeys(inventory()), TITLE: PUBLIC[TITLE]})
    monkeypatch.setattr(PublishedInputQuerySet, "visible", lambda self, at: self.filter(taken_down_at=None))
    walk = Walk()
    for address in ("/en/inputs/?sort=newest", "/feeds/inputs.atom", "/api/v1/inputs/?page_size=100"):
        walk._look(address)
    assert TITLE in leaks(planted, walk)
