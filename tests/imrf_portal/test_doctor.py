import json
import socket
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from forums.models import Letter, Sweep
from imrf_portal import doctoring
from imrf_portal.doctoring import Verdict, examine

pytestmark = pytest.mark.django_db
NOBODY = "127.0.0.1:1"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path / "media", {**settings.STORAGES}
    return settings.MEDIA_ROOT


@pytest.fixture
def server():
    """Listens and says one line to everybody who comes; returns the function that starts it."""
    sockets = []

    def start(greeting):
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)

        def answer():
            while True:
                try:
                    caller, _address = listening.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(greeting)
                    caller.settimeout(2)
                    caller.recv(1000)

        threading.Thread(target=answer, daemon=True).start()
        return listening.getsockname()[1]

    yield start
    for one in sockets:
        one.close()


def beat(age=timedelta()):
    Sweep.objects.create(name="heartbeat", ran_at=now() - age)


def verdicts():
    return {finding.part: finding.verdict for finding in examine()}


def test_a_portal_that_is_well():
    beat()
    assert verdicts() == {
        "database": Verdict.OK,
        "character type": Verdict.OK,
        "extensions": Verdict.OK,
        "migrations": Verdict.OK,
        "durability": Verdict.OK,
        "clock": Verdict.OK,
        "beat": Verdict.OK,
        "letters": Verdict.OK,
        "redis": Verdict.OK,
        "mail": Verdict.WARNING,
        "storage": Verdict.OK,
        "scanner": Verdict.WARNING,
    }


def test_whatever_is_not_well_says_what_to_do():
    assert all(finding.remedy for finding in examine() if finding.verdict is not Verdict.OK)


def test_a_database_with_commits_that_are_not_on_the_disk_fails():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    finding = doctoring.durability()
    assert (finding.verdict, "synchronous_commit off" in finding.seen) == (Verdict.FAILED, True)


def test_a_missing_extension_fails():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION btree_gist CASCADE")
    assert doctoring.extensions().seen == "missing: btree_gist"


def test_a_missing_migration_fails():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'submissions'")
    assert doctoring.migrations().seen == "not applied: submissions"


def test_a_beat_that_is_not_heard_warns_first_and_fails_later():
    assert doctoring.beat().verdict is Verdict.WARNING
    beat(timedelta(minutes=4))
    assert doctoring.beat().verdict is Verdict.FAILED


def test_a_letter_that_waits_too_long_warns():
    at = now() - timedelta(minutes=20)
    about = {"kind": "k", "to": "a@example.org", "language": "en", "subject": "s", "text": "t"}
    Letter.objects.create(key="a", **about, written_at=at, not_before=at)
    assert doctoring.outbox().verdict is Verdict.WARNING


def test_a_redis_that_is_away_fails(settings):
    settings.REDIS_URL = f"redis://{NOBODY}/0"
    assert doctoring.redis().verdict is Verdict.FAILED


def test_a_mail_server_is_asked(settings, server):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert doctoring.mail().verdict is Verdict.FAILED
    settings.EMAIL_PORT = server(b"220 mail.example.org ESMTP\r\n250 ok\r\n")
    assert doctoring.mail().verdict is Verdict.OK


def test_a_folder_that_cannot_be_written_fails(settings, tmp_path):
    (tmp_path / "a-file").write_text("in the way")
    settings.MEDIA_ROOT, settings.STORAGES = tmp_path / "a-file" / "media", {**settings.STORAGES}
    finding = doctoring.storage()
    assert (finding.verdict, "MEDIA_ROOT" in finding.remedy) == (Verdict.FAILED, True)


def test_nothing_is_left_in_the_store(media):
    doctoring.storage()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_scanner_is_asked(settings, server):
    settings.CLAMD_SOCKET = NOBODY
    assert doctoring.virus_scanner().verdict is Verdict.FAILED
    settings.CLAMD_SOCKET = f"127.0.0.1:{server(b'PONG')}"
    assert doctoring.virus_scanner().verdict is Verdict.OK


def test_the_command_fails_when_a_part_fails(settings):
    said = StringIO()
    call_command("doctor", stdout=said)
    assert "ok      database: PostgreSQL" in said.getvalue()
    settings.REDIS_URL = f"redis://{NOBODY}/0"
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", "--json", stdout=said)
    found = {finding["part"]: finding for finding in json.loads(said.getvalue())}
    assert (found["redis"]["verdict"], found["database"]["verdict"]) == ("failed", "ok")
