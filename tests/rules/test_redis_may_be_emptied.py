"""Rule 3: every due thing is a row, not a message. Emptying Redis costs one sweep and loses nothing."""

import pytest
from django.conf import settings
from redis import Redis

from forums import operations
from forums.models import Letter
from imrf_portal.celery import app
from submissions.models import SubmissionStep
from tests.factories import NOW, make_call, make_draft, make_organisation, make_submission, make_user
from tests.processes import environment, mail_server, running, until

pytestmark = pytest.mark.django_db(transaction=True)
INPUTS = 20
CELERY = ["-m", "celery", "-A", "imrf_portal"]


def empty_redis():
    Redis.from_url(settings.REDIS_URL).flushdb()


def make_inputs(amina):
    call, organisation = make_call(), make_organisation(focal_point=amina)
    return [make_submission(call=call, organisation=organisation, by=amina) for _ in range(INPUTS)]


def test_emptying_redis_fifty_times_loses_nothing_and_doubles_nothing(tmp_path, amina):
    with mail_server() as (postbox, address):
        env = environment(tmp_path, EMAIL_URL=address, DJANGO_SETTINGS_MODULE="tests.rules.settings_of_seconds")
        worker = [*CELERY, "worker", "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle"]
        beat = [*CELERY, "beat", "-l", "WARNING", "-s", str(tmp_path / "beat"), "--pidfile="]
        with running(worker, env, tmp_path / "worker.log"), running(beat, env, tmp_path / "beat.log"):
            make_inputs(amina)
            for _ in range(50):
                empty_redis()
                until(lambda: False, patience=0.1)
            all_sent = until(lambda: len(postbox.taken) >= INPUTS)
            until(lambda: False, patience=3)  # three more sweeps: nothing may come twice
    assert all_sent, (tmp_path / "worker.log").read_text()[-2000:]
    assert postbox.recipients == [amina.email] * INPUTS
    assert SubmissionStep.objects.pending().count() == 0
    assert Letter.objects.filter(sent_at__isnull=True).count() == 0
    assert Letter.objects.count() == INPUTS


def test_control_what_was_only_a_message_is_lost_with_redis(amina):
    """The same emptying destroys messages: without the sweep a hint alone would have lost the letter."""
    draft = make_draft(by=amina)
    operations.write(
        "submissions/unsent_draft",
        to=make_user().email,
        language="en",
        about={"draft": draft, "call": draft.call, "person": amina, "closes": NOW},
        key="control",
        at=NOW,
    )
    queue = Redis.from_url(settings.REDIS_URL)
    app.send_task("forums.tasks.send_letters", retry=False)
    assert queue.keys("*celery*") != []
    empty_redis()
    assert queue.keys("*celery*") == []
    assert Letter.objects.get().sent_at is None
    assert operations.send_due_letters(at=NOW) == 1
