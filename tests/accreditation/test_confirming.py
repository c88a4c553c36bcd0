"""The standing of the last forum counts for the next by one word; what was granted ends on its day."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, Basis, Register
from accreditation.operations.checking import check_again, needs_word, passes_on
from accreditation.operations.confirming import held_before
from accreditation.tasks import announce_steps
from accreditation.terms import permits
from forums.models import Letter
from forums.refusals import Refused
from tests.accreditation.applications import make_points
from tests.factories import NOW, make_forum, make_standing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def former(organisation):
    first = make_forum("2022", year=2022, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20))
    return make_standing(organisation, first)


def page(organisation, forum):
    return reverse("accreditation:application_confirm", args=[organisation.slug, forum.slug])


def test_one_button_makes_an_application_that_names_the_former_standing(client, organisation, forum, former, amina):
    make_points("ecosoc")  # what a first application is asked is not asked again
    client.force_login(amina)
    shown = client.get(page(organisation, forum)).content.decode()
    assert "iCSO, seen 20 January 2026" in shown
    assert "Ask to confirm it" in shown
    sent = client.post(page(organisation, forum), follow=True).content.decode()
    assert "put before the desk" in sent
    asked = Accreditation.objects.get(forum=forum)
    assert (asked.status, asked.basis_id, asked.confirms) == ("submitted", "ecosoc", former)
    client.post(page(organisation, forum))
    assert Accreditation.objects.filter(forum=forum).count() == 1


def test_the_page_of_the_application_offers_it(client, organisation, forum, former, amina):
    client.force_login(amina)
    shown = client.get(reverse("accreditation:application", args=[organisation.slug, forum.slug])).content.decode()
    assert "Confirm this standing" in shown


def test_special_accreditation_is_for_one_forum(client, organisation, forum, former, amina):
    Accreditation.objects.filter(pk=former.pk).update(basis="special", status="accredited")
    client.force_login(amina)
    assert "for one forum only" in client.get(page(organisation, forum)).content.decode()
    with pytest.raises(Refused, match="for one forum only"):
        operations.confirm(organisation, forum=forum, former=held_before(organisation, forum), by=amina, at=NOW)
    assert not Accreditation.objects.filter(forum=forum).exists()


@pytest.mark.parametrize("change", [{"confirmable": False}, {"in_use": False}])
def test_the_desk_says_which_bases_can_be_confirmed(organisation, forum, former, amina, change):
    Basis.objects.filter(pk="ecosoc").update(**change)
    with pytest.raises(Refused):
        operations.confirm(organisation, forum=forum, former=held_before(organisation, forum), by=amina, at=NOW)


def test_a_standing_that_was_ended_or_given_up_is_not_carried_over(organisation, forum, former, amina):
    assert held_before(organisation, forum) == former
    ending = {"reason": "Withdrawn by the Council.", "evidence": "E/2024/1"}
    operations.end_standing(former, by=make_user(staff=True), at=NOW, **ending)
    assert held_before(organisation, forum) is None


def test_one_that_ended_by_itself_is(organisation, forum, former):
    Accreditation.objects.filter(pk=former.pk).update(holds_until=date(2024, 1, 1))
    assert operations.expire_standings(at=NOW) == 1
    assert held_before(organisation, forum) == Accreditation.objects.get(pk=former.pk)


def test_another_application_stands_against_it(organisation, forum, former, amina):
    operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="nhri"), by=amina, at=NOW)
    with pytest.raises(Refused, match="already said"):
        operations.confirm(organisation, forum=forum, former=former, by=amina, at=NOW)


def test_a_draft_goes_over_into_it(organisation, forum, former, amina):
    draft = operations.begin(organisation, forum=forum, basis=Basis.objects.get(pk="nhri"), by=amina, at=NOW)
    asked = operations.confirm(organisation, forum=forum, former=former, by=amina, at=NOW)
    assert (asked.pk, asked.basis_id, asked.status) == (draft.pk, "ecosoc", "submitted")


def test_only_who_speaks_confirms(client, organisation, forum, former, bruno):
    client.force_login(bruno)
    assert client.get(page(organisation, forum)).status_code == 404
    assert client.post(page(organisation, forum)).status_code == 404


# What the register says today -----------------------------------------------------------------------------------------


@pytest.fixture
def entry(former):
    register = Register.objects.create(kind="ecosoc", as_of=date(2026, 1, 1), source="a list")
    entry = register.entries.create(name="Harbour Light", status="special")
    Accreditation.objects.filter(pk=former.pk).update(register_entry=entry)
    former.refresh_from_db()
    return entry


def test_the_register_is_asked_again(client, organisation, forum, former, entry, amina):
    assert check_again(former).state == "same"
    entry.gone_on = date(2026, 1, 5)
    entry.save()
    former.refresh_from_db()
    assert check_again(former).state == "gone"
    Basis.objects.filter(pk="ecosoc").update(register="ecosoc")
    client.force_login(amina)
    assert "is no longer on the list" in client.get(page(organisation, forum)).content.decode()


def test_another_status_needs_the_word_of_who_decides(former, entry):
    basis = Basis.objects.get(pk="ecosoc")
    assert not needs_word(basis, entry), "a basis without such statuses rests on what the desk types"
    basis.passes_on = ["general"]
    assert needs_word(basis, entry)
    basis.passes_on = ["special"]
    assert passes_on(basis, entry)
    entry.gone_on = date(2026, 1, 1)
    assert not passes_on(basis, entry)


# The end of a standing ------------------------------------------------------------------------------------------------


def granted(organisation, forum, amina, **basis):
    Basis.objects.filter(pk="ecosoc").update(**basis)
    claim = operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    return lead_on(claim, amina)


def lead_on(claim, amina):
    desk = make_user(staff=True)
    operations.take_up(claim, by=desk, at=NOW)
    decision = {"decided_on": date(2024, 2, 29), "decided_by": "DESA", "evidence": "iCSO"}
    operations.recognise(claim, by=desk, at=NOW, **decision)
    return Accreditation.objects.select_related("basis", "forum").get(pk=claim.pk)


def test_what_is_granted_keeps_its_terms_and_its_last_day(organisation, forum, amina):
    standing = granted(organisation, forum, amina, most_words=700, holds="years", holds_years=3)
    Basis.objects.filter(pk="ecosoc").update(most_words=1, may_attend=False, holds_years=9)
    standing.refresh_from_db()
    standing.basis.refresh_from_db()
    assert (permits(standing).most_words, permits(standing).attend) == (700, True)
    assert standing.holds_until == date(2027, 2, 28)


@pytest.mark.parametrize("holds", ["forum", "register"])
def test_what_holds_for_a_forum_belongs_to_it_and_never_ends_by_itself(organisation, forum, amina, holds):
    standing = granted(organisation, forum, amina, holds=holds)
    assert standing.holds_until is None
    assert operations.expire_standings(at=datetime(2040, 1, 1, tzinfo=UTC)) == 0


def test_a_standing_ends_after_its_last_day_where_the_forum_is(organisation, forum, amina):
    standing = granted(organisation, forum, amina)
    Accreditation.objects.filter(pk=standing.pk).update(holds_until=date(2026, 3, 1))
    last_minute = datetime(2026, 3, 2, 4, 59, tzinfo=UTC)  # still 1 March in New York
    assert operations.expire_standings(at=last_minute) == 0
    assert operations.expire_standings(at=datetime(2026, 3, 2, 5, 0, tzinfo=UTC)) == 1
    assert operations.expire_standings(at=datetime(2026, 3, 3, 5, 0, tzinfo=UTC)) == 0
    ended = Accreditation.objects.get(pk=standing.pk)
    assert (ended.status, ended.steps.last().by) == ("expired", None)
    announce_steps()
    assert "The last day on which it held has passed." in Letter.objects.get(kind="accreditation/expired").text


def test_the_desk_ends_a_standing_with_reason_and_evidence(organisation, forum, amina):
    standing = granted(organisation, forum, amina)
    desk = make_user(staff=True)
    with pytest.raises(Refused, match="reason and the evidence"):
        operations.end_standing(standing, by=desk, at=NOW, reason="Withdrawn", evidence=" ")
    operations.end_standing(standing, by=desk, at=NOW, reason="Withdrawn by the Council.", evidence="E/2026/5")
    ended = Accreditation.objects.get(pk=standing.pk)
    assert ended.status == "expired"
    assert ended.evidence == "iCSO", "what was decided before stays on the record"
    assert not permits(ended)
    announce_steps()
    assert "E/2026/5" in Letter.objects.get(kind="accreditation/expired", to=amina.email).text
