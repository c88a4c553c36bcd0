"""The room of official documents: what would be refused is said on the form, what would follow is shown before saving."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from forums.models import Change, DocumentFile, Milestone, OfficialDocument
from tests.factories import make_forum
from tests.forums.test_desk_views import change, errors_of, fields_of, save
from tests.submissions.test_uploads import PDF

pytestmark = pytest.mark.django_db
ADD = "/admin/forums/officialdocument/add/"


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


@pytest.fixture
def held(db):
    """A forum whose duties are past at any time these tests run: the report was due on 22 February 2022."""
    return make_forum("2022", year=2022, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20), status="held")


@pytest.fixture
def report(held):
    return held.milestones.create(kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14")


def filled(desk, forum, **fields):
    defaults = {"forum": forum.pk, "kind": "sg_report", "symbol": "A/76/642", "title_en": "Report of the SG"}
    return fields_of(desk.get(ADD)) | {**defaults, **fields}


def test_a_document_meets_its_duty_on_the_day_it_was_available(desk, held, report):
    save(desk, ADD, filled(desk, held, meets=report.pk, dated_on="2021-12-27", available_on="2021-12-27"))
    assert Milestone.objects.get().met_on == date(2021, 12, 27)
    assert set(Change.objects.values_list("kind", flat=True)) == {"met", "document"}


def test_each_duty_is_named_with_forum_paragraph_and_day(desk, report):
    page = desk.get(ADD).content.decode()
    assert "2022 · Report · A/RES/73/326, paragraph 14 · Tuesday 22 February 2022" in page


def test_what_follows_is_shown_before_it_is_saved(desk, held, report):
    response = desk.post(ADD, filled(desk, held, meets=report.pk, available_on="2021-12-27", _look="yes"))
    page = response.content.decode()
    assert "“Report” (A/RES/73/326, paragraph 14) is met on Monday 27 December 2021, 57 days early." in page
    assert 'value="Report of the SG"' in page
    assert (OfficialDocument.objects.count(), Milestone.objects.get().met_on) == (0, None)
    save(desk, ADD, fields_of(response))
    assert Milestone.objects.get().met_on == date(2021, 12, 27)


def test_a_late_day_is_refused_and_taken_with_tick_and_reason(desk, held, report):
    posted = filled(desk, held, meets=report.pk, available_on="2022-02-25")
    response = desk.post(ADD, posted)
    sentence = str(errors_of(response)["__all__"])
    for word in ("A/RES/73/326, paragraph 14", "3 days after that", "record it as late"):
        assert word in sentence
    assert 'value="Report of the SG"' in response.content.decode()
    assert "Say why" in str(errors_of(desk.post(ADD, posted | {"late": "on"})))
    posted |= {"late": "on", "late_because": "Translation took longer."}
    assert "is met late, on Friday 25 February 2022, by 3 days." in desk.post(ADD, posted | {"_look": "y"}).content.decode()
    save(desk, ADD, posted)
    state = Milestone.objects.get().state(now())
    assert (state.standing.value, state.days) == ("met_late", 3)
    again = fields_of(desk.get(change(OfficialDocument.objects.get())))
    assert again["late"] == "on"
    save(desk, change(OfficialDocument.objects.get()), again)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("report 642", "is not a symbol"),
        ("a/76/642", "Write it as A/76/642."),
        ("A/RES/73", "session and the number"),
        ("A/" + "9" * 300, "at most 60"),
        ("A/76/642\x00", "Null characters are not allowed."),
        ("A/76/\x07642", "is not a symbol"),
    ],
)
def test_symbols_that_are_none_are_refused_and_nothing_typed_is_lost(desk, held, typed, said):
    response = desk.post(ADD, filled(desk, held, symbol=typed))
    assert said in str(errors_of(response))
    assert 'value="Report of the SG"' in response.content.decode()
    assert OfficialDocument.objects.count() == 0


def test_what_cannot_be_is_refused_on_the_form_and_never_an_error(desk, held, report):
    Milestone.objects.update(waived_because="Agreed by two.")
    for fields, said in (
        ({"meets": report.pk, "available_on": "2021-12-27"}, "waived"),
        ({"meets": report.pk}, "on which day"),
        ({"available_on": "2099-01-01"}, "has not come yet"),
        ({"available_on": "2021-12-26", "dated_on": "2021-12-27"}, "dated"),
        ({"meets": report.pk, "kind": "agenda", "available_on": "2021-12-27"}, "kind of document"),
        ({"late": "on"}, "not late for any duty"),
    ):
        assert said in str(errors_of(desk.post(ADD, filled(desk, held, **fields))))


def test_a_corrigendum_is_shown_beside_what_it_corrects(desk, held):
    save(desk, ADD, filled(desk, held))
    save(desk, ADD, filled(desk, held, symbol="A/76/642/Corr.1", title_en="Corrigendum"))
    base, corrigendum = OfficialDocument.objects.order_by("symbol")
    assert corrigendum.modifies == base
    assert "A/76/642/Corr.1" in desk.get(change(base)).content.decode()


# Languages ----------------------------------------------------------------------------------------------------------


def with_line(posted, **line):
    return posted | {f"languages-0-{name}": value for name, value in line.items()}


def test_a_language_is_a_link_or_a_kept_file(desk, held):
    posted = filled(desk, held, available_on="2021-12-27")
    save(desk, ADD, with_line(posted, language="fr", upload=SimpleUploadedFile("rapport.pdf", PDF)))
    document = OfficialDocument.objects.get()
    page = desk.get(change(document))
    again = fields_of(page)
    again |= {"languages-1-language": "ar", "languages-1-url": "https://undocs.org/ar/A/76/642"}
    save(desk, change(document), again)
    kept, link = DocumentFile.objects.order_by("-language")
    assert (kept.language, kept.size, kept.verdict, kept.url) == ("fr", len(PDF), "waiting", "")
    assert (link.language, link.file.name, link.url) == ("ar", "", "https://undocs.org/ar/A/76/642")
    assert "A-76-642_fr.pdf" in page.content.decode()
    assert f"/documents/{document.pk}/fr/" not in page.content.decode()
    DocumentFile.objects.update(verdict="clean")
    assert f"/documents/{document.pk}/fr/" in desk.get(change(document)).content.decode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"upload": ("report.exe", b"MZ")}, "not one of the files taken here: DOCX, PDF"),
        ({"upload": ("report.pdf", b"<html>")}, "not one of the files taken here"),
        ({"upload": ("report.pdf", PDF), "url": "https://undocs.org/A/76/642"}, "not both"),
        ({}, "Give the address"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"url": "ftp://example.org/x"}, "begins with https://"),
    ],
)
def test_a_line_that_is_neither_is_refused_and_nothing_is_stored(desk, held, line, said):
    if "upload" in line:
        line = line | {"upload": SimpleUploadedFile(*line["upload"])}
    response = desk.post(ADD, with_line(filled(desk, held), language="fr", **line))
    assert said in response.content.decode()
    assert (OfficialDocument.objects.count(), DocumentFile.objects.count()) == (0, 0)


def test_a_language_stands_once(desk, held):
    posted = with_line(filled(desk, held), language="fr", url="https://example.org/a")
    save(desk, ADD, posted)
    document = OfficialDocument.objects.get()
    again = fields_of(desk.get(change(document)))
    again |= {"languages-1-language": "fr", "languages-1-url": "https://example.org/b"}
    assert desk.post(change(document), again).status_code == 200
    assert DocumentFile.objects.get().url == "https://example.org/a"


def test_who_may_only_look_changes_no_language(desk_client, ravi, held):
    document = OfficialDocument.objects.create(forum=held, kind="other", title="Report")
    client = desk_client(ravi)
    assert "languages-0-url" not in client.get(change(document)).content.decode()
    assert client.post(change(document), {"title_en": "Mine"}).status_code == 403
