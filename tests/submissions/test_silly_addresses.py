"""Silly addresses of every public list: what makes no sense is said and refused, and nothing is guessed for it."""

import pytest
from django.conf import settings
from django.http import QueryDict

from accreditation.models import ForumTerms
from forums.models import OfficialDocument
from forums.narrowing import Field, read
from submissions import operations
from tests.factories import NOW, make_organisation, make_published, make_standing

pytestmark = pytest.mark.django_db
PAGED = ("/en/organisations/", "/en/national-reviews/", "/en/forums/2026/accredited/", "/en/forums/2026/participants/")
UNPAGED = (
    *("/en/figures/", "/en/forums/2026/figures/", "/en/figures/coverage/", "/en/forums/2026/figures/coverage/"),
    "/en/calendar/",
)
LISTS_OF_INPUTS = ("/en/inputs/", "/en/objectives/14/", "/en/countries/KEN/", "/en/regions/ECA/")
NO_NUMBER = ("abc", "0", "-1", "1.5", "²", "99999999")


@pytest.fixture
def used_in(forum, elena):
    """One of everything is public; the address of the inputs that a document drew on."""
    state = make_organisation("Mission of Kenya", kind="member_state")
    published = make_published(organisation=state, countries=["KEN"])
    make_standing(make_organisation("Amber Guild"), forum)
    ForumTerms.objects.update_or_create(forum=forum, defaults={"participants_public": True})
    note = OfficialDocument.objects.create(forum=forum, kind="background_note", title="Background note")
    operations.record_use(published.submission, document=note, place="para. 12", note="", by=elena, at=NOW)
    return f"/en/documents/{note.pk}/inputs/"


def said(client, address, **query):
    response = client.get(address, query)
    return response.status_code, response.content.decode()


def test_every_list_says_what_is_wrong_with_its_address(client, used_in):
    for address in (*PAGED, used_in, *LISTS_OF_INPUTS):
        for value in NO_NUMBER:
            status, page = said(client, address, page=value)
            assert (status, f"“{value}” is not the number of a page." in page) == (400, True), (address, value)
            assert '<meta name="robots" content="noindex">' in page
        status, page = said(client, address, page="7")
        assert (status, "There is no page 7: this list ends with page 1." in page) == (400, True), address
        assert "Take away a filter" not in page  # there are rows, on the pages before
        assert said(client, address, page="1")[0] == said(client, address)[0] == 200
    for address in (*PAGED, used_in, *LISTS_OF_INPUTS, *UNPAGED):
        status, page = said(client, address, colour="red")
        assert (status, "“colour” is not a filter of this list and was left aside." in page) == (200, True), address
        assert "left aside" not in said(client, address)[1]


def test_what_is_left_aside_is_in_no_link(client, used_in):
    for address in PAGED[:3]:
        assert "zqred" not in said(client, address, zqcolour="zqred")[1].replace("?zqcolour=zqred", "")


def test_the_sentence_is_in_the_language_of_the_page(client, used_in):
    english = "There is no page 7: this list ends with page 1."
    sentences = {client.get(f"/{code}/organisations/?page=7").context["no_page"] for code, _name in settings.LANGUAGES}
    assert (len(sentences), english in sentences) == (6, True)


def test_ways_to_narrow_keep_the_words(client, used_in):
    for address in ("/en/organisations/", "/en/forums/2026/accredited/"):
        for facet in client.get(address, {"q": "amber"}).context["facets"]:
            assert [option["url"] for option in facet["options"] if not option["url"].startswith("?q=amber&")] == []


def test_control_a_narrowing_knows_its_parameters():
    asked = read(QueryDict("kind=a&kind=x&q=word&page=2&colour=red"), Field("kind", "Kind", {"a": "A"}), words="word")
    assert (asked.ignored, asked.unknown, asked.query) == (("colour", "q"), (("kind", "x"),), "q=word&kind=a")
    asked = read(QueryDict("q=word&page=2"), words="word", others=("q", "page"))
    assert (asked.sentences, asked.pills) == ([], [])
