"""An organisation's own side of the API: the same refusals as on the pages, nothing lost, nobody else's things."""

import hashlib

import pytest
from django.core.management import call_command

from accreditation.operations import remove, revoke_token
from forums.models import Call
from submissions import operations
from submissions.models import Attachment, DraftChange, Submission, Version
from submissions.receipts import canonical
from tests.factories import NOW, ask_form, join, make_call, make_draft, make_form, make_submission, make_user
from tests.programs import OWN, Program, make_program
from tests.submissions.test_form_answers import EVERY_KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(organisation, amina):
    return make_program(organisation, amina)


@pytest.fixture
def stranger(other_organisation, bruno):
    return make_program(other_organisation, bruno)


def refused(answer, status):
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status), problem
    assert problem["detail"]
    return problem


# From the first word to the receipt ---------------------------------------------------------------------------------


def test_a_program_begins_writes_checks_sends_and_withdraws(program, call, organisation, amina):
    begun = program.begin(call)
    assert begun.status_code == 201
    assert begun.headers["Location"] == f"http://testserver{OWN}{begun.json()['id']}/"
    assert begun.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    pk, edition = begun.json()["id"], begun.json()["edition"]
    lacks = refused(program.get(f"{OWN}{pk}/check/"), 409)
    assert set(lacks["errors"]) == {"title", "level", "objectives", "text"}
    sent = {
        "title": " Consular\thelp ",
        "text": "Nine\r\nmissions.",
        "level": "national",
        "countries": ["KEN"],
        "objectives": [15, 14],
    }
    changed = program.change(pk, sent, edition=edition)
    assert changed.status_code == 200
    said = changed.json()
    assert (said["title"], said["text"], said["objectives"]) == ("Consular help", "Nine\nmissions.", [14, 15])
    assert changed.headers["ETag"] == f'"{said["edition"]}"'
    checked = program.get(f"{OWN}{pk}/check/").json()
    assert (
        checked["declaration"]
        == "I may speak for this organisation, and I agree that this input is published under its name."
    )
    receipt = program.send(pk, checked["edition"])
    assert receipt.status_code == 201
    version = Version.objects.get(submission=pk)
    assert (receipt.json()["reference"], receipt.json()["sha256"]) == ("IMRF-2026-I-00001", version.sha256)
    assert version.sent_by == amina
    whole = program.get(f"{OWN}{pk}/receipts/1/").json()
    assert hashlib.sha256(canonical(whole["content"])).hexdigest() == receipt.json()["sha256"]
    assert program.client.get(receipt.json()["check"].removeprefix("http://testserver")).status_code == 200
    assert [each["number"] for each in program.get(f"{OWN}{pk}/receipts/").json()] == [1]
    gone = program.ask("post", f"{OWN}{pk}/withdraw/", {"reason": "Twice."})
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")
    assert call_command("check_invariants", stdout=open("/dev/null", "w")) is None  # noqa: SIM115


def test_the_check_keeps_nothing(program, call):
    pk, _edition = program.complete(call)
    assert program.get(f"{OWN}{pk}/check/").status_code == 200
    assert program.get(f"{OWN}{pk}/check/").status_code == 200
    assert (Version.objects.count(), Submission.objects.get(pk=pk).status) == (0, "draft")
    assert call.forum.__class__.objects.get(pk=call.forum_id).last_input_number == 0


def test_the_list_is_of_the_organisation_and_in_pages(program, stranger, call, organisation, amina, count_statements):
    mine = [make_draft(call=call, organisation=organisation, by=amina).pk for _ in range(3)]
    make_submission(call=call, organisation=organisation, by=amina)
    stranger.begin(call)
    first = program.get(f"{OWN}?page_size=2").json()
    rest = program.get(first["next"].removeprefix("http://testserver")).json()
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 2, None)
    drafts = program.get(f"{OWN}?status=draft").json()["results"]
    assert {each["id"] for each in drafts} == set(map(str, mine))
    assert refused(program.get(f"{OWN}?status=lost"), 400)["parameter"] == "status"
    assert refused(program.get(f"{OWN}?stauts=draft"), 400)["parameter"] == "stauts"
    one, four = (count_statements(lambda size=size: program.get(f"{OWN}?page_size={size}")) for size in (1, 4))
    assert one == four


# Refusals as on the pages -------------------------------------------------------------------------------------------


def test_a_closed_call_takes_neither_drafts_nor_sendings(program, call, organisation, amina):
    pk, edition = program.complete(call)
    Call.objects.filter(pk=call.pk).update(opens_at=NOW.replace(year=2019), closes_at=NOW.replace(year=2020))
    assert (
        "not open" in refused(program.begin(call), 409)["detail"]
        or "closed" in refused(program.begin(call), 409)["detail"].lower()
    )
    assert "closed on" in refused(program.send(pk, edition), 409)["detail"]
    assert "closed on" in refused(program.get(f"{OWN}{pk}/check/"), 409)["detail"]
    assert program.change(pk, {"title": "Still mine"}, edition=edition).status_code == 200  # the text stays its author's


@pytest.mark.parametrize(
    ("told", "status", "word"),
    [
        ({"declared": False}, 422, "Tick the declaration"),
        ({"edition": 1}, 409, "changed after you checked"),
        ({"publish_as": "desk"}, 409, "not what you say"),
        ({"sponsors": "7:agreed"}, 409, "co-sponsors changed"),
    ],
)
def test_what_is_declared_has_to_be_what_stands_there(program, call, told, status, word):
    pk, edition = program.complete(call)
    problem = refused(program.send(pk, edition, told=told), status)
    assert word in problem["detail"] + str(problem.get("errors", ""))
    assert Version.objects.count() == 0


def test_a_joint_input_waits_for_its_bodies(program, call, organisation, other_organisation, amina):
    Call.objects.filter(pk=call.pk).update(joint_rule="wait")
    pk, edition = program.complete(call)
    operations.ask_co_sponsor(Submission.objects.get(pk=pk), other_organisation, by=amina, at=NOW)
    assert "Waits for: Open Desk" in refused(program.get(f"{OWN}{pk}/check/"), 409)["detail"]
    assert refused(program.send(pk, edition), 409)


def test_what_was_sent_cannot_be_changed_or_discarded(program, call, organisation, amina):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    assert "cannot be changed" in refused(program.change(sent.pk, {"title": "x"}, edition=sent.edition), 409)["detail"]
    assert "Withdraw" in refused(program.ask("delete", f"{OWN}{sent.pk}/"), 409)["detail"]


def test_a_draft_is_discarded(program, call):
    pk = program.begin(call).json()["id"]
    assert program.ask("delete", f"{OWN}{pk}/").status_code == 204
    assert program.get(f"{OWN}{pk}/").status_code == 404


# Two who write ------------------------------------------------------------------------------------------------------


def test_a_later_edition_is_not_overwritten_and_both_texts_come_back(program, call, amina):
    pk, edition = program.complete(call)
    operations.revise(Submission.objects.get(pk=pk), by=amina, at=NOW, edition=edition, text="Hers.")
    problem = refused(program.change(pk, {"text": "The program's.", "title": "New"}, edition=edition), 412)
    assert problem["mine"] == {"text": "The program's.", "title": "New"}
    assert (problem["theirs"]["text"], problem["edition"]) == ("Hers.", edition + 1)
    assert Submission.objects.get(pk=pk).title == "Consular help"
    assert program.change(pk, {"text": "Hers."}, edition=edition).status_code == 200  # it says so already


def test_the_edition_has_to_be_said(program, call):
    pk = program.begin(call).json()["id"]
    assert refused(program.ask("patch", f"{OWN}{pk}/", {"title": "x"}), 428)
    for header in ("*", "1", 'W/"1"', '"x"', '"1", "2"'):
        for change in ({"title": "x"}, {}):  # also where there is nothing to change
            assert refused(program.ask("patch", f"{OWN}{pk}/", change, **{"if-match": header}), 412)


def test_who_changed_what_says_the_maker_of_the_token(program, call, amina):
    pk, edition = program.complete(call)
    program.change(pk, {"text": "Another text."}, edition=edition)
    assert set(DraftChange.objects.filter(submission=pk).values_list("by", flat=True)) == {amina.pk}


# Questions of the call ----------------------------------------------------------------------------------------------


def test_answers_to_every_kind_of_question_are_kept_by_key(program, call):
    ask_form(call, make_form(*EVERY_KIND))
    pk = program.begin(call).json()["id"]
    questions = {each["key"]: each for each in program.get(f"{OWN}{pk}/").json()["questions"]}
    answers = {
        key: {
            "short": "A line",
            "long": "A text",
            "choice": "partly",
            "yes_no": "yes",
            "several": ["law", "people"],
            "number": "1250000",
            "date": "2026-05-05",
            "table": [{"measure": "A law", "year": "2024"}, {"measure": "A desk"}],
        }[each["kind"]]
        for key, each in questions.items()
    }
    kept = program.change(pk, {"answers": answers}, edition=1)
    assert kept.json()["answers"] == answers
    some = program.change(pk, {"answers": dict.fromkeys(list(answers)[:1], "")}, edition=kept.json()["edition"])
    assert set(some.json()["answers"]) == set(list(answers)[1:])


@pytest.mark.parametrize(
    ("sent", "field", "status"),
    [
        ({"title": "x" * 301}, "title", 422),
        ({"countries": ["XXX"]}, "countries", 422),
        ({"objectives": [99]}, "objectives", 422),
        ({"contact_email": "nobody"}, "contact_email", 422),
        ({"answers": {"nothing": "x"}}, "answers.nothing", 422),
        ({"level": "galactic"}, "level", 400),
        ({"title": 7}, "title", 400),
        ({"objectives": ["14"]}, "objectives", 400),
        ({"titel": "x"}, "titel", 400),
        ({"answers": {"a": 1}}, "answers", 400),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_changed(program, call, sent, field, status):
    pk, edition = program.complete(call)
    problem = refused(program.change(pk, {"summary": "Not to be kept", **sent}, edition=edition), status)
    assert field in problem["errors"]
    assert Submission.objects.get(pk=pk).summary == ""


@pytest.mark.parametrize(
    "raw", ["{", "[]", '"x"', "7", "null", "[" * 900, '{"title": NaN}', b"\xff", '{"a": %s}' % ("9" * 5000)]
)
def test_what_is_no_object_of_json_is_refused(program, call, raw):
    pk = program.begin(call).json()["id"]
    assert refused(program.ask("patch", f"{OWN}{pk}/", raw=raw, edition=1), 400)


def test_other_media_types_and_too_much_are_refused(program, call):
    pk = program.begin(call).json()["id"]
    assert refused(
        program.ask("patch", f"{OWN}{pk}/", raw="title=x", kind="application/x-www-form-urlencoded", edition=1), 415
    )
    assert refused(program.ask("patch", f"{OWN}{pk}/", raw=b"x" * (2 * 1024 * 1024 + 1), edition=1), 413)


# Files --------------------------------------------------------------------------------------------------------------


def put(program, address, content, **more):
    return program.ask("put", address, raw=content, kind="application/octet-stream", **more)


def test_a_file_comes_in_pieces_and_goes_on_after_a_cut(program, call):
    pk = program.begin(call).json()["id"]
    begun = program.ask("post", f"{OWN}{pk}/uploads/", {"name": "annex.txt", "size": 12, "mark": "May"})
    where = begun.headers["Location"].removeprefix("http://testserver")
    assert put(program, f"{where}0/", b"Hello ").json()["arrived"] == 6
    assert put(program, f"{where}0/", b"Hello ").json()["arrived"] == 6  # the same piece again
    assert refused(put(program, f"{where}9/", b"x"), 409)["arrived"] == 6
    assert refused(program.ask("put", f"{where}file/"), 409)["arrived"] == 6
    again = program.ask("post", f"{OWN}{pk}/uploads/", {"name": "annex.txt", "size": 12, "mark": "May"})
    assert (again.json()["id"], again.json()["arrived"]) == (begun.json()["id"], 6)
    assert put(program, f"{where}6/", b"world.").json()["arrived"] == 12
    file = program.ask("put", f"{where}file/").json()
    assert program.ask("put", f"{where}file/").json() == file
    assert file["sha256"] == hashlib.sha256(b"Hello world.").hexdigest()
    described = program.ask("patch", f"{OWN}{pk}/files/{file['id']}/", {"language": "en", "public": False}).json()
    assert (described["language"], described["public"]) == ("en", False)
    assert [each["id"] for each in program.get(f"{OWN}{pk}/files/").json()] == [file["id"]]
    assert program.ask("delete", f"{OWN}{pk}/files/{file['id']}/").status_code == 204
    assert Attachment.objects.kept().count() == 0


def test_a_file_is_refused_before_a_byte_has_travelled(program, call):
    pk = program.begin(call).json()["id"]
    for sent, word in (({"name": "x.exe", "size": 3}, "not one of the files"), ({"name": "x.txt", "size": 0}, "empty")):
        assert word in refused(program.ask("post", f"{OWN}{pk}/uploads/", sent), 409)["detail"]
    where = program.ask("post", f"{OWN}{pk}/uploads/", {"name": "a.txt", "size": 3}).headers["Location"]
    assert program.ask("delete", where.removeprefix("http://testserver")).status_code == 204


# Who may ------------------------------------------------------------------------------------------------------------

EVERY = [
    ("get", "", None),
    ("patch", "", {"title": "x"}),
    ("delete", "", None),
    ("get", "check/", None),
    ("post", "send/", {"edition": 1, "publish_as": "named", "declared": True}),
    ("post", "withdraw/", {}),
    ("get", "receipts/", None),
    ("get", "receipts/1/", None),
    ("get", "files/", None),
    ("post", "uploads/", {"name": "a.txt", "size": 3}),
]


@pytest.mark.parametrize(("method", "end", "body"), EVERY)
def test_what_is_anothers_is_as_what_is_not_there(program, stranger, call, organisation, amina, method, end, body):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    theirs = stranger.ask(method, f"{OWN}{sent.pk}/{end}", body, edition=1)
    nothing = stranger.ask(method, f"{OWN}00000000-0000-0000-0000-000000000000/{end}", body, edition=1)
    assert refused(theirs, 404) == refused(nothing, 404)
    sent.refresh_from_db()
    assert sent.status == "submitted"


def test_files_and_uploads_of_others_are_as_what_is_not_there(program, stranger, call):
    pk, theirs = program.begin(call).json()["id"], stranger.begin(call).json()["id"]
    where = (
        program.ask("post", f"{OWN}{pk}/uploads/", {"name": "a.txt", "size": 3})
        .headers["Location"]
        .removeprefix("http://testserver")
    )
    for address in (where, where.replace(pk, theirs)):
        assert refused(stranger.get(address), 404)
        assert refused(put(stranger, f"{address}0/", b"abc"), 404)
        assert refused(stranger.ask("put", f"{address}file/"), 404)
        assert refused(stranger.ask("delete", address), 404)


NEEDED = {"get": "read", "patch": "write", "delete": "write", "post": "send"}


@pytest.mark.parametrize(("method", "end", "body"), EVERY)
@pytest.mark.parametrize("scopes", [("read",), ("write",), ("send",)], ids=str)
def test_a_token_does_what_its_scope_says_and_no_more(call, organisation, amina, scopes, method, end, body):
    draft = make_draft(call=call, organisation=organisation, by=amina)
    answer = make_program(organisation, amina, scopes).ask(method, f"{OWN}{draft.pk}/{end}", body, edition=draft.edition)
    needed = "write" if end == "uploads/" else NEEDED[method]
    if needed in {"read", *scopes}:
        assert answer.status_code != 403
    else:
        assert "may not do that" in refused(answer, 403)["detail"]


def test_no_token_a_wrong_one_and_a_cookie_open_nothing(program, call, amina, client):
    client.force_login(amina)
    for answer in (
        client.get(OWN),
        client.post(OWN, "{}", content_type="application/json", headers={"idempotency-key": "k"}),
    ):
        assert refused(answer, 401)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="imrf"'
    for word in (
        "",
        "x",
        program.word[:-1] + ("a" if program.word[-1] != "a" else "b"),
        program.word + " ",
        "Bearer",
        "imrf_" + "0" * 46,
    ):
        answer = Program(word).get(OWN)
        assert answer.status_code == (200 if word.strip() == program.word else 401), word
    assert refused(program.client.get(OWN, headers={"authorization": f"Basic {program.word}"}), 401)
    assert program.client.get(f"{OWN}?token={program.word}").status_code == 401


def test_a_token_opens_no_page(program, client):
    for address in ("/en/my/", "/en/my/inputs/", "/admin/"):
        assert client.get(address, headers={"authorization": f"Bearer {program.word}"}).status_code == 302


def test_a_token_ends_with_what_it_stands_on(call, organisation, amina):
    other = make_user("nadia")
    held = join(organisation, other)
    program = make_program(organisation, other)
    assert program.get(OWN).status_code == 200
    held.role = "drafter"
    held.save()
    assert program.get(OWN).status_code == 401
    held.role = "focal_point"
    held.save()
    assert program.get(OWN).status_code == 200
    other.is_active = False
    other.save()
    assert program.get(OWN).status_code == 401
    other.is_active = True
    other.save()
    remove(held, by=amina, at=NOW)
    assert program.get(OWN).status_code == 401
    mine = make_program(organisation, amina)
    revoke_token(mine.token, by=amina, at=NOW)
    assert mine.get(OWN).status_code == 401
    expired = make_program(organisation, amina, at=NOW.replace(year=2024), days=30)
    assert expired.get(OWN).status_code == 401


def test_each_token_has_its_limit_and_knocking_too(program, stranger, call, settings, monkeypatch):
    from accreditation.api.door import StrangerThrottle, TokenThrottle

    monkeypatch.setattr(TokenThrottle, "rate", "2/minute", raising=False)
    monkeypatch.setattr(StrangerThrottle, "rate", "3/minute", raising=False)
    header = {"authorization": f"Bearer {program.word}"}
    assert program.get(OWN).status_code == 200
    assert [program.client.get(OWN, headers=header).status_code for _ in range(3)] == [200, 429, 429]
    assert stranger.client.get(OWN, headers={"authorization": f"Bearer {stranger.word}"}).status_code == 200
    knocks = [program.client.get(OWN, headers={"authorization": "Bearer x"}) for _ in range(4)]
    assert [answer.status_code for answer in knocks] == [401, 401, 401, 429]
    assert int(knocks[3].headers["Retry-After"]) > 0


def test_the_token_tells_what_it_is(program, organisation):
    told = program.get("/api/v1/my/").json()
    assert (told["organisation"], told["scopes"]) == (organisation.slug, ["read", "write", "send"])


def test_a_call_for_the_desk_alone_takes_no_draft(program, forum):
    call = make_call(forum, recorded_by_desk_only=True)
    assert "call" in refused(program.begin(call), 422)["errors"]
