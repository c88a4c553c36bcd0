"""Official documents that drew on inputs: shown beside both, told to the author, gone with the input."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums.models import Letter, OfficialDocument
from forums.refusals import Refused
from submissions import operations
from submissions.models import PublishedInput, Use
from submissions.operations.using import references_in
from tests.factories import NOW, join, make_published, make_submission, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def note(forum):
    return OfficialDocument.objects.create(
        forum=forum, kind="background_note", symbol="A/80/1", title="Background note", title_ar="مذكرة"
    )


@pytest.fixture
def used(note, elena):
    published = make_published()
    operations.record_use(published.submission, document=note, place="para. 12", note="On fees.", by=elena, at=NOW)
    published.refresh_from_db()
    return published


def page(client, published, language="en"):
    return client.get(f"/{language}/inputs/{published.reference}/").content.decode()


def test_the_public_page_says_in_which_document_and_where(client, used):
    said = page(client, used)
    assert "Used in" in said
    for words in ('href="https://undocs.org/A/80/1"', "Background note", "para. 12", "On fees."):
        assert words in said, words
    assert "مذكرة" in page(client, used, "ar")
    assert "Used in" not in page(client, make_published())


def test_what_is_used_changes_the_public_side_and_its_harvest(used):
    assert used.changed_at == NOW
    stamp = used.stamp
    operations.remove_use(Use.objects.get(), by=make_user(), at=LATER)
    used.refresh_from_db()
    assert (used.used_in, used.changed_at) == ([], LATER)
    assert used.stamp > stamp


def test_the_page_takes_at_most_six_statements_with_many_uses(client, used, note, elena, count_statements):
    for number in range(10):
        operations.record_use(used.submission, document=note, place=f"para. {number}", by=elena, at=NOW)
    assert count_statements(lambda: page(client, used)) <= 6


def test_the_api_and_the_open_data_say_it(client, used):
    from submissions.describing import described
    from submissions.open_data.rows import row_of
    from submissions.publication import visible, with_version
    from submissions.search.vocabulary import vocabulary

    answer = client.get(f"/api/v1/inputs/{used.reference}/").json()
    assert answer["used_in"][0]["symbol"] == "A/80/1"
    assert answer["used_in"][0]["place"] == "para. 12"
    row = row_of(described(with_version(visible(now())).get(), vocabulary([])))
    assert row["used_in"] == ["A/80/1"]


def test_the_document_leads_to_the_inputs_it_drew_on(client, used, note, forum):
    note.refresh_from_db()
    assert note.inputs_used == 1
    address = f"/en/documents/{note.pk}/inputs/"
    assert address in client.get(f"/en/forums/{forum.slug}/").content.decode()
    assert used.title in client.get(address).content.decode()
    other = OfficialDocument.objects.create(forum=forum, kind="other", title="Another")
    assert client.get(f"/en/documents/{other.pk}/inputs/").status_code == 404


def test_the_page_of_a_document_asks_the_same_with_1_and_with_30_inputs(client, used, note, elena, count_statements):
    address = f"/en/documents/{note.pk}/inputs/"
    one = count_statements(lambda: client.get(address))
    for _number in range(29):
        operations.record_use(make_published().submission, document=note, by=elena, at=NOW)
    assert count_statements(lambda: client.get(address)) == one <= 8


def test_only_what_everybody_sees_is_used(note, elena):
    accepted = make_submission(status="accepted")
    with pytest.raises(Refused):
        operations.record_use(accepted, document=note, by=elena, at=NOW)
    assert not Use.objects.exists()


def test_what_is_public_later_is_neither_used_nor_counted_before(used, note, elena):
    soon = make_submission(status="accepted")
    operations.publish(soon, by=elena, at=NOW, visible_at=LATER)
    with pytest.raises(Refused):
        operations.record_use(soon, document=note, by=elena, at=NOW)
    Use.objects.create(submission=soon, document=note, by=elena, at=NOW)
    for at, count in ((NOW, 1), (LATER, 2)):
        operations.show_changed_documents(at=at)
        note.refresh_from_db()
        assert note.inputs_used == count


def test_what_is_taken_down_is_hidden_and_comes_back_with_the_input(client, used, note, elena):
    operations.take_down(used.submission, by=elena, at=NOW, reason="At its author's request.")
    operations.show_changed_documents(at=LATER)
    note.refresh_from_db()
    assert PublishedInput.objects.get().used_in == []
    assert note.inputs_used == 0
    assert client.get(f"/en/documents/{note.pk}/inputs/").status_code == 404
    used.submission.refresh_from_db()
    operations.publish(used.submission, by=elena, at=LATER)
    operations.show_changed_documents(at=LATER)
    note.refresh_from_db()
    assert PublishedInput.objects.get().used_in[0]["symbol"] == "A/80/1"
    assert note.inputs_used == 1


def test_what_is_shown_follows_the_document(used, note):
    OfficialDocument.objects.filter(pk=note.pk).update(symbol="A/80/1/Rev.1")
    assert operations.show_changed_documents(at=LATER) == 1
    used.refresh_from_db()
    assert used.used_in[0]["symbol"] == "A/80/1/Rev.1"
    assert operations.show_changed_documents(at=LATER) == 0


def test_where_nothing_changed_many_inputs_cost_the_sweep_as_little_as_one(used, note, elena, call, count_statements):
    def sweep():
        assert operations.show_changed_documents(at=LATER) == 0
        assert operations.tell_of_uses(at=NOW) == 0

    one = count_statements(sweep)
    for number in range(12):
        published = make_published(call=call, title=f"Another input {number}")
        if number % 2:
            operations.record_use(published.submission, document=note, place=f"para. {number}", by=elena, at=NOW)
    assert count_statements(sweep) == one <= 6
    assert [note.inputs_used for note in OfficialDocument.objects.all()] == [7]


def test_what_a_row_says_of_a_use_that_is_no_more_goes(used):
    Use.objects.update(removed_at=NOW)
    assert operations.show_changed_documents(at=LATER) == 1
    used.refresh_from_db()
    assert used.used_in == []
    assert OfficialDocument.objects.get().inputs_used == 0


def test_the_same_place_twice_is_one_use(used, note, elena):
    _use, new = operations.record_use(used.submission, document=note, place="para. 12 ", by=elena, at=NOW)
    assert (new, Use.objects.count()) == (False, 1)


def test_its_author_is_told_in_one_letter_a_day(used, note, elena):
    assert operations.tell_of_uses(at=NOW) == 0  # more may come within the hour
    operations.record_use(used.submission, document=note, place="para. 20", by=elena, at=NOW)
    assert operations.tell_of_uses(at=LATER) == 1
    letter = Letter.objects.get(kind="submissions/used")
    assert "para. 12" in letter.text
    assert "para. 20" in letter.text
    operations.record_use(used.submission, document=note, place="para. 30", by=elena, at=LATER)
    assert operations.tell_of_uses(at=LATER + timedelta(hours=5)) == 0
    assert operations.tell_of_uses(at=LATER + timedelta(hours=25)) == 1
    assert operations.tell_of_uses(at=LATER + timedelta(hours=26)) == 0


def test_its_author_sees_it_on_the_own_page(client, used):
    client.force_login(used.submission.begun_by)
    said = client.get(f"/en/my/inputs/{used.submission_id}/").content.decode()
    assert "Used in" in said
    assert "para. 12" in said


# The desk -------------------------------------------------------------------------------------------------------------


def test_every_reference_of_a_pasted_document_is_found_once():
    text = (
        "As IMRF-2026-I-00042 and imrf-2026-i-00007 say (see IMRF-2026-I-00042). IMRF-2026 is a forum; I-00009 is nothing."
    )
    assert references_in(text) == ["IMRF-2026-I-00042", "IMRF-2026-I-00007"]


def test_the_desk_records_many_at_once_and_hears_what_was_skipped(desk_client, elena, note):
    seen, unseen, hidden = make_published(), make_published(), make_submission(status="accepted")
    join(unseen.organisation, elena)
    typed = {"document": note.pk, "inputs": f"{seen.reference}, {unseen.reference}; {hidden.reference}", "place": "p. 3"}
    client = desk_client(elena)
    answer = client.post(reverse("admin:submissions_use_add"), typed, follow=True)
    said = answer.content.decode()
    assert list(Use.objects.values_list("submission", "place")) == [(seen.submission_id, "p. 3")]
    assert "1 use was recorded." in said
    assert "You see no such input." in said
    assert "It is not public" in said
    assert client.post(reverse("admin:submissions_use_add"), {**typed, "inputs": "nothing"}).status_code == 200


def test_the_desk_takes_a_use_off_and_nobody_else_does(desk_client, elena, dalia, used):
    chosen = {"action": "take_off", "_selected_action": [Use.objects.get().pk]}
    room = reverse("admin:submissions_use_changelist")
    desk_client(dalia).post(room, chosen)
    assert Use.objects.standing().exists()
    desk_client(elena).post(room, chosen)
    assert not Use.objects.standing().exists()
    assert PublishedInput.objects.get().used_in == []


def test_the_room_asks_the_same_with_1_and_with_30_uses(desk_client, elena, used, note, count_statements):
    client, room = desk_client(elena), reverse("admin:submissions_use_changelist")
    client.get(room)
    one = count_statements(lambda: client.get(room))
    for _number in range(29):
        operations.record_use(make_published().submission, document=note, by=elena, at=NOW)
    assert count_statements(lambda: client.get(room)) == one
