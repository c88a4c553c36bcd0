"""Official documents: sound symbols, sound days, and the duty that is met on the day one could be read."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forums.models import Change, DocumentFile, Milestone, OfficialDocument
from forums.operations import keep_language, record_document
from forums.operations.document_rules import follows
from forums.refusals import Refused
from forums.timeline import Standing
from submissions.operations import scan_documents
from tests.factories import NOW, make_forum, make_user
from tests.processes import EICAR, clamav
from tests.submissions.test_uploads import PDF, office

pytestmark = pytest.mark.django_db
DUE = date(2026, 2, 10)  # twelve weeks before 5 May 2026
AFTER = NOW.replace(month=4)  # a day on which every day of these tests is past


@pytest.fixture
def report(forum):
    return forum.milestones.create(
        kind="report", name="Report of the Secretary-General", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )


def document(forum, **fields):
    defaults = {"forum": forum, "kind": "sg_report", "symbol": "A/80/642", "title": "Report", "title_fr": "Rapport"}
    return OfficialDocument(**{**defaults, **fields})


def record(thing, *, at=AFTER, **options):
    return record_document(thing, by=make_user(), at=at, **options)


def refusal(thing, *, at=AFTER, **options):
    with pytest.raises(Refused) as refused:
        record(thing, at=at, **options)
    return str(refused.value)


def state_of(duty, at=AFTER):
    return Milestone.objects.get(pk=duty.pk).state(at)


# The duty that it meets ---------------------------------------------------------------------------------------------


def test_a_report_is_met_on_the_day_on_which_it_could_be_read(forum, report):
    record(document(forum, dated_on=date(2026, 1, 12), available_on=date(2026, 1, 14), meets=report))
    state = state_of(report)
    assert (state.standing, state.days) == (Standing.MET, 27)
    assert Milestone.objects.get(pk=report.pk).sequence == 1


def test_what_became_of_it_is_in_the_feed(forum, report):
    made = record(document(forum, available_on=date(2026, 1, 14), meets=report))
    changes = {change.kind: change.what for change in Change.objects.all()}
    assert changes == {
        "met": {"milestone": {"en": "Report of the Secretary-General"}, "on": "2026-01-14", "days": 27},
        "document": {
            "document": made.pk,
            "symbol": "A/80/642",
            "title": {"en": "Report", "fr": "Rapport"},
            "available_on": "2026-01-14",
        },
    }


def test_on_the_last_day_itself_a_report_is_in_time_and_a_day_later_it_is_not(forum, report):
    record(document(forum, available_on=DUE, meets=report))
    assert state_of(report).standing is Standing.MET
    note = forum.milestones.create(
        kind="note",
        name="Note 1",
        weeks_before=6,
        resolution="A/RES/73/326",
        paragraph="22",
        round_table=forum.round_tables.get(number=1),
    )
    late = document(forum, kind="background_note", symbol="", available_on=note.due_on + timedelta(1), meets=note)
    assert "1 day after that" in refusal(late)


def test_what_comes_too_late_is_not_recorded_as_on_time(forum, report):
    sentence = refusal(document(forum, available_on=DUE + timedelta(days=3), meets=report))
    for word in ("A/RES/73/326, paragraph 14", "Tuesday 10 February 2026", "Friday 13 February 2026", "3 days after"):
        assert word in sentence
    assert (OfficialDocument.objects.count(), Change.objects.count()) == (0, 0)
    assert state_of(report).standing is Standing.OVERDUE


@pytest.mark.parametrize("reason", ["", " ", "\n\x00"])
def test_recorded_as_late_it_needs_a_reason(forum, report, reason):
    late = document(forum, available_on=DUE + timedelta(days=3), meets=report, late_because=reason)
    assert "Say why it is late" in refusal(late, as_late=True)


def test_recorded_as_late_the_duty_shows_that_it_was_met_late(forum, report):
    late = document(forum, available_on=DUE + timedelta(days=3), meets=report, late_because="Translation took longer.")
    record(late, as_late=True)
    state = state_of(report)
    assert (state.standing, state.days) == (Standing.MET_LATE, 3)
    assert OfficialDocument.objects.get().late_because == "Translation took longer."
    assert Change.objects.get(kind="met").what["days"] == -3


def test_what_is_in_time_is_not_recorded_as_late(forum, report):
    early = document(forum, available_on=DUE, meets=report, late_because="No.")
    assert "not late" in refusal(early, as_late=True)
    assert record(early).late_because == ""


def test_a_corrigendum_long_after_the_limit_does_not_make_the_report_late(forum, report):
    record(document(forum, available_on=DUE, meets=report))
    corrected = document(forum, symbol="A/80/642/Corr.1", available_on=DUE + timedelta(days=30), meets=report)
    record(corrected)
    assert state_of(report).standing is Standing.MET


def test_a_day_that_was_wrong_is_corrected_and_the_duty_follows(forum, report):
    made = record(document(forum, available_on=date(2026, 1, 14), meets=report))
    made.available_on = date(2026, 1, 20)
    record(made)
    assert Milestone.objects.get(pk=report.pk).met_on == date(2026, 1, 20)
    assert Change.objects.filter(kind="document").count() == 2
    made.title = "Another title"
    record(made)
    assert Change.objects.filter(kind="document").count() == 2


def test_a_document_that_met_nothing_after_all_leaves_the_duty_unmet(forum, report):
    made = record(document(forum, available_on=date(2026, 1, 14), meets=report))
    made.meets = None
    record(made)
    assert state_of(report).standing is Standing.OVERDUE


def test_without_the_day_a_duty_cannot_be_met(forum, report):
    assert "on which day" in refusal(document(forum, meets=report))


@pytest.mark.parametrize("kind", [kind for kind in OfficialDocument.Kind.values if kind != "sg_report"])
def test_a_report_is_met_by_a_report_and_by_nothing_else(forum, report, kind):
    sentence = refusal(document(forum, kind=kind, available_on=DUE, meets=report))
    assert "paragraph 14" in sentence


def test_a_waived_duty_is_not_met(forum, report):
    Milestone.objects.filter(pk=report.pk).update(waived_because="Agreed.")
    report.refresh_from_db()
    assert "waived" in refusal(document(forum, available_on=DUE, meets=report))


def test_a_declaration_is_agreed_and_not_met_by_its_print(forum):
    duty = forum.milestones.create(kind="declaration", name="Progress Declaration", on_last_day=True)
    made = document(forum, kind="declaration", symbol="A/RES/76/266", available_on=date(2026, 6, 7), meets=duty)
    record(made, at=AFTER.replace(month=7))
    assert Milestone.objects.get(pk=duty.pk).met_on is None


def test_duty_and_session_are_of_the_same_forum(forum, report):
    other = make_forum("2030", year=2030, first_day=date(2030, 5, 7), last_day=date(2030, 5, 10))
    session = forum.sessions.create(slug="rt", kind="round_table", title="RT", starts_at=NOW, ends_at=AFTER)
    assert "duty belongs to another" in refusal(document(other, available_on=DUE, meets=report))
    assert "session belongs to another" in refusal(document(other, kind="technical", session=session))
    assert record(document(forum, kind="technical", session=session)).session == session


# Days ---------------------------------------------------------------------------------------------------------------


def test_no_document_is_available_on_a_day_that_has_not_come(forum):
    today = date(2026, 1, 20)
    sentence = refusal(document(forum, available_on=today + timedelta(days=1)), at=NOW)
    assert "Wednesday 21 January 2026" in sentence
    assert "Tuesday 20 January 2026" in sentence
    assert record(document(forum, available_on=today), at=NOW).pk


def test_today_is_the_day_of_the_forums_city(forum):
    """At three in the morning UTC it is still the evening before in New York."""
    at = NOW.replace(hour=3)
    assert "has not come yet" in refusal(document(forum, available_on=at.date()), at=at)


def test_no_document_is_available_before_it_is_dated(forum):
    assert "dated" in refusal(document(forum, dated_on=date(2026, 1, 14), available_on=date(2026, 1, 13)))


# Symbols ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["642", "A-80-642", "A/80/642\x00/x", "a/80/642", "A/80/" + "6" * 56, "../../etc/passwd"])
def test_a_symbol_that_is_none_is_refused(forum, typed):
    assert refusal(document(forum, symbol=typed)).endswith(".")
    assert OfficialDocument.objects.count() == 0


def test_a_symbol_is_used_once(forum):
    record(document(forum))
    assert "recorded already" in refusal(document(forum, title="Again"))


def test_documents_without_a_symbol_are_as_many_as_there_are(forum):
    record(document(forum, symbol=""))
    record(document(forum, symbol=" "))
    assert list(OfficialDocument.objects.values_list("symbol", flat=True)) == ["", ""]


def test_a_suffix_finds_what_it_changes(forum):
    base = record(document(forum))
    added = record(document(forum, symbol="A/80/642/Add.1"))
    corrected = record(document(forum, symbol="A/80/642/Add.1/Corr.1"))
    assert (base.modifies, added.modifies, corrected.modifies) == (None, base, added)


def test_what_a_suffix_changes_may_come_later(forum):
    corrected = record(document(forum, symbol="A/80/642/Add.1/Corr.1"))
    assert corrected.modifies is None
    assert "A/80/642 is not recorded here" in follows(corrected, at=AFTER)[0]
    base = record(document(forum))
    assert OfficialDocument.objects.get(pk=corrected.pk).modifies == base
    added = record(document(forum, symbol="A/80/642/Add.1"))
    assert OfficialDocument.objects.get(pk=corrected.pk).modifies == added


def test_a_symbol_that_was_wrong_lets_go_of_what_hung_on_it(forum):
    base = record(document(forum))
    corrected = record(document(forum, symbol="A/80/642/Corr.1"))
    base.symbol = "A/80/624"
    record(base)
    assert OfficialDocument.objects.get(pk=corrected.pk).modifies is None


def test_a_longer_number_is_no_suffix(forum):
    record(document(forum, symbol="A/80/64"))
    assert record(document(forum, symbol="A/80/642")).modifies is None


# Languages ----------------------------------------------------------------------------------------------------------


def pdf(name="Report of the SG (final) (2).pdf", content=PDF):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def kept(forum):
    made = record(document(forum, available_on=date(2026, 1, 14)))
    return keep_language(DocumentFile(document=made, language="fr"), file=pdf())


def clean(entry):
    DocumentFile.objects.filter(pk=entry.pk).update(verdict="clean")


def test_a_kept_file_has_a_permanent_address_and_a_name_made_of_its_symbol(client, kept):
    clean(kept)
    answer = client.get(f"/documents/{kept.document_id}/fr/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    headers = answer.headers
    assert headers["Content-Disposition"] == 'attachment; filename="A-80-642_fr.pdf"'
    assert (headers["Content-Type"], headers["Content-Language"]) == ("application/pdf", "fr")
    assert (headers["X-Content-Type-Options"], headers["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )
    assert headers["Content-Length"] == str(len(PDF))
    assert "public" in headers["Cache-Control"]
    assert client.get(f"/documents/{kept.document_id}/fr/", HTTP_IF_NONE_MATCH=headers["ETag"]).status_code == 304


@pytest.mark.parametrize("verdict", ["waiting", "infected"])
def test_no_byte_is_served_without_a_clean_verdict(client, kept, verdict):
    DocumentFile.objects.update(verdict=verdict)
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_file_is_not_served_before_its_document_is_available(client, kept):
    clean(kept)
    OfficialDocument.objects.update(available_on=None)
    assert client.get(kept.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["/documents/999999/fr/", "/documents/{}/en/", "/documents/{}/xx/", "/documents/{}/"])
def test_what_is_not_there_is_not_found(client, kept, address):
    assert client.get(address.format(kept.document_id)).status_code == 404


def test_bytes_that_are_gone_are_not_found(client, kept):
    clean(kept)
    kept.file.storage.delete(kept.file.name)
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_language_that_is_read_elsewhere_leads_there(client, forum):
    made = record(document(forum))
    keep_language(DocumentFile(document=made, language="ar", url="https://undocs.org/ar/A/80/642"))
    answer = client.get(reverse("document_file", args=[made.pk, "ar"]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://undocs.org/ar/A/80/642")


def test_a_file_and_an_address_at_once_are_refused_and_neither_too(kept):
    entry = DocumentFile(document=kept.document, language="es", url="https://undocs.org/es/A/80/642")
    with pytest.raises(Refused, match="not both"):
        keep_language(entry, file=pdf())
    with pytest.raises(Refused, match="Give the address"):
        keep_language(DocumentFile(document=kept.document, language="es"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"<html><script>alert(1)</script></html>"),
        ("report.pdf", b""),
        ("report.docx", PDF),
        ("report.exe", b"MZ"),
        ("report.svg", b"<svg/>"),
        ("report.html", b"<p>"),
        ("report.xlsx", office("xl/workbook.xml")),
        ("report", PDF),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_only_pdf_and_docx_are_kept_and_their_bytes_must_say_so(kept, name, content):
    with pytest.raises(Refused, match=r"\.$"):
        keep_language(DocumentFile(document=kept.document, language="es"), file=pdf(name, content))
    assert DocumentFile.objects.count() == 1


def test_a_newer_file_takes_the_place_of_the_former_at_the_same_address(client, kept, django_capture_on_commit_callbacks):
    clean(kept)
    address, former = kept.get_absolute_url(), kept.file.name
    entry = DocumentFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        keep_language(entry, file=pdf(content=PDF + b"\n% corrected"))
    entry.refresh_from_db()
    assert (entry.get_absolute_url(), entry.verdict) == (address, "waiting")
    assert not entry.file.storage.exists(former)
    assert entry.file.storage.exists(entry.file.name)
    assert client.get(address).status_code == 404  # until it was scanned


def test_the_same_file_again_changes_nothing(kept):
    clean(kept)
    entry = DocumentFile.objects.get()
    keep_language(entry, file=pdf())
    assert DocumentFile.objects.get().verdict == "clean"


def test_a_name_is_made_of_letters_that_every_system_takes(forum):
    made = record(document(forum, symbol="A/58/53 (Part II)"))
    entry = DocumentFile(document=made, language="zh-hans", file="documents/x.docx")
    assert entry.download_name == "A-58-53-Part-II_zh-hans.docx"
    made.symbol = ""
    assert entry.download_name == f"document-{made.pk}_zh-hans.docx"


def test_kept_files_are_scanned_like_every_other(kept, settings, tmp_path_factory):
    settings.CLAMD_SOCKET = ""
    assert scan_documents(at=NOW) == 0
    bad = SimpleUploadedFile("x.pdf", PDF + EICAR.encode())
    keep_language(DocumentFile(document=kept.document, language="es"), file=bad)
    with clamav(tmp_path_factory.mktemp("clamd")) as socket:
        if not socket:
            pytest.skip("ClamAV's clamd is not installed (Debian package clamav-daemon)")
        settings.CLAMD_SOCKET = socket
        assert scan_documents(at=NOW) == 2
    assert DocumentFile.objects.get(language="fr").is_clean
