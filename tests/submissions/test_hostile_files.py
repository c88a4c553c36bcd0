"""Promise 14, tried: files that mean harm reach nobody, hurt nothing and leave honest ones alone.

The ordinary run takes every class with two of its files, other ones each week. All of them, with what was seen:
`python -m pytest tests/submissions/test_hostile_files.py -m soak -s`.
"""

import re
import resource
import socket
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from submissions import operations
from submissions.extracting import pdf
from submissions.models import Attachment
from tests.factories import NOW, make_draft
from tests.pages.turns import next_of
from tests.processes import clamav
from tests.submissions import honest_files, hostile_files

FEW = 2
JSON = {"accept": "application/json"}
SCRIPT = re.compile(rb"<script|onload=", re.IGNORECASE)
MEMORY_OF_CHILD = 512 * 1024  # kilobytes
MEMORY_OF_WEB = 300 * 1024


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    with clamav(tmp_path_factory.mktemp("clamd")) as place:
        if not place:
            pytest.skip("ClamAV's clamd is not installed (Debian package clamav-daemon)")
        yield place


@pytest.fixture
def listener():
    """A place that a file may want to call; nothing may."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def room(settings, scanner, client, amina, organisation, call):
    settings.CLAMD_SOCKET = scanner
    settings.UPLOAD_MOST_FILES = 5000
    call.most_files, call.most_megabytes = 5000, 100_000
    call.save()
    client.force_login(amina)
    client.raise_request_exception = False
    return lambda: make_draft(call=call, organisation=organisation, by=amina)


def memory() -> int:
    """What this process, which is the web here, holds in memory, in kilobytes."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def send(client, draft, name, raw):
    file = SimpleUploadedFile("x", raw, "text/html")
    file._name = name  # as a hostile sender writes it: Django would clean it in the test's own client
    return client.post(reverse("submissions:attach", args=[draft.pk]), {"files": file}, headers=JSON)


def ask(client, file):
    answer = client.get(reverse("submissions:my_file", args=[file.submission_id, file.pk]))
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b"", answer.headers


class Trial:
    """Sends files of one draft in, lets scanner and reader do their work, asks for every byte; keeps what went wrong."""

    def __init__(self, client, draft):
        self.client, self.draft, self.wrong, self.sent = client, draft, [], {}

    def send(self, name, raw, may):
        there = set(self.draft.attachments.values_list("pk", flat=True))
        answer = send(self.client, self.draft, name, raw)
        if answer.status_code >= 500:
            self.wrong.append((name, f"status {answer.status_code}"))
        new = [file for file in self.draft.attachments.all() if file.pk not in there]
        if not new and answer.status_code == 422 and "refused" not in may:
            self.wrong.append((name, "refused at the door"))
        for file in new:
            self.sent[file.pk] = (name, may)
            if "refused" in may and len(may) == 1:
                self.wrong.append((name, "was not refused"))
            if ask(self.client, file)[0] != 404:
                self.wrong.append((name, "bytes before a verdict"))

    def work(self):
        for _sweep in range(3):  # what is cleaned is scanned anew
            operations.read_waiting(at=NOW, most=1000)
            operations.scan_waiting(at=NOW)
        for file in Attachment.objects.kept().filter(submission=self.draft).select_related("extract"):
            self.judge(file, *self.sent[file.pk])

    def judge(self, file, name, may):
        status, raw, headers = ask(self.client, file)
        what = self.outcome(file)
        if what == "waits":
            self.wrong.append((name, f"still {file.verdict}, {file.reading}"))
        elif what not in may and not (what == "cleaned" and "harmless" in may):
            self.wrong.append((name, f"became {what}, may become {sorted(may)}"))
        if (status == 200) != (what in ("harmless", "cleaned")):
            self.wrong.append((name, f"{what}, and answered {status}"))
        if status == 200:
            self.wrong += [(name, why) for why in dangers(file, raw, headers)]

    @staticmethod
    def outcome(file):
        if file.verdict == "infected":
            return "infected"
        if file.verdict == "waiting" or file.reading == "waiting":
            return "waits"
        if file.is_held:
            return "held"
        return "cleaned" if file.cleaned_of or file.media_type.startswith("image/") else "harmless"


def dangers(file, raw, headers):
    """What of a file that is handed out could hurt who gets it."""
    if headers.get("X-Content-Type-Options") != "nosniff" or "sandbox" not in headers.get("Content-Security-Policy", ""):
        yield "headers"
    if not headers["Content-Disposition"].startswith("attachment") or re.search(r"[\r\n]", headers["Content-Disposition"]):
        yield "disposition"
    if file.media_type.startswith("image/") and (SCRIPT.search(raw) or b"Amina" in raw or b"PK\x03\x04" in raw):
        yield "more than a picture"
    if file.media_type == "application/pdf" and raw:
        try:
            found, _comments = pdf.look(pdf.opened(file.file.open("rb"))[0].trailer)
        except Exception as why:
            yield f"PDF that nobody can read: {type(why).__name__}"
            return
        if found & (pdf.CLEANED | {"launch"}):
            yield f"PDF that does {found}"


def calls_of(listener):
    try:
        listener.accept()
    except BlockingIOError:
        return 0
    return 1


def files_of(kind, listener):
    return list(hostile_files.CLASSES[kind](f"http://127.0.0.1:{listener.getsockname()[1]}"))


def try_class(client, draft, kind, listener, *, most=None):
    files = files_of(kind, listener)
    chosen = list(next_of(files, kind, min(most, len(files)))) if most else files
    trial = Trial(client, draft)
    for name, raw, may in chosen:
        trial.send(name, raw, may)
    trial.work()
    return trial, len(chosen)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", hostile_files.CLASSES)
def test_files_that_mean_harm_reach_nobody(room, client, listener, kind):
    trial, tried = try_class(client, room(), kind, listener, most=FEW)
    assert trial.wrong == []
    assert tried >= FEW
    assert calls_of(listener) == 0


@pytest.mark.soak
@pytest.mark.django_db
def test_all_of_them_and_a_hundred_honest_ones(room, client, listener, capsys):
    before, wrong, tried = memory(), [], 0
    for kind in hostile_files.CLASSES:
        trial, number = try_class(client, room(), kind, listener)
        wrong, tried = wrong + [(kind, *each) for each in trial.wrong], tried + number
    grown, child = memory() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    honest = list(honest_files.honest())
    lost = lost_among(client, room(), honest)
    with capsys.disabled():
        print(f"\nhostile: {tried}, of them gone wrong: {len(wrong)} {wrong}")  # noqa: T201
        print(f"honest: {len(honest)}, refused or held: {lost}")  # noqa: T201
        print(f"memory: web grew by {grown // 1024} MB, largest child {child // 1024} MB")  # noqa: T201
    assert tried >= 150
    assert wrong == []
    assert calls_of(listener) == 0
    assert grown < MEMORY_OF_WEB
    assert child < MEMORY_OF_CHILD
    assert len(honest) >= 100
    assert len(lost) <= len(honest) // 100


def lost_among(client, draft, files):
    trial = Trial(client, draft)
    for name, raw in files:
        trial.send(name, raw, {"harmless", "cleaned"})
    trial.work()
    return trial.wrong


@pytest.mark.django_db
def test_honest_files_of_every_kind_go_through(room, client):
    """Half a dozen in a week and some in every script; all of them in the long trial."""
    odd = [*honest_files.odd_pdf(), *honest_files.pictures(), *honest_files.rich_documents()]
    files = [*next_of(odd, "odd", 6), *next_of(list(honest_files.in_every_script()), "scripts", 3)]
    assert lost_among(client, room(), files) == []


# Controls: each takes one guard away, and the same trial turns red --------------------------------------------------------


@pytest.mark.django_db
def test_control_without_the_policy_for_pdf(room, client, listener, monkeypatch):
    monkeypatch.setattr("submissions.operations.extracting.REMOVED", set())
    monkeypatch.setattr("submissions.operations.extracting.HOLDING", set())
    trial, _tried = try_class(client, room(), "armed_pdf", listener, most=2)
    assert any("PDF that does" in why for _name, why in trial.wrong)


@pytest.mark.django_db
def test_control_without_waiting_for_a_verdict(room, client, listener, monkeypatch):
    monkeypatch.setattr(Attachment, "is_servable", property(lambda self: True))
    trial, _tried = try_class(client, room(), "viruses", listener, most=2)
    assert any(why == "bytes before a verdict" for _name, why in trial.wrong)


@pytest.mark.django_db
def test_control_without_drawing_pictures_anew(room, client, listener, monkeypatch):
    monkeypatch.setattr("submissions.operations.filing.PICTURES", ())
    trial, _tried = try_class(client, room(), "telling", listener)
    assert any("more than a picture" in why for _name, why in trial.wrong)
