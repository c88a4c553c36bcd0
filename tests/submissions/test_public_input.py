from datetime import timedelta

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from submissions import operations
from submissions.models import PublishedInput
from submissions.paper.contents import paper_of
from tests.factories import NOW, PATHS, make_organisation, make_published, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db


def page_of(client, published, language="en"):
    return client.get(f"/{language}/inputs/{published.reference}/")


def test_an_input_says_who_says_what_on_which_standing(client, forum):
    organisation = make_organisation("Harbour <Light>", website="https://harbour.example")
    make_standing(organisation, forum)
    published = make_published(
        organisation=organisation, title="Title & more", summary="In *short*.", text="# Done\n\n<script>x</script>"
    )
    page = page_of(client, published).content.decode()
    for part in (
        '<h1 lang="en" dir="ltr">Title &amp; more</h1>',
        '<bdi lang="en">Harbour &lt;Light&gt;</bdi>',
        "<p>In <em>short</em>.</p>",
        "<h3>Done</h3>",
        "&lt;script&gt;",
        '<bdi class="reference">IMRF-2026-I-00001</bdi>',
        '<a href="/en/inputs/?country=KEN">Kenya</a>',
        '<a href="/en/objectives/14/">14. O14</a>',
        '<a href="/en/forums/2026/round-tables/2/">2. Table 2</a>',
        "Tuesday 20 January 2026, 07:00 New York (UTC−5)",
    ):
        assert part in page, part
    assert "<script>x" not in page
    assert "No standing recorded" not in page


def test_it_says_where_no_standing_is_recorded(client):
    assert "No standing recorded" in page_of(client, make_published()).content.decode()


def test_it_tells_how_to_cite_it(client, forum, settings):
    published = make_published(organisation=make_organisation("Harbour Light"), title="Nine missions")
    said = '<bdi><span lang="en" dir="ltr">%s</span></bdi>'
    cited = (
        said % "Harbour Light"
        + ", “"
        + said % "Nine missions"
        + "”, input to the International Migration Review Forum 2026, "
        "<bdi>IMRF-2026-I-00001</bdi>, 20 January 2026. "
        f'Available at <bdi dir="ltr">{settings.SITE_URL}/en/inputs/IMRF-2026-I-00001/</bdi>.'
    )
    assert cited in page_of(client, published).content.decode()


def test_a_later_version_replaces_the_first_and_is_marked(client):
    submission = make_submission(status="clarification_asked", title="First words")
    operations.revise(submission, by=submission.begun_by, at=NOW, edition=submission.edition, title="Second words")
    operations.submit(submission, by=submission.begun_by, at=NOW)
    submission.refresh_from_db()
    for act in PATHS["published"]:
        act(submission, make_user(staff=True), NOW)
    page = page_of(client, submission).content.decode()
    assert "Second words" in page
    assert "First words" not in page
    assert "IMRF-2026-I-00001/Rev.1" in page


def test_an_arabic_input_keeps_its_direction_on_an_english_page(client):
    published = make_published(title="الحماية", text="نص", language="ar", summary="")
    page = page_of(client, published).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 lang="ar" dir="rtl">الحماية</h1>' in page
    assert '<div class="text written" lang="ar" dir="rtl"><p>نص</p>' in page


def test_a_recorded_input_links_its_source_and_says_that_its_title_is_not_its_own(client):
    published = make_published()
    PublishedInput.objects.filter(pk=published.pk).update(
        recorded_by_desk=True,
        title_is_described=True,
        source_url="https://source.example/a?b=1&c=2",
        source_title="Call for sign-ons",
        source_seen="2022-02",
    )
    page = page_of(client, published).content.decode()
    assert (
        '<a href="https://source.example/a?b=1&amp;c=2" rel="nofollow noopener external"><bdi lang="und">Call for sign-ons'
        in page
    )
    assert "The title describes the input" in page
    assert "2022-02" in page


def test_a_source_that_has_no_address_is_named_all_the_same(client):
    published = make_published()
    given = {"recorded_by_desk": True, "source_title": "Note verbale 7", "source_seen": "2022-02"}
    PublishedInput.objects.filter(pk=published.pk).update(**given)
    page = page_of(client, published).content.decode()
    assert '<p><bdi lang="und">Note verbale 7</bdi> <span class="meta">(date given there: 2022-02)' in page
    with override("en"):
        row = PublishedInput.objects.select_related("version", "forum").get()
        assert dict(paper_of(row, "en").lines)["Source"] == "Note verbale 7 (date given there: 2022-02)"


def test_a_reference_in_other_letters_leads_to_the_one_address(client):
    make_published()
    response = client.get("/en/inputs/imrf-2026-i-00001/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/inputs/IMRF-2026-I-00001/")


@pytest.mark.parametrize(
    "status", ["submitted", "under_review", "clarification_asked", "accepted", "not_admissible", "withdrawn"]
)
def test_an_unpublished_input_answers_exactly_as_a_missing_one(client, status):
    submission = make_submission(status=status)
    missing, private = client.get("/en/inputs/IMRF-2026-I-99999/"), page_of(client, submission)
    bodies = [
        answer.content.decode().replace(submission.reference, "X").replace("IMRF-2026-I-99999", "X")
        for answer in (missing, private)
    ]
    assert [missing.status_code, private.status_code] == [404, 404]
    assert bodies[0] == bodies[1]
    assert client.get(f"/en/inputs/{submission.reference.lower()}/").status_code == 404


def test_an_input_appears_at_its_instant(client):
    submission = make_submission(status="accepted")
    operations.publish(submission, by=submission.reviewer, at=NOW, visible_at=now() + timedelta(hours=1))
    assert page_of(client, submission).status_code == 404
    PublishedInput.objects.update(visible_at=now() - timedelta(seconds=1))
    assert page_of(client, submission).status_code == 200


def test_what_was_taken_down_leaves_its_reference_the_reason_and_the_date(client):
    submission = make_submission(status="published", title="Unwise words")
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(days=1), reason="Names <a> person.")
    response = page_of(client, submission)
    page = response.content.decode()
    assert response.status_code == 410
    assert "Names &lt;a&gt; person." in page
    assert "Wednesday 21 January 2026" in page
    assert "Unwise words" not in page
    assert submission.organisation.name not in page


def test_what_was_withdrawn_says_so_in_the_language_of_the_page(client):
    submission = make_submission(status="published")
    operations.withdraw(submission, by=submission.begun_by, at=NOW + timedelta(days=1))
    assert "Withdrawn by its author." in page_of(client, submission).content.decode()


def test_what_was_taken_down_before_it_was_to_appear_was_never_public(client):
    submission = make_submission(status="accepted")
    operations.publish(submission, by=submission.reviewer, at=NOW, visible_at=NOW + timedelta(days=9))
    operations.take_down(submission, by=submission.reviewer, at=NOW + timedelta(days=1), reason="Wrong file.")
    assert page_of(client, submission).status_code == 404


def test_a_reader_who_has_the_page_gets_304_until_it_changes(client, count_statements):
    published = make_published()
    first = page_of(client, published)
    again = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    address = f"/en/inputs/{published.reference}/"
    answers = []
    assert count_statements(lambda: answers.append(client.get(address, **again))) == 2
    assert (answers[0].status_code, answers[0].content) == (304, b"")
    assert client.get(f"/fr/inputs/{published.reference}/", **again).status_code == 200
    PublishedInput.objects.update(changed_at=now())
    assert client.get(address, **again).status_code == 200


def test_what_stood_there_as_related_is_gone_also_for_a_reader_who_has_the_page(client):
    published = make_published(objectives=[7])
    other = make_published(title="Words of another", objectives=[7])
    first = page_of(client, published)
    assert "Words of another" in first.content.decode()
    operations.take_down(other.submission, by=other.submission.reviewer, at=now(), reason="Names a person.")
    again = client.get(published.get_absolute_url(), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Words of another" not in again.content.decode()
    assert "Last-Modified" not in first.headers  # so nobody asks by a date that only its own words have


def test_the_page_takes_at_most_six_statements(client, count_statements):
    published = make_published(objectives=[1, 2, 3, 4, 5], countries=["KEN", "NPL"])
    client.get(f"/en/inputs/{published.reference}/")
    assert count_statements(lambda: page_of(client, published)) <= 6


def test_an_input_without_a_text_is_described_by_what_it_is(client):
    """Search engines and those to whom an address is passed on read these words."""
    published = make_published(title="Only a file")
    PublishedInput.objects.filter(pk=published.pk).update(excerpt="")
    page = client.get(published.get_absolute_url()).content.decode()
    words = f"{published.organisation_name} · {published.forum} · {published.reference}"
    assert f'<meta name="description" content="{words}">' in page
    assert f'<meta property="og:description" content="{words}">' in page
