"""Quarantine with a real ClamAV: its verdict alone lets a file out; a scanner that is away lets none out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from forums import scanning
from submissions import operations
from submissions.models import Attachment
from tests.factories import NOW, make_draft
from tests.processes import EICAR, clamav

Verdict = Attachment.Verdict


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with clamav(tmp_path_factory.mktemp("clamd")) as socket:
        if not socket:
            pytest.skip("ClamAV's clamd is not installed (Debian package clamav-daemon)")
        yield socket


@pytest.fixture
def files(draft, amina, settings):
    made = {}
    for name, words in (("clean.txt", "Figures of nine missions."), ("infected.txt", EICAR)):
        made[name] = operations.attach(draft, SimpleUploadedFile(name, words.encode()), by=amina, at=NOW)
    return made


def verdicts():
    return dict(Attachment.objects.values_list("name", "verdict"))


@pytest.mark.django_db
def test_a_clean_file_leaves_quarantine_and_an_infected_one_does_not(scanner, files, settings):
    settings.CLAMD_SOCKET = scanner
    assert operations.scan_waiting(at=NOW) == 2
    assert verdicts() == {"clean.txt": Verdict.CLEAN, "infected.txt": Verdict.INFECTED}
    assert "Eicar" in Attachment.objects.get(name="infected.txt").verdict_note


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "/nowhere/clamd.sock", "127.0.0.1:1"])
def test_without_a_scanner_every_file_stays_in_quarantine(files, settings, place):
    settings.CLAMD_SOCKET = place
    assert operations.scan_waiting(at=NOW) == 0
    assert set(verdicts().values()) == {Verdict.WAITING}


@pytest.mark.django_db
def test_a_file_whose_bytes_are_gone_stays_in_quarantine_and_holds_up_no_other(scanner, files, settings):
    settings.CLAMD_SOCKET = scanner
    gone = files["infected.txt"].file
    gone.storage.delete(gone.name)
    assert operations.scan_waiting(at=NOW) == 1
    assert verdicts() == {"clean.txt": Verdict.CLEAN, "infected.txt": Verdict.WAITING}


@pytest.mark.django_db
def test_an_infected_file_stops_the_sending(scanner, draft, files, amina, settings):
    settings.CLAMD_SOCKET = scanner
    operations.scan_waiting(at=NOW)
    from submissions.operations.submitting import missing

    assert set(missing(draft)) == {"files"}
    operations.detach(files["infected.txt"], by=amina, at=NOW)
    assert missing(draft) == {}


@pytest.mark.django_db
def test_what_waited_while_the_scanner_was_away_is_caught_up_in_one_sweep(scanner, draft, amina, settings):
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    draft.call.most_files = 10
    draft.call.save()
    for number in range(8):
        operations.attach(draft, SimpleUploadedFile(f"{number}.txt", b"x" * (number + 1)), by=amina, at=NOW)
    assert operations.scan_waiting(at=NOW) == 0
    settings.CLAMD_SOCKET = scanner
    assert operations.scan_waiting(at=NOW) == 8
    assert set(verdicts().values()) == {Verdict.CLEAN}


@pytest.mark.django_db
def test_a_clean_file_is_asked_about_again_each_day_and_served_no_more_once_it_is_known(scanner, files, settings):
    settings.CLAMD_SOCKET = scanner
    Attachment.objects.update(verdict=Verdict.CLEAN, scanned_at=NOW)
    assert operations.scan_clean_again(at=NOW + timedelta(hours=23)) == 0
    assert operations.scan_clean_again(at=NOW + timedelta(days=1)) == 1
    assert verdicts() == {"clean.txt": Verdict.CLEAN, "infected.txt": Verdict.INFECTED}
    assert operations.scan_clean_again(at=NOW + timedelta(days=1)) == 0


@pytest.mark.django_db
def test_a_scanner_that_is_away_takes_no_clean_file_away(files, settings):
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    Attachment.objects.update(verdict=Verdict.CLEAN, scanned_at=NOW)
    assert operations.scan_clean_again(at=NOW + timedelta(days=2)) == 0
    assert set(verdicts().values()) == {Verdict.CLEAN}


# Two sweeps at once -----------------------------------------------------------------------------------------------------


class Reads:
    """A scanner of the test's own that does something while it reads the first file."""

    def __init__(self, meanwhile):
        self.meanwhile, self.read = meanwhile, []

    def ping(self):
        return "PONG"

    def instream(self, stream):
        self.read.append(stream.read())
        if len(self.read) == 1:
            self.meanwhile()
        return {"stream": ("OK", None)}


def beside(act):
    """What this does in another thread, with a connection of its own, in at most ten seconds."""

    def whole():
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as one:
        return one.submit(whole).result(timeout=10)


@pytest.fixture
def put(settings, tmp_path):
    """Two files that wait, committed."""
    settings.MEDIA_ROOT = tmp_path
    draft = make_draft()
    for name in ("one.txt", "two.txt"):
        operations.attach(draft, SimpleUploadedFile(name, name.encode()), by=draft.begun_by, at=NOW)
    return draft


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_ask_about_each_file_once(put, monkeypatch):
    did = []
    daemon = Reads(lambda: did.append(beside(lambda: operations.scan_waiting(at=NOW))))
    monkeypatch.setattr(scanning, "scanner", lambda: daemon)
    did.append(operations.scan_waiting(at=NOW))
    assert (did, sorted(daemon.read)) == ([1, 1], [b"one.txt", b"two.txt"])
    assert set(Attachment.objects.values_list("verdict", "scan_tries")) == {(Verdict.CLEAN, 1)}


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_scanner_and_no_verdict_is_about_other_bytes(put, monkeypatch):
    """While a file is read its row is free: here its bytes are exchanged, and they wait for a verdict of their own."""

    def exchange():
        first = Attachment.objects.order_by("scan_tries", "pk").last()
        with transaction.atomic():
            row = Attachment.objects.select_for_update(nowait=True).get(pk=first.pk)
            row.file.save("other.txt", ContentFile(b"other bytes"), save=False)
            row.save(update_fields=["file"])

    daemon = Reads(lambda: beside(exchange))
    monkeypatch.setattr(scanning, "scanner", lambda: daemon)
    assert operations.scan_waiting(at=NOW) == 1
    assert sorted(Attachment.objects.values_list("verdict", flat=True)) == [Verdict.CLEAN, Verdict.WAITING]
    assert operations.scan_waiting(at=NOW) == 1
    assert daemon.read[-1] == b"other bytes"
