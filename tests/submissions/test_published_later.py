"""Published for an instant: typed on the forum's clock, seen nowhere before it, told at it, dated by it everywhere."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from lxml import etree

from forums import operations as ground_floor
from forums.models import Letter
from forums.refusals import Refused
from submissions import operations
from submissions.models import PublishedInput, Submission
from submissions.tasks import announce_steps
from tests.factories import NOW, make_submission

pytestmark = pytest.mark.django_db
INSTANT = datetime(2090, 5, 4, 13, 0, tzinfo=UTC)  # 09:00 in New York


@pytest.fixture
def accepted(organisation, amina, call):
    return make_submission(call=call, organisation=organisation, by=amina, status="accepted", title="Zqxlater at sea")


@pytest.fixture
def later(accepted, elena):
    operations.decide(accepted, operations.act_of("publish").act, by=elena, at=NOW, visible_at=INSTANT.isoformat())
    return accepted


def press(client, submission, **typed):
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    return client.post(page, {**seen, "decision": "publish_at", "letters": "send", **typed})


def test_the_moment_is_typed_on_the_clock_of_the_forums_city_which_is_named(desk_client, elena, accepted):
    client = desk_client(elena)
    page = client.get(reverse("admin:submissions_submission_change", args=[accepted.pk])).content.decode()
    assert "Wall clock of New York (America/New_York)." in page
    for wrong in ("", "soon", "2020-01-01T09:00", "2090-03-12T02:30", "2090-05-04T09:00Z"):
        assert press(client, accepted, **{"publish_at-visible_at": wrong}).status_code == 302
        assert Submission.objects.get(pk=accepted.pk).status == "accepted", wrong
    assert press(client, accepted, **{"publish_at-visible_at": "2090-05-04T09:00"}).status_code == 302
    assert PublishedInput.objects.get().visible_at == INSTANT


SURFACES = (
    "/en/inputs/",
    "/en/inputs/?q=zqxlater",
    "/en/forums/2026/inputs/",
    "/en/",
    "/en/objectives/14/",
    "/feeds/inputs.atom",
    "/api/v1/inputs/",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc",
    "/en/inputs/{reference}/",
    "/api/v1/inputs/{reference}/",
    "/en/organisations/{slug}/",
    "/sitemap.xml",
)


def seen_on(client, submission):
    words = (submission.reference, "Zqxlater")
    names = {"reference": submission.reference, "slug": submission.organisation.slug}
    found = set()
    for surface in SURFACES:
        text = client.get(surface.format(**names)).content.decode(errors="replace")
        shown = text.replace(f"{submission.reference}/?lang", "")
        if "Zqxlater" in shown or (words[0] in shown and "{reference}" not in surface and "q=" not in surface):
            found.add(surface)
    return found


def test_nothing_is_seen_before_it_and_everything_from_it_on_dated_by_it(client, later, organisation, amina, call, elena):
    assert seen_on(client, later) == set()
    soon = make_submission(call=call, organisation=organisation, by=amina, status="accepted", title="Zqxlater and now")
    instant = now() + timedelta(seconds=2)
    act = operations.act_of("publish").act
    operations.decide(soon, act, by=elena, at=now(), visible_at=instant.isoformat())
    assert PublishedInput.objects.get(submission=soon).stamp == instant
    time.sleep(max((instant - now()).total_seconds(), 0) + 0.1)
    assert {"/en/inputs/", "/feeds/inputs.atom", "/api/v1/inputs/", "/en/inputs/{reference}/"} <= seen_on(client, soon)
    assert later.reference not in client.get("/en/inputs/").content.decode()
    feed = etree.fromstring(client.get("/feeds/inputs.atom").content)
    dates = feed.xpath("//*[local-name()='entry']/*[local-name()='published' or local-name()='updated']/text()")
    assert {datetime.fromisoformat(each) for each in dates} <= {instant, instant.replace(microsecond=0)}
    shown = client.get(f"/api/v1/inputs/{soon.reference}/").json()
    assert datetime.fromisoformat(shown["published_at"]) == instant


def test_the_letter_goes_out_at_that_instant_and_its_author_reads_when(client, later, amina):
    announce_steps()
    letter = Letter.objects.get(kind="submissions/published")
    assert letter.not_before == INSTANT
    ground_floor.send_due_letters(at=INSTANT - timedelta(seconds=1))
    assert Letter.objects.get(pk=letter.pk).sent_at is None
    client.force_login(amina)
    page = client.get(reverse("submissions:my_input", args=[later.pk])).content.decode()
    assert "The public reads it from this moment on:" in page
    assert f'href="/en/inputs/{later.reference}/"' not in page
    ground_floor.send_due_letters(at=INSTANT)
    assert Letter.objects.get(pk=letter.pk).sent_at is not None
    PublishedInput.objects.update(visible_at=now() - timedelta(seconds=1))
    assert (
        f'href="/en/inputs/{later.reference}/"'
        in client.get(reverse("submissions:my_input", args=[later.pk])).content.decode()
    )


@pytest.mark.parametrize("written", [True, False])
def test_what_is_taken_down_before_was_never_public_and_no_letter_says_it_was(client, later, elena, written):
    if written:
        announce_steps()
    operations.take_down(Submission.objects.get(pk=later.pk), by=elena, at=NOW, reason="A figure is checked.")
    announce_steps()
    ground_floor.send_due_letters(at=INSTANT + timedelta(days=1))
    assert seen_on(client, later) == set()
    assert not Letter.objects.filter(kind="submissions/published", sent_at__isnull=False).exists()
    for letter in Letter.objects.filter(kind="submissions/published"):
        with pytest.raises(Refused, match="holds no longer"):
            ground_floor.release(letter)


# Why it was not admitted ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh-hans"])
def test_the_ground_stands_in_the_letter_and_on_the_page_of_its_author(client, organisation, amina, call, elena, language):
    amina.language = language
    amina.save()
    submission = make_submission(call=call, organisation=organisation, by=amina, status="under_review")
    step = operations.decline(submission, by=elena, at=NOW, reason="Zqx words.", ground="duplicate")
    announce_steps()
    letter = Letter.objects.get(kind="submissions/not_admissible")
    with translation.override(language):
        ground = step.get_ground_display()
    assert ground in letter.text
    assert "Zqx words." in letter.text
    client.force_login(amina)
    with translation.override(language):
        address = reverse("submissions:my_input", args=[submission.pk])
    page = client.get(address).content.decode()
    assert str(ground) in page
    assert "Zqx words." in page
