"""What was made before is given again only while it is true, and only to those without a cookie."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from forums import operations as operations_of_forums
from imrf_portal import ready_pages
from submissions import operations
from submissions.models import PublishedInput
from tests.factories import make_published, make_user
from tests.forums.programmes import make_session, released
from tests.submissions.test_public_lists import references

pytestmark = pytest.mark.django_db
LIST = "/en/inputs/"


@pytest.fixture
def ready(settings):
    """A client whose pages are kept ready; each test begins with none."""
    settings.READY_PAGES = 3
    return Client()


@pytest.fixture
def settled(forum):
    """An input that was published a while ago, so that lists are kept for a minute."""
    published = make_published(title="Speedy crossings")
    PublishedInput.objects.filter(pk=published.pk).update(stamp=now() - timedelta(hours=1))
    return published


def test_a_list_is_made_once_and_asked_for_with_one_statement(ready, settled, count_statements):
    first = ready.get(LIST)
    again = []
    assert count_statements(lambda: again.append(ready.get(LIST))) == 1
    assert again[0].content == first.content
    same = set(dict(first.items())) - {"X-Request-ID"}
    assert {name: again[0][name] for name in same} == {name: first[name] for name in same}
    assert again[0]["X-Request-ID"] != first["X-Request-ID"]
    assert not again[0].cookies
    known = ready.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (known.status_code, known.content) == (304, b"")


def test_what_was_taken_down_is_gone_at_once(ready, settled, elena):
    assert references(ready.get(LIST)) == [settled.reference]
    operations.take_down(settled.submission, by=elena, at=now(), reason="It named somebody.")
    gone = ready.get(LIST)
    assert references(gone) == []
    assert b"Speedy crossings" not in gone.content


def test_what_is_published_stands_there_at_once(ready, settled):
    ready.get(LIST)
    assert references(ready.get(LIST)) == [settled.reference]
    newer = make_published(title="Night classes", call=settled.submission.call, organisation=settled.organisation)
    assert references(ready.get(LIST)) == [newer.reference, settled.reference]


def test_after_a_fresh_change_a_page_is_kept_for_a_second_only(ready, settled, monkeypatch):
    """Whoever has stamped a row and not committed it yet could be missing from a page that was made meanwhile."""
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr(ready_pages.time, "monotonic", lambda: next(clock))
    PublishedInput.objects.filter(pk=settled.pk).update(title="Quick crossings")
    assert b"Quick crossings" in ready.get(LIST).content
    PublishedInput.objects.filter(pk=settled.pk).update(stamp=PublishedInput.objects.get(pk=settled.pk).stamp, excerpt="X")
    type(settled.forum).objects.filter(pk=settled.forum_id).update(name_en="Another name")
    assert b"Another name" in ready.get("/en/forums/2026/inputs/").content
    type(settled.forum).objects.filter(pk=settled.forum_id).update(name_en="A third name")
    assert b"A third name" in ready.get("/en/forums/2026/inputs/").content


def test_whoever_brings_a_cookie_gets_a_page_of_their_own(ready, settled, count_statements):
    ready.get(LIST)
    ready.force_login(make_user("amina"))
    assert count_statements(lambda: ready.get(LIST)) > 1
    assert "no-store" in ready.get(LIST)["Cache-Control"]
    assert b"Sign out" not in Client().get(LIST).content


@pytest.mark.parametrize("address", ["/en/", "/en/inputs/?level=nonsense", "/en/forums/2026/", "/api/v1/inputs/"])
def test_only_lists_that_answered_are_kept(ready, settled, count_statements, address):
    ready.get(address)
    assert count_statements(lambda: ready.get(address)) > 1


def test_only_a_few_are_kept_those_asked_for_last(ready, settled, count_statements):
    addresses = [f"{LIST}?level={level}" for level in ("local", "national", "regional", "global")]
    for address in addresses:
        ready.get(address)
    assert count_statements(lambda: ready.get(addresses[-1])) == 1
    assert count_statements(lambda: ready.get(addresses[0])) > 1


def test_an_input_is_made_once_and_gone_with_its_taking_down(ready, settled, elena, count_statements):
    address = settled.get_absolute_url()
    first = ready.get(address)
    again = []
    assert count_statements(lambda: again.append(ready.get(address))) == 1
    assert again[0].content == first.content
    assert ready.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    operations.take_down(settled.submission, by=elena, at=now(), reason="It named somebody.")
    gone = ready.get(address)
    assert gone.status_code == 410
    assert b"Speedy crossings" not in gone.content


def test_an_input_names_no_other_that_was_taken_down(ready, settled, elena):
    """Related inputs stand on its page, which did not change itself."""
    other = make_published(
        title="Speedy crossings at night", call=settled.submission.call, organisation=settled.organisation
    )
    PublishedInput.objects.filter(pk=other.pk).update(stamp=now() - timedelta(hours=1))
    assert other.reference in ready.get(settled.get_absolute_url()).content.decode()
    operations.take_down(other.submission, by=elena, at=now(), reason="It named somebody.")
    assert other.reference not in ready.get(settled.get_absolute_url()).content.decode()


def test_whoever_walks_through_all_inputs_drives_out_no_list(ready, settled, count_statements):
    ready.get(LIST)
    for number in range(5):
        ready.get(f"{settled.get_absolute_url()}?walk={number}")
    assert count_statements(lambda: ready.get(LIST)) == 1
    assert count_statements(lambda: ready.get(f"{settled.get_absolute_url()}?walk=4")) == 1
    assert count_statements(lambda: ready.get(f"{settled.get_absolute_url()}?walk=0")) > 1


def test_a_programme_is_made_once_a_release(ready, settled, forum, count_statements):
    session = make_session(forum, title="As it was released first")
    released(forum)
    pages = ["/en/forums/2026/programme/", f"/en/forums/2026/programme/{session.slug}/"]
    for page in pages:
        ready.get(page)
        assert count_statements(lambda page=page: ready.get(page)) == 1
    session.title_en = "As it is released now"
    operations_of_forums.plan_session(session)
    assert b"As it was released first" in ready.get(pages[0]).content  # planned is not released
    released(forum)
    for page in pages:
        assert b"As it is released now" in ready.get(page).content


def test_none_is_kept_where_the_operator_wants_none(ready, settings, settled, count_statements):
    settings.READY_PAGES = 0
    ready.get(LIST)
    assert count_statements(lambda: ready.get(LIST)) > 1
