"""What the desk does with records and persons shows its letters first: merging, undoing, handing over, cancelling."""

import pytest
from django.urls import reverse

from accreditation.models import Membership, Merge, Registration
from forums.models import FormerWords, Letter
from forums.operations import outbox
from forums.refusals import Refused
from tests.accreditation.participation import make_participant, registered
from tests.factories import join, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk_client, dalia):
    return desk_client(dalia)


def kind(name):
    return Letter.objects.filter(kind=f"accreditation/{name}")


def in_other_words(shown, subject, text):
    return {f"letters-subject-{shown['end']}": subject, f"letters-text-{shown['end']}": text}


# Two records -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def records(amina, bruno):
    bruno.language = "fr"
    bruno.save()
    kept = make_organisation("Harbour Light", focal_point=amina, acronym="HL")
    return kept, make_organisation("Harbour Lights", focal_point=bruno, acronym="HLS")


def merge(desk, records, **typed):
    kept, gone = records
    address = f"{reverse('admin:accreditation_merge_preview')}?gone={gone.pk}&kept={kept.pk}"
    seen = desk.get(address).context["form"].initial["seen"]
    said = {"seen": seen, "reason": "Same number.", "name": "alias", "people": "keep"}
    return desk.post(address, {**said, **typed}), address


def test_a_merge_shows_its_letters_in_each_language_and_merges_nothing(desk, records):
    page, address = merge(desk, records)
    assert {shown["letter"].language for shown in page.context["letters"]} == {"en", "fr"}
    assert not (Merge.objects.exists())
    assert not (kind("merged").exists())
    assert "Same number." in desk.get(address).content.decode()
    merge(desk, records, letters="send")
    assert {(one.to, one.text) for one in kind("merged")} == {
        (shown["letter"].to, shown["letter"].text) for shown in page.context["letters"]
    }


def test_one_letter_of_a_merge_goes_out_in_other_words_and_the_former_ones_are_kept(desk, records, bruno, dalia):
    shown = next(one for one in merge(desk, records)[0].context["letters"] if one["letter"].to == bruno.email)
    words = in_other_words(shown, "Deux fiches, une seule", "Bonjour.")
    assert merge(desk, records, letters="send", **words)[0].status_code == 200  # they contradict
    assert merge(desk, records, letters="words", **words)[0].status_code == 302
    letter = kind("merged").get(to=bruno.email)
    assert (letter.subject, letter.rewritten_by) == ("Deux fiches, une seule", dalia)
    assert FormerWords.objects.get().letter == letter


def test_a_merge_without_letters_needs_a_reason_and_they_never_go_out(desk, records):
    assert "has to hear of this" in merge(desk, records, letters="none")[0].content.decode()
    merge(desk, records, letters="none", **{"letters-reason": "They asked for it together."})
    assert {(one.is_withheld, one.last_error) for one in kind("merged")} == {(True, "They asked for it together.")}
    assert not Letter.objects.filter(kind="accreditation/merged").waiting().exists()
    with pytest.raises(Refused, match="was decided"):
        outbox.release(kind("merged").first())


def test_undoing_shows_its_letters_too(desk, records):
    merge(desk, records, letters="send")
    page = reverse("admin:accreditation_merge_change", args=[Merge.objects.get().pk])
    assert len(desk.post(page, {"decision": "undo"}).context["letters"]) == 2
    assert Merge.objects.get().undone_at is None
    assert desk.post(page, {"decision": "undo", "letters": "send"}).status_code == 302
    assert kind("merge_undone").count() == 2


# People ----------------------------------------------------------------------------------------------------------------


def test_handing_over_shows_each_letter_and_carries_out_nothing_until_it_is_pressed(desk, organisation, amina):
    taker = join(organisation, make_user(), "drafter")
    page = reverse("admin:accreditation_organisation_hand_over", args=[organisation.pk])
    gone = Membership.objects.get(user=amina)
    seen = desk.get(page).context["form"].initial["seen"]
    typed = {"seen": seen, "to": taker.pk, "ending": [gone.pk], "reason": "She left; letter of 5 January."}
    kinds = sorted(shown["letter"].kind for shown in desk.post(page, typed).context["letters"])
    assert kinds[0] == "accreditation/membership_ended"
    assert Membership.objects.get(pk=taker.pk).role == "drafter"
    assert "letter of 5 January" in desk.get(page).content.decode()
    assert desk.post(page, {**typed, "letters": "send"}).status_code == 302
    assert sorted(Letter.objects.values_list("kind", flat=True)) == kinds
    assert Membership.objects.get(pk=taker.pk).role == "focal_point"


def test_a_cancelled_registration_shows_its_letters_and_costs_the_same_however_many_come(
    desk_client, forum, count_statements
):
    desk = desk_client(make_user(staff=True, roles=["accreditation"]))
    standing = make_participant(forum)

    def press(person, **typed):
        page = reverse("admin:accreditation_registration_change", args=[person.pk])
        seen = {f"seen-{name}": value for name, value in desk.get(page).context["seen"].items()}
        return desk.post(page, {**seen, "decision": "cancel", "cancel-reason": "Ill.", **typed})

    person = registered(standing)
    assert len(press(person).context["letters"]) == 2
    few = count_statements(lambda: press(person))
    for _number in range(3):
        other = registered(standing)
    assert count_statements(lambda: press(other)) == few
    assert Registration.objects.filter(cancelled_at=None).count() == 4
    assert press(person, letters="send").status_code == 302
    assert kind("registration_cancelled").count() == 2
