"""The state table of the accreditation, written out here, over all pairs: through move() and through the desk's page."""

import pytest
from django.db import transaction
from django.urls import reverse

from accreditation.models import Accreditation, Basis
from forums.refusals import IllegalMove, MovedMeanwhile
from tests.factories import NOW, make_forum, make_organisation, make_user

pytestmark = pytest.mark.django_db
Status = Accreditation.Status
TABLE = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"screening", "withdrawn"},
    "screening": {"more_asked", "recognised", "put_forward", "not_accredited", "withdrawn"},
    "more_asked": {"submitted", "withdrawn", "expired"},
    "put_forward": {"accredited", "not_accredited", "withdrawn"},
    "recognised": {"expired", "withdrawn"},
    "accredited": {"expired", "withdrawn"},
    "not_accredited": {"screening"},
    "withdrawn": {"draft"},
    "expired": set(),
}
PAIRS = [(was, became) for was in Status.values for became in Status.values]
DECIDED = {"decided_on": NOW.date(), "decided_by": "Somebody", "evidence": "A letter"}


def make(status, basis="ecosoc"):
    decided = DECIDED if status in Accreditation.STANDING else {}
    return Accreditation.objects.create(
        organisation=make_organisation(), forum=make_forum(), basis_id=basis, status=status, begun_at=NOW, **decided
    )


@pytest.mark.parametrize(("was", "became"), PAIRS)
def test_every_pair_of_statuses(was, became):
    accreditation = make(was)
    if became in TABLE[was]:
        step = accreditation.move(became, by=make_user(), at=NOW, **(DECIDED if became in Accreditation.STANDING else {}))
        assert (step.was, step.became) == (was, became)
        assert Accreditation.objects.get(pk=accreditation.pk).status == became
        return
    with pytest.raises(IllegalMove):
        accreditation.move(became, by=make_user(), at=NOW)
    assert Accreditation.objects.get(pk=accreditation.pk).status == was
    assert accreditation.steps.count() == 0


@pytest.mark.parametrize(("was", "became"), [(was, became) for was in TABLE for became in sorted(TABLE[was])])
def test_whoever_comes_second_moves_nothing(was, became):
    accreditation = make(was)
    behind = Accreditation.objects.get(pk=accreditation.pk)
    other = next(iter(sorted(TABLE[was] - {became})), None)
    decided = dict.fromkeys(Accreditation.STANDING, DECIDED)
    accreditation.move(other or became, by=make_user(), at=NOW, **decided.get(other or became, {}))
    with pytest.raises(MovedMeanwhile):
        behind.move(became, by=make_user(), at=NOW, **decided.get(became, {}))
    assert accreditation.steps.count() == 1


# The buttons that fit, at each status, by what kind of basis
BUTTONS = {
    "submitted": (["take_up"], ["take_up"]),
    "screening": (["recognise", "not_held", "ask_for_more"], ["list", "ask_for_more"]),
    "more_asked": (["close"], ["close"]),
    "put_forward": ([], ["record_outcome"]),
    "recognised": (["end"], ["end"]),
    "accredited": (["end"], ["end"]),
    "not_accredited": (["reopen"], []),
    "withdrawn": ([], []),
    "expired": ([], []),
}
WORDS = {
    "decided_on": "2026-01-15",
    "decided_by": "DESA",
    "evidence": "iCSO",
    "accredited": "yes",
    "question": "Which year?",
    "reason": "Because.",
}
LEADS_TO = {
    "take_up": "screening",
    "recognise": "recognised",
    "list": "screening",
    "record_outcome": "accredited",
    "not_held": "not_accredited",
    "ask_for_more": "more_asked",
    "close": "expired",
    "reopen": "screening",
    "end": "expired",
}
CASES = [(status, kind) for status in BUTTONS for kind in (0, 1)]


@pytest.mark.parametrize(("status", "kind"), CASES)
def test_the_page_shows_only_the_buttons_that_fit_and_takes_no_others(desk_client, dalia, status, kind):
    make_forum()
    assert list(
        Basis.objects.filter(pk__in=["ecosoc", "special"]).order_by("code").values_list("non_objection", flat=True)
    ) == [
        False,
        True,
    ]
    desk = desk_client(dalia)
    fitting = BUTTONS[status][kind]
    accreditation = make(status, ("ecosoc", "special")[kind])
    address = reverse("admin:accreditation_accreditation_change", args=[accreditation.pk])
    page = desk.get(address)
    assert [panel.decision.key for panel in page.context["panels"]] == fitting
    seen = {f"seen-{name}": value for name, value in page.context["seen"].items()}
    for key, leads_to in LEADS_TO.items():
        words = {f"{key}-{name}": word for name, word in WORDS.items()}
        with transaction.atomic():  # each is pressed as if the others had not been
            answer = desk.post(address, {**seen, "decision": key, "letters": "send", **words})
            accreditation.refresh_from_db()
            expected = (302, leads_to) if key in fitting else (409, status)
            assert (answer.status_code, accreditation.status) == expected, key
            transaction.set_rollback(True)


def test_drafts_are_nobodys_at_the_desk(desk_client, dalia):
    address = reverse("admin:accreditation_accreditation_change", args=[make("draft").pk])
    assert desk_client(dalia).get(address).status_code == 404
