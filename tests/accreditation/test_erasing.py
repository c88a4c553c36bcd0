"""Erasure: histories let only it pass, all or nothing, looked at first; by command, at the desk, also without an account."""

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction
from django.urls import reverse

from accreditation.models import Erasure, User
from accreditation.personal.closing import close
from accreditation.personal.erasing import erase, find
from accreditation.personal.parts import append_only_triggers
from accreditation.personal.previewing import preview
from accreditation.personal.who import who_is
from forums.models import Letter
from tests.accreditation.participation import make_participant, registered
from tests.factories import NOW, make_organisation, make_submission, make_user
from tests.tampering import reworded

pytestmark = pytest.mark.django_db


def test_histories_let_only_an_erasure_pass(amina):
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        amina.history.update(email="x@example.org")
    erase(who_is(amina), by=None, at=NOW)
    assert set(amina.history.values_list("email", flat=True)) == {f"erased-{amina.pk}@erased.invalid"}
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        amina.history.update(email="x@example.org")


def test_the_reason_for_which_the_desk_ended_a_membership_stays_without_the_name(amina, organisation):
    User.objects.filter(pk=amina.pk).update(name="Amina Njoroge")
    row = organisation.memberships.filter(user=amina)
    row.update(until=NOW, ended="by_desk", message="Amina Njoroge has left, says the letter of 3 May.")
    erase(find(amina.email), by=None, at=NOW)
    said = "[erased] has left, says the letter of 3 May."
    assert row.get().message == said
    assert set(row.get().history.values_list("message", flat=True)) == {"", said}


def test_the_door_through_the_triggers_is_only_that_of_histories_with_people():
    assert "accreditation.UserHistory:append_only" in append_only_triggers()
    assert "forums.CallHistory:append_only" not in append_only_triggers()
    assert {trigger.name for _model, trigger in pgtrigger.registered(*append_only_triggers())} == {"append_only"}


def test_what_fails_in_between_leaves_everything_as_it_was(amina, monkeypatch):
    monkeypatch.setattr("accreditation.personal.erasing._say_farewell", lambda *args, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(who_is(amina), by=None, at=NOW)
    assert User.objects.get(pk=amina.pk).email == "amina@example.org"
    assert amina.emailaddress_set.count() == 1


def test_the_preview_counts_and_changes_nothing(amina, draft):
    before = list(User.objects.values())
    counted = preview(who_is(amina)).as_dict()
    assert counted["account.EmailAddress"] == {"erased": 1, "stripped": 0, "kept": 0}
    assert counted["accreditation.Membership"]["stripped"] == 1
    assert counted["submissions.Submission"] == {"erased": 0, "stripped": 0, "kept": 1}
    assert list(User.objects.values()) == before
    assert Erasure.objects.count() == 0


def test_the_command_looks_first_and_then_erases(amina, capsys):
    call_command("erase_person", "AMINA@example.org", "--dry-run")
    assert "Nothing was changed." in capsys.readouterr().out
    assert User.objects.get(pk=amina.pk).is_active
    call_command("erase_person", "amina@example.org")
    assert "Erased;" in capsys.readouterr().out
    for address, sentence in (("amina@example.org", "erased before"), ("nobody@example.org", "Nothing is kept")):
        with pytest.raises(CommandError, match=sentence):
            call_command("erase_person", address)


def test_somebody_without_an_account_is_erased_by_their_address(forum):
    standing = make_participant(forum)
    row = registered(standing, name="Nadia Njoroge", email="nadia@example.org", access_needs="A ramp")
    others = registered(standing, name="Bo", email="bo@example.org", access_needs="A ramp")
    erase(find("Nadia@example.org"), by=None, at=NOW)
    row.refresh_from_db()
    assert (row.name, row.access_needs, row.cancelled_at) == ("[erased]", "", NOW)
    assert row.email.endswith("@erased.invalid")
    others.refresh_from_db()
    assert (others.name, others.access_needs, others.cancelled_at) == ("Bo", "A ramp", None)


def test_an_administrator_looks_first_types_the_address_and_erases(desk_client, dalia, amina, draft):
    client = desk_client(dalia)
    page = reverse("admin:accreditation_user_erase", args=[amina.pk])
    listed = reverse("admin:accreditation_user_changelist")
    chosen = client.post(listed, {"action": "erase_selected", "_selected_action": [amina.pk]})
    assert chosen.headers["Location"] == page
    two = client.post(listed, {"action": "erase_selected", "_selected_action": [amina.pk, dalia.pk]}, follow=True)
    assert "Choose one person" in two.content.decode()
    assert "Stays, and why" in client.get(page).content.decode()
    assert "This is another address." in client.post(page, {"email": "x@example.org"}).content.decode()
    assert client.post(page, {"email": amina.email}).status_code == 302
    assert Erasure.objects.get().by == dalia
    assert "erased before" in client.get(page).content.decode()


@pytest.mark.parametrize("role", ["reviewer", "editor", "accreditation", "forum manager"])
def test_only_administrators_erase_and_nobody_themselves(desk_client, dalia, amina, role):
    page = reverse("admin:accreditation_user_erase", args=[amina.pk])
    assert desk_client(make_user("staff", staff=True, roles=[role])).get(page).status_code == 403
    own = reverse("admin:accreditation_user_erase", args=[dalia.pk])
    assert desk_client(dalia).get(own).status_code == 403


def test_names_are_put_aside_only_where_they_are_whole(amina):
    User.objects.filter(pk=amina.pk).update(name="Hope Ali")
    who = who_is(User.objects.get(pk=amina.pk))
    words = [*who.addresses, *who.full_names]
    assert who.without("Hope Alimov and hope ali; amina@example.org.", words) == (
        f"Hope Alimov and [erased]; erased-{amina.pk}@erased.invalid."
    )
    assert who.without("not.amina@example.org, amina@example.org.ke", words) == "not.amina@example.org, amina@example.org.ke"
    single = who_is(make_user("hope"))
    assert (single.full_names, single.without("Hope left.", single.all_names)) == ([], "[erased] left.")


def test_nobody_takes_words_out_of_other_records_by_calling_themselves_so(amina, bruno, organisation, call):
    """A name is looked for only in what is about one's own organisations; an address everywhere."""
    theirs = make_submission(call=call, organisation=organisation, by=amina)
    reworded(theirs.steps.all(), note="The Network asks bruno@example.org for the year.")
    letter = write_to(amina.email, "The Network asks for the year.")
    User.objects.filter(pk=bruno.pk).update(name="The Network")
    erase(find(bruno.email), by=None, at=NOW)
    assert theirs.steps.get().note == f"The Network asks erased-{bruno.pk}@erased.invalid for the year."
    assert Letter.objects.get(pk=letter.pk).text == "The Network asks for the year."


def write_to(address, text):
    said = {"kind": "submissions/clarification_asked", "language": "en", "subject": text, "text": text}
    return Letter.objects.create(key=address, to=address, written_at=NOW, not_before=NOW, sent_at=NOW, tries=1, **said)


def test_the_address_is_free_again(amina):
    close(amina, at=NOW)
    assert make_user("amina").pk != amina.pk
    assert make_organisation(focal_point=find("amina@example.org").user).memberships.count() == 1
