"""Decisions on accreditations, on support, and on corrections show their letters first: sent, in other words, or not."""

import pytest
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, AccreditationLettersChoice, Basis
from accreditation.operations.deciding import STANDINGS
from accreditation.tasks import announce_steps
from forums.models import Letter
from forums.operations import rehearsing
from forums.refusals import Refused
from submissions.models import Proposal, ProposalLettersChoice
from submissions.tasks import announce_steps as announce_inputs
from tests.factories import NOW, make_proposal, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def screened(organisation, forum, amina, dalia):
    claim = operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    operations.take_up(claim, by=dalia, at=NOW)
    announce_steps()
    return Accreditation.objects.get(pk=claim.pk)


@pytest.fixture
def desk(desk_client, dalia):
    return desk_client(dalia)


def page_of(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def press(desk, thing, decision, **typed):
    opened = desk.get(page_of(thing)).context["seen"]
    return desk.post(page_of(thing), {**{f"seen-{k}": v for k, v in opened.items()}, "decision": decision, **typed})


def kinds():
    return list(Letter.objects.order_by("written_at", "pk").values_list("kind", flat=True))


ASKED = {"ask_for_more-question": "Which year is your registration of?"}


def test_the_letters_are_shown_as_they_will_be_written_and_nothing_is_stored(desk, screened, amina):
    amina.language = "ar"
    amina.save()
    before, steps = kinds(), screened.steps.count()
    answer = press(desk, screened, "ask_for_more", **ASKED)
    [shown] = answer.context["letters"]
    assert (shown["letter"].language, ASKED["ask_for_more-question"] in shown["letter"].text) == ("ar", True)
    assert (kinds(), screened.steps.count()) == (before, steps)
    assert press(desk, screened, "ask_for_more", letters="send", **ASKED).status_code == 302
    announce_steps()
    letter = Letter.objects.get(kind="accreditation/more_asked")
    assert (letter.subject, letter.text) == (shown["letter"].subject, shown["letter"].text)
    assert not AccreditationLettersChoice.objects.exists()


def test_one_letter_goes_out_in_other_words(desk, screened):
    [shown] = press(desk, screened, "ask_for_more", **ASKED).context["letters"]
    own = {f"letters-subject-{shown['end']}": "A short question", f"letters-text-{shown['end']}": "Which year?"}
    assert press(desk, screened, "ask_for_more", letters="send", **ASKED, **own).status_code == 200  # they contradict
    assert press(desk, screened, "ask_for_more", letters="words", **ASKED, **own).status_code == 302
    announce_steps()
    letter = Letter.objects.get(kind="accreditation/more_asked")
    assert (letter.subject, letter.text.startswith("Which year?")) == ("A short question", True)


def test_none_goes_out_only_with_a_reason_where_it_is_owed(desk, screened):
    answer = press(desk, screened, "ask_for_more", letters="none", **ASKED)
    assert (answer.status_code, "has to hear of this" in answer.content.decode()) == (200, True)
    before = kinds()
    typed = {**ASKED, "letters-reason": "We spoke by telephone."}
    assert press(desk, screened, "ask_for_more", letters="none", **typed).status_code == 302
    announce_steps()
    assert (kinds(), AccreditationLettersChoice.objects.get().reason) == (before, "We spoke by telephone.")
    assert Accreditation.objects.get().status == "more_asked"


def test_who_goes_back_finds_what_was_typed(desk, screened):
    press(desk, screened, "ask_for_more", **ASKED)
    assert ASKED["ask_for_more-question"] in desk.get(page_of(screened)).content.decode()


def test_a_rehearsal_refuses_as_the_decision_would(screened, dalia):
    with pytest.raises(Refused):
        rehearsing.rehearse(STANDINGS, screened, operations.ask_for_more, by=dalia, at=NOW, question=" ")
    assert Accreditation.objects.get().status == "screening"


def test_taking_up_tells_nobody_and_asks_nothing(desk, organisation, forum, amina):
    claim = operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    assert press(desk, claim, "take_up").status_code == 302
    assert Accreditation.objects.get().status == "screening"


# Corrections and additions ---------------------------------------------------------------------------------------------


@pytest.fixture
def proposal(call, organisation, amina):
    public = make_submission(call=call, organisation=organisation, by=amina, status="published")
    return make_proposal(public, by=amina, text="Ten missions answer.")


def test_a_correction_is_approved_after_its_letters_were_shown(desk_client, elena, proposal):
    desk = desk_client(elena)
    answer = press(desk, proposal, "approve")
    assert (Proposal.objects.get().status, len(answer.context["letters"])) == ("proposed", 1)
    assert press(desk, proposal, "approve", letters="send").status_code == 302
    announce_inputs()
    assert "submissions/correction_published" in kinds()


def test_a_refusal_of_a_correction_is_worded_anew_or_said_why_not(desk_client, elena, proposal):
    desk, typed = desk_client(elena), {"refuse-reason": "It is another matter."}
    [shown] = press(desk, proposal, "refuse", **typed).context["letters"]
    assert "has to hear" in press(desk, proposal, "refuse", letters="none", **typed).content.decode()
    own = {f"letters-subject-{shown['end']}": "About your correction", f"letters-text-{shown['end']}": "Not now."}
    assert press(desk, proposal, "refuse", letters="words", **typed, **own).status_code == 302
    announce_inputs()
    assert Letter.objects.get(kind="submissions/correction_refused").subject == "About your correction"
    assert list(ProposalLettersChoice.objects.get().words) == [shown["end"]]
