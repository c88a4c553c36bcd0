"""The writing room of a background note: nothing typed is lost, every saving is a version, a second person signs off."""

import pytest

from forums.models import Milestone
from forums.refusals import Refused, StandsAgainst
from submissions.models import BackgroundNote
from submissions.writing_room import operations
from submissions.writing_room.outline import Section, content_of, read_section, sections_of, words_of
from tests.factories import NOW, make_published, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(forum):
    return Milestone.objects.create(forum=forum, kind="note", name="Note 1", round_table=forum.round_tables.first())


@pytest.fixture
def writers(db):
    return [make_user(name, staff=True, roles=["forum manager"]) for name in ("mona", "mike")]


@pytest.fixture
def note(duty, writers):
    return operations.open_note(duty, by=writers[0], at=NOW)


def save(note, by, *sections, edition=None, most=8500):
    given = {"sections": list(sections), "most_words": most, "edition": note.edition if edition is None else edition}
    return operations.save_note(note, by=by, at=NOW, **given)


def part(heading, notes="", *inputs):
    return Section(heading, notes, inputs)


def test_a_room_is_opened_once_and_for_background_notes_only(duty, note, writers, forum):
    assert operations.open_note(duty, by=writers[1], at=NOW) == note
    report = Milestone.objects.create(forum=forum, kind="report", name="Report")
    with pytest.raises(Refused):
        operations.open_note(report, by=writers[0], at=NOW)


def test_every_saving_is_a_version_and_an_earlier_one_is_put_back(note, writers):
    save(note, writers[0], part("Trends", "Four words stand here."))
    save(note, writers[1], part("Gaps"))
    back = operations.put_back(note, number=1, edition=2, by=writers[1], at=NOW)
    assert (back.number, back.restores, back.words) == (3, 1, 5)
    assert [version.number for version in note.versions.all()] == [3, 2, 1]
    assert sections_of(BackgroundNote.objects.get().content) == [part("Trends", "Four words stand here.")]


def test_a_stale_page_saves_nothing(note, writers):
    save(note, writers[0], part("Trends"))
    with pytest.raises(operations.Stale):
        save(note, writers[1], part("Gaps"), edition=0)
    assert sections_of(BackgroundNote.objects.get().content) == [part("Trends")]
    assert note.versions.count() == 1


def test_inputs_are_published_ones_of_the_forum(note, writers, forum):
    shown = make_published()
    save(note, writers[0], part("Trends", "", (shown.reference, "3–5, 9")))
    with pytest.raises(StandsAgainst, match="IMRF-2026-I-99999 is no published input"):
        save(note, writers[0], part("Trends", "", ("IMRF-2026-I-99999", "")))


def test_lines_are_references_with_their_paragraphs():
    section, wrong = read_section(" Trends ", "", "imrf-2026-i-00042 3–5, 9\n\nIMRF-2026-I-00043\nnot a line at all")
    assert section == part("Trends", "", ("IMRF-2026-I-00042", "3–5, 9"), ("IMRF-2026-I-00043", ""))
    assert (len(wrong), section.lines) == (1, "IMRF-2026-I-00042 3–5, 9\nIMRF-2026-I-00043")
    assert sections_of(content_of([section, part("")])) == [section]
    assert words_of([part("Two words", "and three more")]) == 5


def test_a_second_person_signs_the_version_that_was_shown(note, writers):
    save(note, writers[0], part("Trends", "Some words."))
    with pytest.raises(Refused, match="second person"):
        operations.sign_off(note, edition=1, by=writers[0], at=NOW)
    signed = operations.sign_off(note, edition=1, by=writers[1], at=NOW)
    assert (signed.signed_by, signed.signed_at) == (writers[1], NOW)
    with pytest.raises(operations.Stale):
        operations.sign_off(note, edition=1, by=writers[1], at=NOW)
    newer = save(note, writers[0], part("Trends", "Other words."))
    assert newer.signed_by is None
    with pytest.raises(operations.Stale):
        operations.sign_off(note, edition=1, by=writers[1], at=NOW)


def test_what_is_too_long_is_not_signed_off(note, writers):
    save(note, writers[0], part("Trends", "one two three four"), most=4)
    with pytest.raises(Refused, match="more words than its limit"):
        operations.sign_off(note, edition=1, by=writers[1], at=NOW)


# The page -------------------------------------------------------------------------------------------------------------


def typed(edition, heading, notes="", inputs="", **more):
    fields = {"heading": [heading, ""], "notes": [notes, ""], "inputs": [inputs, ""], "most_words": "900"}
    return {"decision": "save", "edition": str(edition), **fields, **more}


def test_at_the_desk_nothing_that_was_typed_is_lost(duty, writers, desk_client):
    client = desk_client(writers[0])
    way = f"/admin/submissions/backgroundnote/add/?milestone={duty.pk}"
    assert way in client.get(f"/admin/forums/milestone/{duty.pk}/change/").content.decode()
    at = client.post(way, {"milestone": duty.pk}).headers["Location"]
    assert at in client.get(f"/admin/forums/milestone/{duty.pk}/change/").content.decode()
    assert client.post(at, typed(0, "Trends", "Mine.")).status_code == 302
    other = desk_client(writers[1])
    stale = other.post(at, typed(0, "Gaps", "Typed by Mike."))
    shown = stale.content.decode()
    assert (stale.status_code, "Typed by Mike." in shown, "Mine." in shown) == (409, True, True)
    assert 'name="edition" value="1"' in shown
    assert other.post(at, typed(1, "Gaps", "Typed by Mike.")).status_code == 302
    wrong = other.post(at, typed(2, "Gaps", "Kept all the same.", "IMRF-2026-I-99999"))
    assert (wrong.status_code, "Kept all the same." in wrong.content.decode()) == (422, True)
    assert other.post(at, typed(2, "Gaps", "And this.", "a b c")).status_code == 422
    assert other.post(at, {"decision": "restore", "number": "1", "edition": "2"}).status_code == 302
    note = BackgroundNote.objects.get()
    assert (note.edition, note.most_words, sections_of(note.content)) == (3, 900, [part("Trends", "Mine.")])
    assert other.post(at, {"decision": "sign", "edition": "3"}).status_code == 409
    assert desk_client(writers[0]).post(at, {"decision": "sign", "edition": "3"}).status_code == 302
    assert note.versions.get(number=3).signed_by == writers[0]


@pytest.mark.parametrize("role", ["reviewer", "accreditation"])
def test_others_do_not_see_it(note, desk_client, role):
    client = desk_client(make_user(staff=True, roles=[role]))
    at = f"/admin/submissions/backgroundnote/{note.pk}/change/"
    assert client.get(at).status_code == 403
    assert client.post(at, typed(0, "Trends")).status_code == 403


def test_the_page_costs_the_same_with_many_versions(note, writers, desk_client, count_statements):
    client = desk_client(writers[0])
    at = f"/admin/submissions/backgroundnote/{note.pk}/change/"
    save(note, writers[0], part("Trends"))
    client.get(at)
    few = count_statements(lambda: client.get(at))
    for number in range(5):
        save(note, writers[number % 2], part(f"Trends {number}"))
    assert count_statements(lambda: client.get(at)) == few
