"""Writing a draft together: who changed what, an earlier text put back, notes to each other that nobody else reads."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from forums.models import Letter
from forums.tasks import send_letters
from submissions import operations
from submissions.models import DraftChange, DraftNote, Submission
from submissions.operations import cowriting
from submissions.operations.drafting import Conflict
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter(organisation):
    person = make_user("nadia")
    join(organisation, person, role="drafter")
    return person


@pytest.fixture
def draft(draft):
    DraftChange.objects.all().delete()  # what the factory wrote
    return draft


def fresh(draft):
    return Submission.objects.get(pk=draft.pk)


def save(draft, by, at=NOW, **changes):
    kept = fresh(draft)
    return operations.revise(kept, by=by, at=at, edition=kept.edition, **changes)


def told(draft):
    return [(c.part, c.by.name, c.before) for c in draft.changes.select_related("by").order_by("pk")]


# Who changed what --------------------------------------------------------------------------------------------------


def test_only_parts_that_changed_are_written_down_with_what_stood_before(draft, amina):
    save(draft, amina, title=draft.title, text="Ten missions.", countries=["KEN", "NPL"], objectives=[14, 15])
    assert told(draft) == [
        ("text", "Amina", "Nine missions now answer complaints in four languages."),
        ("countries", "Amina", ["KEN"]),
    ]


def test_savings_in_one_go_are_one_change_until_somebody_else_writes(draft, amina, drafter):
    save(draft, amina, text="One")
    save(draft, amina, text="One two", at=NOW + timedelta(minutes=9))
    save(draft, drafter, text="One two three", at=NOW + timedelta(minutes=9, seconds=30))
    save(draft, amina, text="Four", at=NOW + timedelta(minutes=9, seconds=40))
    save(draft, amina, text="Five", at=NOW + timedelta(minutes=30))
    assert [(name, before) for _part, name, before in told(draft)] == [
        ("Amina", "Nine missions now answer complaints in four languages."),
        ("Nadia", "One two"),
        ("Amina", "One two three"),
        ("Amina", "Four"),
    ]
    first = draft.changes.order_by("pk").first()
    assert first.at - first.began_at == timedelta(minutes=9)


def test_an_earlier_text_comes_back_and_nothing_is_lost(draft, amina, drafter):
    save(draft, amina, text="Amina's text", countries=["NPL"])
    save(draft, drafter, text="Nadia's text", at=NOW + timedelta(hours=1))
    change = draft.changes.order_by("-pk").first()
    operations.put_back(change, by=amina, at=NOW + timedelta(hours=2), edition=fresh(draft).edition)
    assert fresh(draft).text == "Amina's text"
    assert told(draft)[-1] == ("text", "Amina", "Nadia's text")
    operations.put_back(
        draft.changes.get(part="countries"), by=amina, at=NOW + timedelta(hours=3), edition=fresh(draft).edition
    )
    assert fresh(draft).chosen()["countries"] == ["KEN"]


def test_nothing_is_put_back_over_what_somebody_just_saved(draft, amina, drafter):
    seen = save(draft, amina, text="Amina's text").edition
    save(draft, drafter, text="Nadia's text")
    with pytest.raises(Conflict):
        operations.put_back(draft.changes.first(), by=amina, at=NOW, edition=seen)
    assert fresh(draft).text == "Nadia's text"


def test_saving_costs_the_same_however_much_was_changed_before(draft, amina, count_statements, monkeypatch):
    save(draft, amina, text="One", title="One", at=NOW)
    few = count_statements(lambda: save(draft, amina, text="Two", title="Two", at=NOW + timedelta(hours=1)))
    for n in range(5):
        save(draft, amina, text=f"{n}", title=f"{n}", at=NOW + timedelta(hours=2 + n))
    assert count_statements(lambda: save(draft, amina, text="Last", title="Last", at=NOW + timedelta(hours=9))) == few


def test_the_oldest_changes_go_where_there_are_too_many(draft, amina, monkeypatch):
    monkeypatch.setattr(cowriting, "MOST_CHANGES", 3)
    for n in range(6):
        save(draft, amina, text=f"Text {n}", at=NOW + timedelta(hours=n))
    assert [before for _part, _name, before in told(draft)] == ["Text 2", "Text 3", "Text 4"]


def test_a_conflict_writes_nothing_down(draft, amina):
    with pytest.raises(Conflict):
        operations.revise(draft, by=amina, at=NOW, edition=draft.edition - 1, text="Old page")
    assert told(draft) == []


# Notes -------------------------------------------------------------------------------------------------------------


def test_the_others_hear_of_notes_at_most_once_an_hour(draft, amina, drafter, organisation):
    viewer = make_user("vera")
    join(organisation, viewer, role="viewer")
    operations.leave_note(draft, by=amina, at=NOW, text="Check the year.")
    assert operations.tell_of_notes(at=NOW) == 1
    operations.leave_note(draft, by=amina, at=NOW, text="And the title.")
    assert operations.tell_of_notes(at=NOW + timedelta(minutes=59)) == 0
    assert operations.tell_of_notes(at=NOW + timedelta(minutes=60)) == 1
    assert operations.tell_of_notes(at=NOW + timedelta(hours=9)) == 0
    letters = Letter.objects.filter(kind="submissions/draft_notes").order_by("written_at", "pk")
    assert [letter.to for letter in letters] == [drafter.email, drafter.email]
    assert ["Check the year." in letter.text for letter in letters] == [True, False]


def test_the_desk_never_reads_a_note(draft, amina, drafter, desk_client, elena):
    operations.leave_note(draft, by=amina, at=NOW, text="CANARY of ours")
    operations.tell_of_notes(at=NOW)
    letter = Letter.objects.get(kind="submissions/draft_notes")
    page = desk_client(elena).get(reverse("admin:forums_letter_change", args=[letter.pk]))
    assert "CANARY" not in page.content.decode()
    send_letters()
    letter.refresh_from_db()
    assert "CANARY" not in letter.text + letter.html


def test_a_note_that_was_settled_before_the_letter_is_not_told(draft, amina, drafter):
    note = operations.leave_note(draft, by=amina, at=NOW, text="Never mind")
    operations.settle_note(note, by=drafter, at=NOW)
    assert operations.tell_of_notes(at=NOW) == 0


def test_the_same_form_sent_twice_leaves_one_note(draft, amina):
    key = uuid.uuid4()
    for _press in range(2):
        operations.leave_note(draft, by=amina, at=NOW, text="Once", form_key=key)
    assert DraftNote.objects.count() == 1


# What becomes of them ----------------------------------------------------------------------------------------------


def test_changes_and_notes_go_with_a_draft_that_is_discarded(draft, amina):
    save(draft, amina, text="One")
    operations.leave_note(draft, by=amina, at=NOW, text="Note")
    operations.discard(fresh(draft), by=amina, at=NOW)
    assert (DraftChange.objects.count(), DraftNote.objects.count()) == (0, 0)


def test_after_sending_they_stay_for_a_while_and_then_go(draft, amina):
    save(draft, amina, text="One")
    operations.leave_note(draft, by=amina, at=NOW, text="Note")
    operations.submit(fresh(draft), by=amina)
    assert operations.forget_cowriting(at=NOW + timedelta(days=89)) == 0
    assert operations.forget_cowriting(at=NOW + timedelta(days=90)) == 2


def test_nothing_is_forgotten_of_what_is_still_written(draft, amina):
    save(draft, amina, text="One")
    assert operations.forget_cowriting(at=NOW + timedelta(days=900)) == 0


def test_those_of_a_change_move_to_the_input_when_it_is_sent(draft, amina):
    operations.submit(fresh(draft), by=amina)
    change = operations.amend(fresh(draft), by=amina, at=NOW)
    operations.revise(change, by=amina, at=NOW, edition=change.edition, title="Better")
    operations.submit(fresh(change), by=amina)
    assert [part for part, _name, _before in told(fresh(draft))] == ["title"]


# The page ----------------------------------------------------------------------------------------------------------


def place(name, draft, *more):
    return reverse(f"submissions:{name}", args=[draft.pk, *more])


def test_the_page_shows_who_changed_what_and_puts_it_back(client, draft, amina, drafter):
    save(draft, drafter, text="Ten missions now answer complaints in four languages.")
    change = draft.changes.get()
    client.force_login(amina)
    edit = client.get(place("edit", draft)).content.decode()
    assert "Nadia" in edit
    page = client.get(place("writing_together", draft), {"change": change.pk}).content.decode()
    assert "Taken out: </span>Nine</del>" in page
    answer = client.post(place("put_back", draft, change.pk), {"edition": fresh(draft).edition})
    assert answer.url == place("writing_together", draft)
    assert fresh(draft).text.startswith("Nine missions")


def test_a_note_is_left_and_settled(client, draft, amina, drafter):
    client.force_login(amina)
    client.post(place("writing_together", draft), {"text": "<b>Check</b>", "part": "text", "form_key": uuid.uuid4()})
    client.force_login(drafter)
    assert "1 open note" in client.get(place("edit", draft)).content.decode()
    page = client.get(place("writing_together", draft)).content.decode()
    assert "&lt;b&gt;Check" in page
    client.post(place("settle_note", draft, DraftNote.objects.get().pk))
    assert DraftNote.objects.get().resolved_by == drafter


def test_a_viewer_reads_and_writes_nothing_and_a_stranger_finds_nothing(client, draft, amina, bruno, organisation):
    save(draft, amina, text="One")
    note = operations.leave_note(draft, by=amina, at=NOW, text="Note")
    viewer = make_user()
    join(organisation, viewer, role="viewer")
    change = draft.changes.get()
    written = [place("put_back", draft, change.pk), place("settle_note", draft, note.pk)]
    client.force_login(viewer)
    assert client.get(place("writing_together", draft)).status_code == 200
    for address in [place("writing_together", draft), *written]:
        assert client.post(address, {"text": "No", "form_key": uuid.uuid4()}).status_code == 404
    client.force_login(bruno)
    for address in [place("writing_together", draft), *written]:
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert DraftNote.objects.get().resolved_at is None
