"""What people wrote stands in its own language and direction on every page, whatever the language of the page."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, join, make_draft, make_organisation, make_published, make_standing, make_submission

pytestmark = pytest.mark.django_db
NAME = "مركز الميناء"  # of an organisation, in Arabic
TITLE = "Помощь на границе"
TEXT = "Девять консульств отвечают"
NOTE = "Quelle année ?"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
UNSEEN = {"title", "script"}  # a page's title has no language of its own


class Texts(HTMLParser):
    """Each text of a page with the language and the direction that hold for it."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attributes):
        _tag, language, direction = self.open[-1] if self.open else (None, None, None)
        said = dict(attributes)
        direction = said.get("dir") or ("auto" if tag == "bdi" else direction)
        if tag not in VOID:
            self.open.append((tag, said.get("lang", language), direction))

    def handle_endtag(self, tag):
        while self.open and tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, words):
        tag, language, direction = self.open[-1] if self.open else (None, None, None)
        if tag not in UNSEEN and words.strip():
            self.found.append((words, language, direction))


def marks_of(page, words):
    """Language and direction of each place at which these words stand."""
    texts = Texts()
    texts.feed(page)
    return {(language, direction) for text, language, direction in texts.found if words in text}


@pytest.fixture
def written(organisation, call, amina):
    """An organisation, a published input, an input asked about, a draft: each in its own language."""
    organisation = make_organisation(NAME, name_language="ar", focal_point=amina)
    make_standing(organisation, call.forum)
    fields = {"organisation": organisation, "call": call, "by": amina, "language": "ru", "title": TITLE, "text": TEXT}
    asked = make_submission(**fields, status="under_review")
    operations.ask_for_clarification(asked, by=asked.reviewer, at=NOW, question=NOTE)
    return {
        "organisation": organisation,
        "published": make_published(**fields),
        "asked": Submission.objects.get(pk=asked.pk),
        "draft": make_draft(**fields),
    }


def pages(written):
    published, asked, draft = written["published"], written["asked"], written["draft"]
    own = reverse("accreditation:my_organisation", args=[written["organisation"].slug])
    start = reverse("submissions:start", args=[draft.call.forum.slug, draft.call.slug])
    public = ["/en/", "/en/inputs/", published.get_absolute_url(), published.organisation.get_absolute_url()]
    mine = ["my_inputs"], ["my_input", asked], ["edit", asked], ["edit", draft], ["check", draft], ["discard", draft]
    names = [reverse(f"submissions:{name}", args=[one.pk for one in of]) for name, *of in mine]
    receipts = [reverse(f"submissions:{name}", args=[published.submission_id]) for name in ("receipt", "withdraw")]
    return [*public, "/en/my/", own, start, f"{reverse('accreditation:join')}?q={NAME}", *names, *receipts]


def test_every_page_says_the_language_and_direction_of_what_people_wrote(client, amina, written):
    client.force_login(amina)
    seen = {NAME: 0, TITLE: 0, TEXT: 0, NOTE: 0}
    for address in pages(written):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        for words, good in (
            (NAME, {("ar", "auto"), ("ar", "rtl")}),
            (TITLE, {("ru", "auto"), ("ru", "ltr")}),
            (TEXT, {("ru", "auto"), ("ru", "ltr")}),
            (NOTE, {("und", "auto")}),
        ):
            found = marks_of(page, words)
            seen[words] += len(found)
            assert found <= good, (address, words)
    assert all(seen.values())


def test_a_reason_of_the_desk_is_of_no_known_language_and_the_portals_own_is_said_in_that_of_the_page(
    client, written, elena
):
    published = written["published"]
    operations.take_down(published.submission, by=elena, at=NOW, reason=NOTE)
    page = client.get(published.get_absolute_url()).content.decode()
    assert marks_of(page, NOTE) == {("und", "auto")}
    operations.withdraw(Submission.objects.get(pk=published.submission_id), by=elena, at=NOW)
    page = client.get(published.get_absolute_url()).content.decode()
    assert marks_of(page, "Withdrawn by its author.") == {("en", "auto")}


def test_a_conflict_shows_both_texts_in_their_language(client, amina, written):
    client.force_login(amina)
    draft = written["draft"]
    posted = {"title": TITLE, "text": "Другой текст", "language": "ru", "edition": draft.edition - 1}
    page = client.post(reverse("submissions:edit", args=[draft.pk]), posted)
    assert page.status_code == 409
    assert marks_of(page.content.decode(), TEXT) == marks_of(page.content.decode(), "Другой текст") == {("ru", "auto")}


def test_a_request_to_join_says_nothing_of_its_language(client, amina, bruno, written):
    client.force_login(amina)
    join(written["organisation"], bruno, since=None, message=NOTE)
    page = client.get(reverse("accreditation:my_organisation", args=[written["organisation"].slug])).content.decode()
    assert marks_of(page, NOTE) == {("und", "auto")}
    assert marks_of(page, "iCSO, seen 20 January 2026") == {("und", "auto")}


def test_control_a_text_without_its_language_is_noticed():
    page = f'<html lang="en" dir="ltr"><p><bdi lang="ar">{NAME}</bdi><br>{TITLE}</p></html>'
    assert marks_of(page, NAME) == {("ar", "auto")}
    assert marks_of(page, TITLE) == {("en", "ltr")}
