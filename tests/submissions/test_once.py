"""Under one Idempotency-Key a thing is done once, whatever is sent again, cut off, or sent fifty times at one moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils.timezone import now

from accreditation import operations as tokens
from accreditation.api import keys
from accreditation.models import ApiAnswer
from submissions.api import sending
from submissions.models import Submission, Version
from tests.factories import make_call, make_organisation, make_user
from tests.programs import OWN, make_program

FIFTY = 50


@pytest.fixture
def program(organisation, amina):
    return make_program(organisation, amina)


@pytest.mark.django_db
def test_sent_again_it_is_the_same_answer_and_nothing_is_done(program, call):
    first, again = (program.begin(call, key="one") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.headers["Location"] == again.headers["Location"]
    assert first.headers["ETag"] == again.headers["ETag"]
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_receipt_is_given_again_whatever_became_of_the_input(program, call):
    pk, edition = program.complete(call)
    first = program.send(pk, edition, key="send")
    program.ask("post", f"{OWN}{pk}/withdraw/", {})
    again = program.send(pk, edition, key="send")
    assert (first.status_code, first.content) == (again.status_code, again.content) == (201, first.content)
    assert (Version.objects.count(), Submission.objects.get(pk=pk).status) == (1, "withdrawn")


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["body", "address"])
def test_another_request_under_a_used_key_is_refused(program, call, other):
    pk, edition = program.complete(call)
    program.send(pk, edition, key="one")
    answer = program.send(pk, edition + 1, key="one") if other == "body" else program.begin(call, key="one")
    assert answer.status_code == 422
    assert "another request" in answer.json()["detail"]
    assert (Version.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "two words", "x" * 256, "é"])
def test_a_key_has_to_be_sent_and_to_be_one(program, call, key):
    answer = program.begin(call, key=key) if key else program.ask("post", OWN, {"forum": "2026"}, key="")
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json()["detail"]


@pytest.mark.django_db
def test_a_refusal_is_not_kept_so_what_was_put_right_can_be_sent_again(program, call):
    pk, edition = program.complete(call)
    title = Submission.objects.get(pk=pk).title
    Submission.objects.filter(pk=pk).update(title="")
    assert program.send(pk, edition, key="one").status_code == 409
    assert ApiAnswer.objects.filter(key="one").count() == 0
    Submission.objects.filter(pk=pk).update(title=title)
    assert program.send(pk, edition, key="one").status_code == 201


@pytest.mark.django_db
def test_a_crash_after_the_deed_leaves_neither_deed_nor_answer(program, call, monkeypatch):
    pk, edition = program.complete(call)

    def crash(*args, **more):
        raise OSError

    monkeypatch.setattr("accreditation.api.keys.keep", crash)
    assert program.send(pk, edition, key="one").status_code == 500
    assert (Version.objects.count(), Submission.objects.get(pk=pk).status) == (0, "draft")
    monkeypatch.undo()
    assert program.send(pk, edition, key="one").status_code == 201


@pytest.mark.django_db
def test_the_key_of_one_token_is_none_of_anothers(program, call, organisation, amina):
    program.begin(call, key="one")
    assert make_program(organisation, amina).begin(call, key="one").status_code == 201
    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_answers_are_kept_for_two_days(program, call):
    program.begin(call, key="one")
    for hours, left in ((24, 1), (47, 1), (49, 0)):
        tokens.clear_answers(at=now() + timedelta(hours=hours))
        assert ApiAnswer.objects.count() == left, hours


# Fifty at one moment ------------------------------------------------------------------------------------------------


def at_once(act) -> list:
    """Fifty answers to one request sent at one moment; who is told to wait tries again."""
    barrier = Barrier(FIFTY)

    def insist():
        barrier.wait(60)
        try:
            for _turn in range(200):
                answer = act()
                if answer.status_code != 409 or "being worked on" not in answer.json()["detail"]:
                    return answer
                time.sleep(0.05)
            return answer
        finally:
            connection.close()

    with ThreadPoolExecutor(FIFTY) as pool:
        return [running.result() for running in [pool.submit(insist) for _ in range(FIFTY)]]


@pytest.fixture
def world(transactional_db):
    amina, call = make_user("amina"), make_call()
    return make_program(make_organisation("Harbour Light", focal_point=amina), amina), call


@pytest.fixture
def tried(monkeypatch):
    """How often sending was carried out."""
    done, honest = [], sending.operations.submit
    monkeypatch.setattr(sending.operations, "submit", lambda *args, **more: done.append(1) or honest(*args, **more))
    return done


def keys_ignored(monkeypatch):
    """The sabotage: no key is remembered, nobody waits for anybody."""
    monkeypatch.setattr(keys, "_alone", lambda token, key: True)
    monkeypatch.setattr(keys, "answered_before", lambda token, key: None)
    monkeypatch.setattr(keys, "keep", lambda *args, **more: None)


def test_fifty_sendings_under_one_key_are_one_input_and_one_receipt(world, tried):
    program, call = world
    pk, edition = program.complete(call)
    answers = at_once(lambda: program.send(pk, edition, key="one"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert (Version.objects.count(), len(tried)) == (1, 1)


def test_control_without_keys_sending_is_carried_out_again_and_again(world, tried, monkeypatch):
    program, call = world
    pk, edition = program.complete(call)
    keys_ignored(monkeypatch)
    at_once(lambda: program.send(pk, edition, key="one"))
    assert len(tried) > 1


def test_fifty_beginnings_under_one_key_are_one_draft(world):
    program, call = world
    answers = at_once(lambda: program.begin(call, key="one"))
    assert len({answer.json()["id"] for answer in answers}) == Submission.objects.count() == 1


def test_control_without_keys_there_are_many_drafts(world, monkeypatch):
    program, call = world
    keys_ignored(monkeypatch)
    at_once(lambda: program.begin(call, key="one"))
    assert Submission.objects.count() > 1


def test_the_door_is_the_one_that_every_post_uses():
    """Every POST of an organisation's own side goes through `once`; a new one cannot be forgotten."""
    from submissions.api import own_addresses

    posts = [
        getattr(pattern.callback.cls, pattern.callback.actions["post"])
        for pattern in own_addresses()
        if "post" in pattern.callback.actions
    ]
    assert len(posts) == 6
    assert [act for act in posts if not hasattr(act, "__wrapped__")] == []
