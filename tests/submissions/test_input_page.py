"""What the page of an input says besides its words: languages, files for reading software, whom to tell, pictures."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from submissions import operations
from submissions.models import Attachment
from submissions.operations.extracting import keep
from tests.factories import NOW, PATHS, make_draft, make_published, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
READ = {"pages": 2, "words": 240, "language": "en", "hidden": {}, "hazards": [], "has_text": True, "is_tagged": False}


def page(client, published, language="en"):
    return " ".join(client.get(f"/{language}/inputs/{published.reference}/").content.decode().split())


def with_file(tmp_path, settings, **found):
    """A published input with one file that was read with this result."""
    settings.MEDIA_ROOT = tmp_path
    draft = make_draft()
    file = operations.attach(draft, SimpleUploadedFile("annex.pdf", PDF), by=draft.begun_by, at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    draft.refresh_from_db()
    Attachment.objects.filter(pk=file.pk).update(verdict="clean")
    keep(Attachment.objects.get(pk=file.pk), {**READ, **found}, at=NOW)
    for act in PATHS["published"]:
        act(draft, make_user(staff=True), NOW)
    return draft.published


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"is_tagged": True}, "tagged for screen readers"),
        ({}, "not tagged for screen readers"),
        ({"has_text": False}, "pictures of pages, without text"),
        ({"is_tagged": None}, ""),
    ],
)
def test_a_file_says_what_reading_software_finds_in_it(client, tmp_path, settings, found, said):
    files = page(client, with_file(tmp_path, settings, **found)).split('id="files"')[1].split("</section>")[0]
    assert "annex.pdf" in files
    words = ("· tagged for screen readers", "· not tagged for screen readers", "· pictures of pages, without text")
    assert [word for word in words if word in files] == ([f"· {said}"] if said else [])


def test_the_original_is_marked_and_each_translation_says_where_it_is_from(client, forum, elena):
    published = make_published()
    assert 'English</a> <span class="meta">original</span>' in page(client, published)
    words = {"language": "fr", "title": "Aide consulaire", "summary": "Neuf missions."}
    operations.write_translation(published.submission, **words, origin="official", by=elena, at=NOW + timedelta(hours=1))
    text = page(client, published)
    assert f'<a href="/fr/inputs/{published.reference}/" hreflang="fr">French</a>' in text
    assert "Translated by the Network." in text.split("Languages</dt>")[1].split("</dd>")[0]


def test_it_says_whose_views_these_are_and_whom_to_tell_of_a_problem(client, forum):
    published = make_published()
    text = page(client, published)
    assert "The views expressed are those of the authors." in text
    (address,) = re.findall(r'href="(mailto:[^"]+subject[^"]+)"', text)
    split = urlsplit(address)
    assert split.path == settings.CONTACT_EMAIL
    assert parse_qs(split.query) == {"subject": [f"{published.reference}: Problem with an input"]}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_an_address_that_is_passed_on_shows_a_picture_in_its_language(client, forum, language):
    for address in (f"/{language}/", f"/{language}/inputs/{make_published().reference}/"):
        text = client.get(address).content.decode()
        said = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)">', text))
        assert said["og:url"] == f"http://testserver{address}"
        name = said["og:image"].rpartition("/")[2]
        assert re.fullmatch(rf"social-{language}(\.\w+)?\.png", name)
        with Image.open(find(f"img/social-{language}.png")) as picture:
            assert picture.size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
        assert said["og:image:alt"]


def test_a_plain_answer_without_an_address_of_its_own_has_no_picture(client, forum):
    assert 'property="og:' not in client.get("/en/inputs/?q=%00").content.decode()
