"""Decisions on several inputs: how many letters they send, told exactly before; and a paragraph added to each of them."""

import pytest

from forums.models import Letter, SecondPersonRequest
from submissions import operations
from submissions.admin.deciding import asking
from submissions.models import DecisionLine, LettersChoice, Submission
from submissions.notifications import people_of_several
from submissions.operations import joining
from submissions.tasks import announce_steps
from tests.factories import NOW, join, make_organisation, make_standing, make_submission, make_user
from tests.submissions.recordings import make_recording, recorded
from tests.submissions.test_several_at_once import choose, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk_client, elena):
    return desk_client(elena)


def written(step):
    """How many letters the sweep writes of that step."""
    before = Letter.objects.count()
    announce_steps()
    return Letter.objects.count() - before


def counted(submissions, became, was):
    return people_of_several(submissions, became, was)


def test_those_under_a_joint_input_and_typed_addresses_are_counted_as_they_are_written_to(
    forum, call, draft, organisation, amina, elena
):
    nora, second = make_user("nora"), make_user("sora")
    bridge = make_organisation("Northern Bridge", focal_point=nora)
    join(bridge, second, role="alternate")
    make_standing(bridge, forum)
    row = operations.ask_co_sponsor(draft, bridge, by=amina, at=NOW)
    operations.agree(row, by=nora, at=NOW, seen=joining.mark_now(row.submission))
    operations.submit(draft, by=amina, at=NOW)
    joint = Submission.objects.get(pk=draft.pk)
    typed = recorded(make_recording(call=call, by=elena, letter_to="guild@example.org", tells_people=False)).submission
    plain = make_submission(call=call, organisation=make_organisation("Third", focal_point=make_user()))
    announce_steps()
    rows = [joint, plain, typed]
    for row in rows:
        operations.take_up(row, by=elena, at=NOW)
    told = counted(rows, "not_admissible", "under_review")
    for row in rows:
        operations.decline(row, by=elena, at=NOW, reason="Another matter.", ground="other")
    assert told == written(rows[-1]) == 5  # amina, two of the body under it, the typed address, one of the third


def test_a_body_that_agreed_to_a_later_draft_only_is_not_counted(forum, call, organisation, amina, elena):
    sent = make_submission(call=call, organisation=organisation, by=amina, status="under_review")
    announce_steps()
    told = counted([sent], "not_admissible", "under_review")
    operations.decline(sent, by=elena, at=NOW, reason="Another matter.", ground="other")
    assert told == written(sent) == 1


ADDED = {"letters-added-en": "The hall opens at nine.", "letters-added-fr": "La salle ouvre à neuf heures."}


@pytest.fixture
def accepted(call, organisation, amina):
    amina.language = "en"
    amina.save()
    french = make_organisation("Pont", focal_point=make_user("francine", language="fr"))
    spanish = make_organisation("Puente", focal_point=make_user("pilar", language="es"))
    own = {"call": call, "status": "accepted"}
    rows = [make_submission(organisation=one, **own) for one in (organisation, french, spanish)]
    announce_steps()
    return rows


def test_words_are_added_to_each_letter_in_its_language_and_shown_before(desk, accepted):
    shown = choose(desk, "reopen", accepted)
    looked = press(desk, shown, "look", **{"reopen-reason": "A figure is checked."}, **ADDED)
    seen = {each.language: ("The hall" in each.text, "La salle" in each.text) for each in looked.context["letters"]}
    assert seen == {"en": (True, False), "fr": (False, True), "es": (False, False)}
    assert press(desk, shown, "send", **{"reopen-reason": "A figure is checked."}, **ADDED).status_code == 302
    announce_steps()
    letters = {letter.language: letter.text for letter in Letter.objects.filter(kind="submissions/reopened")}
    assert [letters[code].count(words) for code, words in (("en", ADDED["letters-added-en"]), ("fr", "La salle"))] == [1, 1]
    assert letters["en"].index("The hall opens") < letters["en"].index("\n--\n")
    assert "The hall" not in letters["es"]
    assert LettersChoice.objects.count() == 3


def test_the_second_person_reads_what_is_added(desk, desk_client, accepted, monkeypatch):
    monkeypatch.setattr(asking, "LETTERS_ABOVE", 1)
    shown = choose(desk, "reopen", accepted)
    typed = {"reopen-reason": "A figure is checked.", "second-reason": "All wait."}
    assert press(desk, shown, "send", **typed, **ADDED).status_code == 302
    assert DecisionLine.objects.first().letters["words"] == {
        "added": {"en": ADDED["letters-added-en"], "fr": ADDED["letters-added-fr"]}
    }
    asked = SecondPersonRequest.objects.get()
    other = make_user("second", staff=True, roles=["editor"])
    page = desk_client(other).get(f"/admin/forums/secondpersonrequest/{asked.pk}/change/").content.decode()
    assert ADDED["letters-added-fr"] in page
