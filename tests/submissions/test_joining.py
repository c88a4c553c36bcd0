"""Joint inputs: nobody's name stands under a text that they did not agree to, whatever happens at one moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from forums.models import Letter
from forums.operations import announce_pending
from forums.refusals import Refused
from imrf_portal.invariants.joint import nobody_leaves_with_what_is_settled
from submissions import joint_letters, operations, permissions
from submissions.models import CoSponsor, CoSponsorStep, PublishedInput, Submission, SubmissionStep
from submissions.notifications import letters_for
from submissions.operations import joining
from tests.factories import (
    CLOSES,
    NOW,
    PATHS,
    join,
    make_call,
    make_draft,
    make_forum,
    make_organisation,
    make_standing,
    make_user,
)

pytestmark = pytest.mark.django_db
State = CoSponsor.State


@pytest.fixture
def bridge(forum):
    return make_organisation("Northern Bridge", focal_point=make_user("nora"))


def speaker(organisation):
    return organisation.memberships.get(role="focal_point").user


def ask(draft, organisation, by):
    return operations.ask_co_sponsor(draft, organisation, by=by, at=NOW)


def agree(row):
    mark = joining.mark_now(joining.text_in_hand(row.submission))
    return operations.agree(row, by=speaker(row.organisation), at=NOW, seen=mark)


def state(row):
    row = CoSponsor.objects.get(pk=row.pk)
    return row.state(joining.mark_now(joining.text_in_hand(row.submission)))


def revise(draft, by, **changes):
    edition = Submission.objects.get(pk=draft.pk).edition
    return operations.revise(draft, by=by, at=NOW, edition=edition, **changes)


def letters(kind):
    announce_pending(CoSponsorStep.objects.all(), joint_letters.letters_for, at=NOW)
    announce_pending(SubmissionStep.objects.all(), letters_for, at=NOW)
    return sorted(Letter.objects.filter(kind=f"submissions/{kind}").values_list("to", flat=True))


# Asking and answering ---------------------------------------------------------------------------------------------------


def test_a_body_is_asked_agrees_and_stands_under_what_is_sent(draft, amina, bridge):
    row = ask(draft, bridge, amina)
    assert state(row) == State.INVITED
    assert letters("joint_invited") == ["nora@example.org"]
    agree(row)
    assert letters("joint_answered") == ["amina@example.org"]
    version = operations.submit(draft, by=amina)
    [body] = version.content["co_sponsors"]
    row.refresh_from_db()
    assert (body["name"], body["agreed_to"]) == ("Northern Bridge", row.agreed_mark)
    assert letters("joint_sent") == ["nora@example.org"]


def test_an_input_of_one_organisation_says_nothing_of_co_sponsors(draft, amina):
    content = operations.submit(draft, by=amina).content
    assert not {"co_sponsors", "also_on_behalf_of", "dropped"} & set(content)


def test_the_text_that_was_agreed_to_counts_and_no_other(draft, amina, bridge):
    row = agree(ask(draft, bridge, amina))
    revise(draft, amina, text="Ten missions now answer complaints in four languages.")
    assert state(row) == State.OTHER_TEXT
    with pytest.raises(Refused, match="Waits for: Northern Bridge"):
        operations.submit(draft, by=amina)
    revise(draft, amina, text="Nine missions now\n\nanswer complaints in four languages.")
    assert state(row) == State.AGREED  # only its spacing differs
    operations.submit(draft, by=amina)


@pytest.mark.parametrize(
    "changes", [{"title": "Other"}, {"summary": "Other"}, {"level": "global"}, {"objectives": [3]}, {"language": "fr"}]
)
def test_every_word_and_choice_is_a_part_of_what_is_agreed_to(draft, amina, bridge, changes):
    row = agree(ask(draft, bridge, amina))
    revise(draft, amina, **changes)
    assert state(row) == State.OTHER_TEXT


def test_who_read_another_text_agrees_to_nothing(draft, amina, bridge):
    row = ask(draft, bridge, amina)
    seen = joining.mark_now(draft)
    revise(draft, amina, text="Another text.")
    with pytest.raises(Refused, match="changed while you read it"):
        operations.agree(row, by=speaker(bridge), at=NOW, seen=seen)
    assert state(row) == State.INVITED


def test_who_declined_is_not_named_and_holds_nobody_up(draft, amina, bridge):
    row = ask(draft, bridge, amina)
    operations.decline_joint(row, by=speaker(bridge), at=NOW, reason="Our board said no.")
    assert "co_sponsors" not in operations.submit(draft, by=amina).content


def test_the_lead_is_not_asked_and_nobody_twice(draft, amina, organisation, bridge):
    for act in (
        lambda: ask(draft, organisation, amina),
        lambda: operations.ask_co_sponsor_by_name(draft, "harbour light", by=amina, at=NOW),
    ):
        with pytest.raises(Refused, match="leads the input"):
            act()
    ask(draft, bridge, amina)
    with pytest.raises(Refused, match="in the list already"):
        ask(draft, bridge, amina)


def test_who_declined_or_was_taken_out_can_be_asked_again(draft, amina, bridge):
    row = ask(draft, bridge, amina)
    operations.take_out_co_sponsor(row, by=amina, at=NOW)
    assert letters("joint_dropped") == ["nora@example.org"]
    row = ask(draft, bridge, amina)
    operations.decline_joint(row, by=speaker(bridge), at=NOW)
    assert state(ask(draft, bridge, amina)) == State.INVITED
    assert CoSponsor.objects.count() == 1


def test_the_lead_does_not_name_whom_it_asked(draft, amina, bridge):
    operations.decline_joint(ask(draft, bridge, amina), by=speaker(bridge), at=NOW)
    with pytest.raises(Refused, match="was asked itself"):
        operations.name_on_behalf(draft, "northern bridge", by=amina, at=NOW)


def test_a_private_organisation_is_asked_by_its_exact_name_and_the_lead_learns_nothing(draft, amina, bridge):
    there = operations.ask_co_sponsor_by_name(draft, "northern  BRIDGE", by=amina, at=NOW)
    missing = operations.ask_co_sponsor_by_name(draft, "Southern Bridge", by=amina, at=NOW)
    assert (there.organisation, missing.organisation) == (bridge, None)
    assert [str(row) for row in (there, missing)] == ["northern BRIDGE", "Southern Bridge"]  # as they were typed
    assert {state(row) for row in (there, missing)} == {State.INVITED}
    assert letters("joint_invited") == ["nora@example.org"]
    assert str(agree(there)) == "Northern Bridge"


def test_an_organisation_is_asked_by_the_address_of_its_focal_point(draft, amina, bridge):
    assert operations.ask_co_sponsor_by_name(draft, "NORA@example.org", by=amina, at=NOW).organisation == bridge
    again = operations.ask_co_sponsor_by_name(draft, "Northern Bridge", by=amina, at=NOW)
    assert again.organisation is None  # that both are one is nobody's business


# Sending ---------------------------------------------------------------------------------------------------------------


def test_a_call_that_drops_the_silent_ones_sends_without_them_and_tells_them(draft, amina, bridge):
    draft.call.joint_rule = "drop"
    draft.call.save()
    silent = make_organisation("Silent Shore", focal_point=make_user("sam"))
    agree(ask(draft, bridge, amina))
    row = ask(draft, silent, amina)
    content = operations.submit(draft, by=amina).content
    assert [body["name"] for body in content["co_sponsors"]] == ["Northern Bridge"]
    assert [body["name"] for body in content["dropped"]] == ["Silent Shore"]
    row.refresh_from_db()
    assert row.ended == "dropped"
    assert letters("joint_dropped") == ["sam@example.org"]


def test_sending_is_refused_when_the_list_is_not_the_one_that_was_shown(draft, amina, bridge):
    row = agree(ask(draft, bridge, amina))
    shown = joining.list_mark([row], row.agreed_mark)
    operations.decline_joint(row, by=speaker(bridge), at=NOW)
    with pytest.raises(Refused, match="list of co-sponsors changed"):
        operations.submit(draft, by=amina, sponsors_seen=shown)
    assert Submission.objects.get(pk=draft.pk).status == "draft"


def test_after_the_sending_nothing_can_be_taken_back_but_one_can_leave_until_it_is_public(
    draft, amina, bridge, elena, settings
):
    row = agree(ask(draft, bridge, amina))
    operations.submit(draft, by=amina, at=NOW)
    with pytest.raises(Refused, match="was sent meanwhile"):
        operations.decline_joint(row, by=speaker(bridge), at=NOW)
    operations.leave(row, by=speaker(bridge), at=NOW, reason="We have a new board.")
    told = ["amina@example.org", "amina@example.org", settings.CONTACT_EMAIL]  # that it agreed, that it left; the desk
    assert letters("joint_answered") == sorted(told)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)
    published = PublishedInput.objects.get(submission=submission)
    assert (published.co_sponsors, published.co_sponsor_keys) == ([], [])


def test_after_publication_the_desk_takes_a_name_off_the_page(draft, amina, bridge, elena, client):
    row = agree(ask(draft, bridge, amina))
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)
    page = f"/en/inputs/{submission.reference}/"
    assert "Northern Bridge" in client.get(page).content.decode()
    with pytest.raises(Refused, match="Write to the desk"):
        operations.leave(row, by=speaker(bridge), at=NOW)
    operations.take_off_by_desk(row, by=elena, at=NOW + timedelta(minutes=1))
    assert "Northern Bridge" not in client.get(page).content.decode()


@pytest.fixture
def without(draft, amina, bridge, elena):
    """A published joint input, and the draft of a correction from which its lead took the co-sponsor out."""
    row = agree(ask(draft, bridge, amina))
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)
    change = operations.correct(submission, by=amina, at=NOW, reason="It no longer stands under this.")
    operations.take_out_co_sponsor(row, by=amina, at=NOW)
    return submission, change, CoSponsor.objects.get(pk=row.pk)


def names_shown(submission):
    published = PublishedInput.objects.get(submission=submission)
    return [body["name"] for body in published.co_sponsors]


def test_a_body_taken_out_with_a_correction_stands_until_it_is_approved(without, amina, bridge, elena, client):
    submission, change, row = without
    assert (row.ended, names_shown(submission)) == ("", ["Northern Bridge"])
    assert permissions.stands_under(speaker(bridge), submission)
    version = operations.submit(change, by=amina, at=NOW)
    assert "co_sponsors" not in version.content
    assert names_shown(submission) == ["Northern Bridge"]
    assert letters("joint_dropped") == []
    operations.approve(version.proposal, by=elena, at=NOW)
    row.refresh_from_db()
    assert (row.ended, row.leaves_with_id, names_shown(submission)) == ("taken_out", None, [])
    assert letters("joint_dropped") == ["nora@example.org"]


@pytest.mark.parametrize("end", ["refuse", "take_back", "discard", "keep"])
def test_where_the_correction_comes_to_nothing_the_agreement_stands(without, amina, bridge, elena, end):
    submission, change, row = without
    if end == "discard":
        operations.discard(change, by=amina, at=NOW)
    elif end == "keep":
        operations.ask_co_sponsor(submission, bridge, by=amina, at=NOW)
    else:
        proposal = operations.submit(change, by=amina, at=NOW).proposal
        reason = {"reason": "It was agreed."} if end == "refuse" else {}
        getattr(operations, end)(proposal, by=elena, at=NOW, **reason)
    row.refresh_from_db()
    assert (row.ended, row.leaves_with_id, row.answer) == ("", None, "agreed")
    assert names_shown(submission) == ["Northern Bridge"]
    assert list(nobody_leaves_with_what_is_settled()) == []


def test_who_leaves_with_a_correction_is_neither_waited_for_nor_reminded_nor_asked(without, amina, bridge):
    _submission, change, row = without
    revise(change, amina, text="Another text.")
    operations.tell_of_changed_texts(at=NOW + timedelta(days=2))
    assert letters("joint_changed") == []
    with pytest.raises(Refused, match="no longer asked"):
        agree(row)
    assert operations.submit(change, by=amina, at=NOW).content["text"] == "Another text."


def test_a_change_to_what_was_sent_needs_them_again(call, organisation, amina, bridge):
    draft = make_draft(call=call, organisation=organisation, by=amina)
    row = agree(ask(draft, bridge, amina))
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    change = operations.amend(sent, by=amina, at=NOW)
    assert state(row) == State.AGREED  # nothing was changed yet
    revise(change, amina, text="A better text.")
    assert state(row) == State.OTHER_TEXT
    with pytest.raises(Refused, match="Waits for"):
        operations.submit(change, by=amina, at=NOW)
    agree(CoSponsor.objects.get(pk=row.pk))
    version = operations.submit(change, by=amina, at=NOW)
    assert (version.number, len(version.content["co_sponsors"])) == (2, 1)


def test_a_change_may_consist_of_a_new_co_sponsor_alone(draft, amina, bridge):
    operations.submit(draft, by=amina, at=NOW)
    change = operations.amend(Submission.objects.get(pk=draft.pk), by=amina, at=NOW)
    agree(ask(change, bridge, amina))
    assert operations.submit(change, by=amina, at=NOW).content["co_sponsors"][0]["name"] == "Northern Bridge"


def test_who_discards_a_draft_leaves_nobody_waiting(draft, amina, bridge):
    ask(draft, bridge, amina)
    operations.discard(draft, by=amina, at=NOW)
    assert letters("joint_dropped") == ["nora@example.org"]
    assert not CoSponsor.objects.exists()


def test_co_sponsors_hear_of_a_withdrawal_and_of_a_publication(draft, amina, bridge, elena):
    agree(ask(draft, bridge, amina))
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW + timedelta(seconds=1))
    operations.withdraw(submission, by=amina, at=NOW + timedelta(seconds=2))
    assert letters("joint_moved") == ["nora@example.org"] * 2


# One own input for each organisation ------------------------------------------------------------------------------------


def test_a_call_can_take_one_own_input_and_any_number_of_joint_ones(forum, organisation, amina, bridge):
    call = make_call(forum, one_own_input=True)
    first, second, third, fourth = (make_draft(call=call, organisation=organisation, by=amina) for _ in range(4))
    sent = operations.submit(first, by=amina, at=NOW)
    with pytest.raises(Refused, match=f"one own input.*{sent.content['reference']}"):
        operations.submit(second, by=amina, at=NOW)
    for each in (third, fourth):
        agree(ask(each, bridge, amina))
        operations.submit(each, by=amina, at=NOW)
    operations.withdraw(Submission.objects.get(pk=first.pk), by=amina, at=NOW)
    operations.submit(second, by=amina, at=NOW)
    with pytest.raises(Refused, match="one own input"):
        operations.reinstate(Submission.objects.get(pk=first.pk), by=amina, at=NOW)


def test_bodies_named_by_the_lead_alone_make_no_joint_input(forum, organisation, amina):
    call = make_call(forum, one_own_input=True)
    first, second = (make_draft(call=call, organisation=organisation, by=amina) for _ in range(2))
    operations.submit(first, by=amina, at=NOW)
    operations.name_on_behalf(second, "Somebody Else", by=amina, at=NOW)
    with pytest.raises(Refused, match="one own input"):
        operations.submit(second, by=amina, at=NOW)


# Reminders ---------------------------------------------------------------------------------------------------------------


def test_the_silent_ones_are_reminded_seven_and_two_days_before_the_closing_once_each(forum, organisation, amina, bridge):
    call = make_call(forum, window="open")
    draft = make_draft(call=call, organisation=organisation, by=amina, at=NOW - timedelta(days=10))
    other = make_organisation("Second Shore", focal_point=make_user("sue"))
    row = operations.ask_co_sponsor(draft, bridge, by=amina, at=NOW - timedelta(days=9))
    agree(operations.ask_co_sponsor(draft, other, by=amina, at=NOW - timedelta(days=9)))
    told = []
    for days in (8, 7, 6.9, 5, 2, 1.9, 0.5):
        told.append(operations.remind_co_sponsors(at=CLOSES - timedelta(days=days)))
    assert told == [0, 1, 0, 0, 1, 0, 0]
    assert {letter.to for letter in Letter.objects.filter(kind="submissions/joint_reminder")} == {"nora@example.org"}
    assert state(row) == State.INVITED


def test_a_changed_text_is_told_once_and_at_most_once_a_day(draft, amina, bridge):
    agree(ask(draft, bridge, amina))
    hours = lambda n: NOW + timedelta(hours=n)  # noqa: E731

    def change(text, at):
        edition = Submission.objects.get(pk=draft.pk).edition
        operations.revise(draft, by=amina, at=at, edition=edition, text=text)

    change("One.", hours(1))
    assert operations.tell_of_changed_texts(at=hours(1.2)) == 0  # somebody is still typing
    assert operations.tell_of_changed_texts(at=hours(2)) == 1
    assert operations.tell_of_changed_texts(at=hours(3)) == 0
    change("Two.", hours(4))
    assert operations.tell_of_changed_texts(at=hours(5)) == 0
    assert operations.tell_of_changed_texts(at=hours(26.1)) == 1
    assert operations.tell_of_changed_texts(at=hours(60)) == 0


# At one moment ------------------------------------------------------------------------------------------------------------


def race(*acts):
    """Let each act run in a thread and connection of its own, begun together; returns what each raised, or None."""
    barrier, outcome = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            act()
        except Exception as why:
            outcome[place] = why
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


def contradicts(draft, row):
    """Whether the input names a body that had said no before it was sent."""
    version = Submission.objects.get(pk=draft.pk).versions.first()
    named = bool(version and version.content.get("co_sponsors"))
    return named and CoSponsor.objects.get(pk=row.pk).answer == "declined"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(6))
def test_a_decline_at_the_moment_of_sending_comes_before_it_or_after_it(_round):
    amina = make_user("amina")
    draft = make_draft(by=amina)
    bridge = make_organisation("Northern Bridge", focal_point=make_user("nora"))
    row = agree(ask(draft, bridge, amina))
    nora = speaker(bridge)
    sent, declined = race(lambda: operations.submit(draft, by=amina), lambda: operations.decline_joint(row, by=nora, at=NOW))
    assert sent is None
    assert not contradicts(draft, row)
    named = "co_sponsors" in Submission.objects.get(pk=draft.pk).versions.get().content
    assert isinstance(declined, Refused) is named


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_a_decline_would_slip_in_beside_the_sending(monkeypatch):
    """The row of the input is not held: the decline is stored while the sending has read the agreement already."""
    amina = make_user("amina")
    draft = make_draft(by=amina)
    bridge = make_organisation("Northern Bridge", focal_point=make_user("nora"))
    row = agree(ask(draft, bridge, amina))
    nora, read, declined = speaker(bridge), threading.Event(), threading.Event()

    def slow(*args, **kwargs):
        with transaction.atomic():
            rows = CoSponsor.objects.filter(submission=draft.pk).select_related("organisation")
            part = joining.sending._content(list(rows), row.agreed_mark, [])
        read.set()
        declined.wait(20)
        return part

    monkeypatch.setattr(joining, "settle", slow)
    monkeypatch.setattr(
        joining.answering, "held", lambda pk: Submission.objects.select_related("call__forum", "organisation").get(pk=pk)
    )

    def decline():
        read.wait(20)
        operations.decline_joint(row, by=nora, at=NOW)
        declined.set()

    assert race(lambda: operations.submit(draft, by=amina), decline) == [None, None]
    assert contradicts(draft, row)


@pytest.mark.django_db(transaction=True)
def test_of_two_own_inputs_sent_at_one_moment_a_call_for_one_takes_one():
    amina = make_user("amina")
    organisation = make_organisation("Harbour Light", focal_point=amina)
    call = make_call(make_forum(), one_own_input=True)
    drafts = [make_draft(call=call, organisation=organisation, by=amina) for _ in range(2)]
    outcome = race(*(lambda draft=draft: operations.submit(draft, by=amina) for draft in drafts))
    assert [type(each) for each in outcome if each] == [Refused]
    assert Submission.objects.filter(status="submitted").count() == 1


# Who stands where, and who may not read it at the desk -------------------------------------------------------------------


def test_they_stand_in_the_order_of_the_united_nations_on_every_public_surface(draft, amina, forum, elena, client):
    bodies = {name: make_organisation(name, focal_point=make_user()) for name in ("Zeta Union", "Ñandú", "Nube", "Oso")}
    make_standing(bodies["Zeta Union"], forum)
    for body in bodies.values():
        agree(ask(draft, body, amina))
    operations.name_on_behalf(draft, "Alpha Village", address="12 Secret Road", by=amina, at=NOW)
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)

    def order(address):
        page = client.get(address).content.decode()
        assert "Secret Road" not in page
        names = ("Harbour Light", *bodies, "Alpha Village")
        return [name for _place, name in sorted((page.find(name, page.find("<h1")), name) for name in names)]

    page = f"inputs/{submission.reference}/"
    assert order(f"/en/{page}") == ["Harbour Light", "Zeta Union", "Ñandú", "Nube", "Oso", "Alpha Village"]
    assert order(f"/es/{page}") == ["Harbour Light", "Zeta Union", "Nube", "Ñandú", "Oso", "Alpha Village"]
    listed = client.get("/en/inputs/").content.decode()
    assert listed.index("Zeta Union") < listed.index("Ñandú")
    assert "Secret Road" not in listed
    answer = client.get(f"/api/v1/inputs/{submission.reference}/").json()
    assert [body["name"] for body in answer["co_sponsors"]] == ["Zeta Union", "Ñandú", "Nube", "Oso", "Alpha Village"]
    own = client.get(f"/en/organisations/{bodies['Oso'].slug}/").content.decode()
    assert submission.reference in own
    assert client.get(f"/en/inputs/?organisation={bodies['Nube'].slug}").content.decode().count(submission.reference) >= 1
    assert submission.reference in client.get("/en/inputs/?q=Zeta").content.decode()


def test_nobody_reviews_an_input_under_which_their_own_organisation_stands(draft, amina, bridge, ravi, elena):
    for person in (ravi, elena):
        join(bridge, person, "viewer")
    row = ask(draft, bridge, amina)
    agree(row)
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    asked = (permissions.may_review, permissions.may_publish, permissions.may_note)
    assert not any(may(person, submission) for may in asked for person in (ravi, elena))
    assert [list(Submission.objects.filter(status="submitted").visible_to(person)) for person in (ravi, elena)] == [[], []]
    operations.leave(row, by=speaker(bridge), at=NOW)
    assert permissions.may_review(ravi, submission)
