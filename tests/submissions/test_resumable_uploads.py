"""A file that is sent in pieces: gone on with after a cut, never doubled, the same for every web process."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse

from accreditation.models import Membership
from forums.refusals import Refused
from submissions import operations
from submissions.models import Attachment, Upload, UploadPiece
from submissions.uploads import PIECE
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db
WHOLE = b"%PDF-1.7\n" + bytes(range(256)) * (10 * 1024) + b"\n%%EOF"  # three pieces
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


def begin(client, draft, *, name="annex.pdf", size=None, mark="1"):
    address = reverse("submissions:begin_upload", args=[draft.pk])
    return client.post(address, {"name": name, "size": len(WHOLE) if size is None else size, "mark": mark}, headers=SCRIPT)


def at(draft, upload, door="upload", *more):
    return reverse(f"submissions:{door}", args=[draft.pk, upload, *more])


def put(client, draft, upload, offset, content=None):
    content = WHOLE[offset : offset + PIECE] if content is None else content
    return client.put(at(draft, upload, "upload_piece", offset), content, "application/octet-stream", headers=SCRIPT)


def finish(client, draft, upload):
    return client.post(at(draft, upload, "finish_upload"), headers=SCRIPT)


def send_all(client, draft, **file):
    upload = begin(client, draft, **file).json()["upload"]
    for offset in range(0, len(WHOLE), PIECE):
        assert put(client, draft, upload, offset).status_code == 200
    return upload, finish(client, draft, upload)


def test_a_file_in_pieces_becomes_the_same_file(writing, draft):
    _upload, answer = send_all(writing, draft)
    file = Attachment.objects.get()
    assert (answer.status_code, answer.json()["refused"]) == (200, [])
    assert "annex.pdf" in answer.json()["files"]
    assert (file.sha256, file.size, file.verdict) == (hashlib.sha256(WHOLE).hexdigest(), len(WHOLE), "waiting")
    assert file.file.open("rb").read() == WHOLE
    assert not UploadPiece.objects.exists()


def test_after_a_cut_the_server_says_how_much_is_there_and_sending_goes_on(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    put(writing, draft, upload, 0)
    assert writing.get(at(draft, upload), headers=SCRIPT).json() == {
        "arrived": PIECE,
        "size": len(WHOLE),
        "finished": False,
    }
    again = begin(writing, draft).json()  # the page was loaded anew and the same file chosen
    assert again == {"upload": upload, "arrived": PIECE}
    for offset in range(PIECE, len(WHOLE), PIECE):
        put(writing, draft, upload, offset)
    finish(writing, draft, upload)
    assert Attachment.objects.get().sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_the_same_piece_sent_twice_changes_nothing(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    answers = [put(writing, draft, upload, 0) for _ in range(3)]
    assert [(answer.status_code, answer.json()["arrived"]) for answer in answers] == [(200, PIECE)] * 3
    assert UploadPiece.objects.count() == 1


@pytest.mark.parametrize(
    ("offset", "content"),
    [(PIECE * 2, None), (0, b"other bytes"), (5, b"within"), (PIECE, b""), (PIECE, b"0" * (PIECE + 1))],
    ids=["leaves a hole", "differs from what is there", "begins within a piece", "empty", "too big"],
)
def test_a_piece_that_does_not_follow_is_told_from_where_to_go_on(writing, draft, offset, content):
    upload = begin(writing, draft).json()["upload"]
    put(writing, draft, upload, 0)
    answer = put(writing, draft, upload, offset, content)
    assert (answer.status_code, answer.json()["arrived"]) == (409, PIECE)
    assert UploadPiece.objects.count() == 1


def test_a_body_without_end_is_refused_unread(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    assert put(writing, draft, upload, 0, b"0" * (3 * PIECE)).status_code == 413


def test_what_is_not_whole_cannot_be_finished(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    put(writing, draft, upload, 0)
    answer = finish(writing, draft, upload)
    assert (answer.status_code, answer.json()["arrived"]) == (409, PIECE)
    assert Attachment.objects.count() == 0


def test_finishing_twice_makes_one_file(writing, draft):
    upload, first = send_all(writing, draft)
    again = finish(writing, draft, upload)
    assert (first.status_code, again.status_code, Attachment.objects.count()) == (200, 200, 1)


def test_the_same_file_sent_again_is_kept_once(writing, draft):
    send_all(writing, draft)
    _upload, answer = send_all(writing, draft, mark="2")
    assert (answer.status_code, Attachment.objects.count(), UploadPiece.objects.count()) == (200, 1, 0)


def test_a_file_changed_meanwhile_begins_anew(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    put(writing, draft, upload, 0)
    other = begin(writing, draft, mark="2").json()
    assert other["upload"] != upload
    assert other["arrived"] == 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ({"name": "run.exe"}, "“run.exe” is not one of the files taken here"),
        ({"size": 0}, "is empty"),
        ({"size": 26 * 1024 * 1024}, "may have at most 25.0"),
    ],
)
def test_what_would_be_refused_is_refused_before_it_travels(writing, draft, file, sentence):
    answer = begin(writing, draft, **file)
    assert answer.status_code == 422
    assert sentence in answer.json()["refused"][0]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("wrong", [{"size": "-1"}, {"size": "x"}, {"size": "٣"}, {"size": "9" * 40}, {"mark": "m" * 65}])
def test_nonsense_is_no_upload(writing, draft, wrong):
    assert begin(writing, draft, **wrong).status_code == 400


def test_a_call_takes_no_more_bytes_together_than_it_says(writing, draft):
    draft.call.most_megabytes = 3
    draft.call.save()
    send_all(writing, draft)
    answer = begin(writing, draft, name="second.pdf")
    assert answer.status_code == 422
    assert "this call takes at most 3.0" in answer.json()["refused"][0].replace("\xa0", " ")


def test_a_file_that_turns_out_to_be_none_is_refused_and_forgotten(writing, draft):
    upload = begin(writing, draft, size=9).json()["upload"]
    put(writing, draft, upload, 0, b"<script>x")
    answer = finish(writing, draft, upload)
    assert answer.status_code == 422
    assert "“annex.pdf” is not one of the files taken here" in answer.json()["refused"][0]
    assert not Upload.objects.exists()


def test_an_upload_that_stands_still_is_shown_and_can_be_cancelled_without_a_script(writing, draft):
    upload = begin(writing, draft).json()["upload"]
    put(writing, draft, upload, 0)
    page = writing.get(reverse("submissions:edit", args=[draft.pk])).content.decode().replace("\xa0", " ")
    assert "1.0 MB of 2.5 MB arrived" in page
    answer = writing.post(at(draft, upload, "cancel_upload"))
    assert answer.url == reverse("submissions:edit", args=[draft.pk]) + "#files"
    assert not Upload.objects.exists()


def test_cancelling_what_was_finished_takes_no_file_out(writing, draft):
    upload, _answer = send_all(writing, draft)
    writing.post(at(draft, upload, "cancel_upload"))
    assert Attachment.objects.kept().count() == 1


def test_uploads_nobody_goes_on_with_are_forgotten_after_a_day(writing, draft, amina):
    file = {"name": "a.pdf", "size": 9, "mark": "1", "by": amina}
    old = operations.begin_upload(draft, **file, at=NOW - timedelta(days=1))
    operations.begin_upload(draft, **{**file, "mark": "2"}, at=NOW - timedelta(hours=23))
    assert operations.clear_uploads(at=NOW) == 1
    assert not Upload.objects.filter(pk=old.pk).exists()
    assert Upload.objects.count() == 1


def test_nobody_begins_without_end(draft, amina):
    for number in range(operations.uploading.MOST_UNDER_WAY):
        operations.begin_upload(draft, name="a.pdf", size=9, mark=str(number), by=amina, at=NOW)
    with pytest.raises(Refused, match="too many files"):
        operations.begin_upload(draft, name="a.pdf", size=9, mark="more", by=amina, at=NOW)


def test_a_sent_input_takes_no_pieces_home(writing, draft, amina):
    upload = begin(writing, draft).json()["upload"]
    for offset in range(0, len(WHOLE), PIECE):
        put(writing, draft, upload, offset)
    operations.submit(draft, by=amina)
    assert finish(writing, draft, upload).status_code == 422
    assert Attachment.objects.count() == 0


def test_a_discarded_draft_takes_its_uploads_along(writing, draft, amina):
    put(writing, draft, begin(writing, draft).json()["upload"], 0)
    operations.discard(draft, by=amina, at=NOW)
    assert not UploadPiece.objects.exists()


DOORS = {"upload": "get", "upload_piece": "put", "finish_upload": "post", "cancel_upload": "post"}


@pytest.mark.parametrize("door", DOORS)
def test_only_who_began_an_upload_and_may_still_write_goes_on_with_it(client, draft, amina, door):
    join(draft.organisation, drafter := make_user(), "drafter")
    upload = operations.begin_upload(draft, name="a.pdf", size=9, mark="1", by=drafter, at=NOW)
    address = at(draft, upload.pk, door, *([0] if door == "upload_piece" else []))
    found = {}
    for shade in ["drafter", "colleague", "viewer", "stranger", "former"]:
        person = {"drafter": drafter, "colleague": amina, "former": drafter}.get(shade) or make_user()
        if shade == "viewer":
            join(draft.organisation, person, "viewer")
        if shade == "former":
            Membership.objects.filter(user=drafter).update(until=NOW)
        client.force_login(person)
        found[shade] = getattr(client, DOORS[door])(address, headers=SCRIPT).status_code != 404
    assert found == {"drafter": True, "colleague": False, "viewer": False, "stranger": False, "former": False}
    client.logout()
    signed_out = getattr(client, DOORS[door])(address, headers=SCRIPT)
    assert (signed_out.status_code, signed_out.json()) == (403, {"signed_out": True})


def test_an_upload_is_found_only_under_its_own_input(writing, draft, call, organisation, amina):
    from tests.factories import make_draft

    other = make_draft(call=call, organisation=organisation, by=amina)
    upload = begin(writing, draft).json()["upload"]
    assert writing.get(at(other, upload)).status_code == 404
