"""`make run` takes the ClamAV of the machine, if one answers where it usually does."""

import os
import socketserver
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from imrf_portal import virus_scanner
from imrf_portal.management.commands.run_portal import Command
from imrf_portal.virus_scanner import find, in_words


@contextmanager
def stand_in(answer):
    """Something that listens where a clamd might and gives that answer to a PING."""

    class Answering(socketserver.BaseRequestHandler):
        def handle(self):
            assert b"PING" in self.request.recv(64)
            self.request.sendall(answer)

    with tempfile.TemporaryDirectory() as folder:  # a socket's path has to be short
        place = str(Path(folder) / "clamd.ctl")
        with socketserver.UnixStreamServer(place, Answering) as server:
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            yield place
            server.shutdown()


@pytest.fixture
def clamd():
    with stand_in(b"PONG\n") as place:
        yield place


@pytest.fixture(autouse=True)
def unnamed(settings):
    settings.CLAMD_SOCKET = ""


def test_the_first_usual_place_that_answers_is_taken(clamd, tmp_path):
    dead = tmp_path / "clamd.ctl"
    dead.touch()
    assert find(["/nowhere/clamd.ctl", str(dead), clamd]) == clamd
    assert in_words(clamd) == f"scanned by ClamAV at {clamd}"


def test_without_one_files_stay_in_quarantine():
    assert find(["/nowhere/clamd.ctl"]) == ""
    assert "stay in quarantine" in in_words("")


def test_what_listens_but_is_no_scanner_is_not_taken():
    with stand_in(b"HELLO\n") as place:
        assert find([place]) == ""


@pytest.mark.parametrize("named", ["/nowhere/clamd.ctl", "127.0.0.1:1", "nonsense"])
def test_what_is_named_is_not_replaced_and_its_silence_is_said(clamd, settings, named):
    settings.CLAMD_SOCKET = named
    assert find([clamd]) == named
    assert in_words(named).startswith(f"the virus scanner at {named} does not answer")


def test_the_processes_that_are_started_ask_it_too(clamd, settings, monkeypatch, capsys):
    monkeypatch.setenv("CLAMD_SOCKET", "")
    Command().take_scanner(clamd)
    assert settings.CLAMD_SOCKET == os.environ["CLAMD_SOCKET"] == clamd
    assert capsys.readouterr().out == f"  files ... scanned by ClamAV at {clamd}\n"


def test_production_settings_take_only_what_is_named():
    """The usual places are for `make run`: no other part of the portal looks there."""
    asking = [file for file in Path(virus_scanner.__file__).parent.rglob("*.py") if "virus_scanner" in file.read_text()]
    assert {file.name for file in asking} - {"doctoring.py"} == {"run_portal.py"}
