"""Private files: quarantined, opened by few, each reading of the desk noted, erased in time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, EvidenceFile, Reading
from forums import scanning
from forums.refusals import Refused
from tests.accreditation.applications import PDF, a_file, lead, make_application, make_points
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db
KEPT = timedelta(days=30)


@pytest.fixture
def draft(amina, organisation):
    return make_application(by=amina, organisation=organisation, call="now")


@pytest.fixture
def file(draft):
    return draft.files.get()


def address(file, name="evidence"):
    accreditation = file.accreditation
    return reverse(f"accreditation:{name}", args=[accreditation.organisation.slug, accreditation.forum.slug, file.pk])


def at_the_desk(file):
    return reverse("admin:accreditation_evidencefile_file", args=[file.pk])


def where(file) -> Path:
    return Path(default_storage.path(file.file.name))


# Taken in -------------------------------------------------------------------------------------------------------------


def test_a_file_lies_under_a_name_of_our_own_and_waits_for_the_scanner(draft, amina):
    points = make_points()
    operations.remove_evidence(draft.files.get(), by=amina, at=NOW)
    file = operations.add_evidence(draft, a_file("../../etc/Statuts é.pdf"), point=points["statutes"], by=amina, at=NOW)
    assert (file.name, file.verdict, file.size) == ("Statuts é.pdf", "waiting", len(PDF))
    assert Path(settings.MEDIA_ROOT) in where(file).parents
    assert "Statuts" not in str(where(file))
    assert operations.add_evidence(draft, a_file(), point=points["statutes"], by=amina, at=NOW) == file, "kept once"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("statutes.pdf", b"MZ\x90\x00 no pdf"),
        ("statutes.exe", b"MZ\x90"),
        ("statutes.pdf", b""),
        ("statutes.svg", b"<svg onload='alert(1)'/>"),
        ("statutes.docx", b"PK\x03\x04 not really"),
        ("table.csv", b"a,b"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(draft, amina, name, content):
    with pytest.raises(Refused) as why:
        operations.add_evidence(draft, a_file(name, content), point=make_points()["statutes"], by=amina, at=NOW)
    assert name in str(why.value)
    assert draft.files.count() == 1


def test_a_refused_file_loses_nothing_that_was_typed(client, draft, amina):
    client.force_login(amina)
    place = reverse("accreditation:application", args=[draft.organisation.slug, draft.forum.slug])
    typed = {"edition": draft.edition, "answer-head": "Kept all the same", "file-statutes": a_file("x.exe", b"MZ")}
    shown = client.post(place, typed).content.decode()
    assert "x.exe" in shown
    assert "Kept all the same" in shown
    assert draft.answers.get(point__code="head").text == "Kept all the same"


def test_only_so_many_files(draft, amina, settings):
    settings.UPLOAD_MOST_FILES = 1
    with pytest.raises(Refused, match="takes no more files"):
        operations.add_evidence(draft, a_file("b.txt", b"other"), point=make_points()["statutes"], by=amina, at=NOW)


def test_after_sending_nothing_is_added_or_taken_out(draft, file, amina):
    operations.send(draft, by=amina, at=NOW)
    for act in (
        lambda: operations.add_evidence(draft, a_file("b.txt", b"x"), point=make_points()["statutes"], by=amina, at=NOW),
        lambda: operations.remove_evidence(file, by=amina, at=NOW),
    ):
        with pytest.raises(Refused):
            act()


# Scanned --------------------------------------------------------------------------------------------------------------


class Scanner:
    def __init__(self, verdict):
        self.verdict = verdict

    def ping(self):
        return "PONG"

    def instream(self, stream):
        assert stream.read()
        return {"stream": self.verdict}


@pytest.mark.parametrize(
    ("verdict", "kept"), [(("OK", None), "clean"), (("FOUND", "Eicar"), "infected"), (("ERROR", "away"), "waiting")]
)
def test_a_file_leaves_quarantine_on_a_clean_verdict_only(file, monkeypatch, verdict, kept):
    EvidenceFile.objects.update(verdict="waiting")
    assert operations.scan_evidence(at=NOW) == 0, "no scanner, no verdict"
    monkeypatch.setattr(scanning, "scanner", lambda: Scanner(verdict))
    operations.scan_evidence(at=NOW)
    file.refresh_from_db()
    assert file.verdict == kept


# Opened ---------------------------------------------------------------------------------------------------------------


def test_those_who_speak_open_their_own_file_as_a_download(client, file, amina):
    client.force_login(amina)
    answer = client.get(address(file))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="statutes.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("verdict", ["waiting", "infected"])
def test_no_byte_before_a_clean_verdict(client, desk_client, file, amina, dalia, verdict):
    lead(file.accreditation, "submitted", by=amina, desk=dalia)
    EvidenceFile.objects.update(verdict=verdict)
    client.force_login(amina)
    assert client.get(address(file)).status_code == 404
    assert desk_client(dalia).get(at_the_desk(file)).status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("role", ["drafter", "viewer", None])
def test_others_of_the_organisation_and_strangers_open_nothing(client, file, organisation, role):
    person = make_user()
    if role:
        join(organisation, person, role)
    client.force_login(person)
    assert client.get(address(file)).status_code == 404
    client.logout()
    assert client.get(address(file)).status_code == 302


def test_the_file_of_another_application_is_not_found_under_ones_own(client, file, bruno, other_organisation):
    own = make_application(by=bruno, organisation=other_organisation)
    client.force_login(bruno)
    crossed = reverse("accreditation:evidence", args=[own.organisation.slug, own.forum.slug, file.pk])
    assert client.get(crossed).status_code == 404


def test_each_reading_of_the_desk_is_noted(desk_client, file, amina, dalia):
    desk = desk_client(dalia)
    assert desk.get(at_the_desk(file)).status_code == 404, "a draft is nobody else's"
    lead(file.accreditation, "screening", by=amina, desk=make_user(staff=True))
    answer = desk.get(at_the_desk(file))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    desk.get(at_the_desk(file))
    noted = Reading.objects.filter(what="evidence", of=str(file.pk), by=dalia, accreditation=file.accreditation)
    assert noted.count() == 2


def test_the_desk_reads_nothing_of_its_own_organisation(desk_client, file, organisation, amina, dalia):
    lead(file.accreditation, "screening", by=amina, desk=make_user(staff=True))
    join(organisation, dalia, "viewer")
    assert desk_client(dalia).get(at_the_desk(file)).status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "editor", "administrator", "forum manager"])
def test_other_roles_open_nothing(desk_client, file, amina, role):
    lead(file.accreditation, "screening", by=amina, desk=make_user(staff=True))
    person = make_user(staff=True, roles=[role])
    assert desk_client(person).get(at_the_desk(file)).status_code in (403, 404)
    assert not Reading.objects.exists()


# Erased ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["recognised", "accredited", "not_accredited", "withdrawn", "expired"])
def test_the_bytes_are_gone_so_many_days_after_the_decision(amina, status):
    basis = "ecosoc" if status in ("recognised", "not_accredited") else "special"
    file = make_application(by=amina, status=status, basis=basis).files.get()
    place = where(file)
    assert operations.erase_evidence(at=NOW + KEPT - timedelta(seconds=1)) == 0
    assert place.exists()
    assert operations.erase_evidence(at=NOW + KEPT) == 1
    assert not place.exists()
    file.refresh_from_db()
    assert (file.file.name, file.erased_at) == ("", NOW + KEPT)
    assert operations.erase_evidence(at=NOW + KEPT) == 0, "running twice does nothing twice"


@pytest.mark.parametrize("status", ["draft", "submitted", "screening", "more_asked", "put_forward"])
def test_what_is_not_decided_is_kept_until_the_forum_is_long_over(amina, status):
    application = make_application(by=amina, status=status)
    assert operations.erase_evidence(at=NOW + timedelta(days=90)) == 0
    end = datetime(2026, 5, 9, 4, 0, tzinfo=UTC)  # midnight in New York after the last day
    assert operations.erase_evidence(at=end + KEPT - timedelta(seconds=1)) == 0
    assert operations.erase_evidence(at=end + KEPT) == 1
    assert application.files.get().erased_at


def test_letters_of_representation_outlive_the_decision_and_go_after_the_forum(amina):
    application = make_application(by=amina, status="accredited")
    application.files.update(purpose="representation", point=None)
    assert operations.erase_evidence(at=NOW + KEPT) == 0
    assert operations.erase_evidence(at=datetime(2026, 6, 8, 4, 0, tzinfo=UTC)) == 1


def test_what_was_taken_out_goes_with_the_next_sweep(draft, file, amina):
    place = where(file)
    operations.remove_evidence(file, by=amina, at=NOW)
    assert place.exists()
    assert operations.erase_evidence(at=NOW) == 1
    assert not place.exists()


def test_a_reopened_application_keeps_its_files(amina):
    application = make_application(by=amina, status="not_accredited", basis="ecosoc")
    later = NOW + timedelta(days=20)
    operations.reopen(application, by=make_user(staff=True), at=later, reason="A letter came.")
    assert operations.erase_evidence(at=NOW + KEPT) == 0


def test_bytes_that_are_gone_already_stop_nothing(amina):
    file = make_application(by=amina, status="withdrawn").files.get()
    where(file).unlink()
    assert operations.erase_evidence(at=NOW + KEPT) == 1


def test_an_erased_file_says_so_and_opens_no_more(client, amina, organisation):
    file = make_application(by=amina, organisation=organisation, status="withdrawn").files.get()
    operations.erase_evidence(at=NOW + KEPT)
    client.force_login(amina)
    shown = client.get(reverse("accreditation:application", args=[organisation.slug, file.accreditation.forum.slug]))
    assert "Erased on" in shown.content.decode()
    assert client.get(address(file)).status_code == 404


def test_many_are_erased_without_a_statement_each(amina, count_statements):
    for _each in range(3):
        make_application(by=amina, status="withdrawn")
    assert count_statements(lambda: operations.erase_evidence(at=NOW)) < 5, "nothing due: no work"
    assert Accreditation.objects.count() == 3
    assert date(2026, 5, 8) == Accreditation.objects.first().forum.last_day
