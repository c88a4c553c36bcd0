"""Somebody of the desk is named in a note with @: told once, found on the work list; only who may see the input."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums.models import Letter
from imrf_portal.worklist import work_of
from submissions import operations
from submissions.mentions import meant_in
from submissions.models import Conflict, Mention, Note
from tests.factories import NOW, join, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(call, organisation, amina):
    return make_submission(call=call, organisation=organisation, by=amina)


def named(address, name):
    person = make_user(address, staff=True, roles=["reviewer"])
    type(person).objects.filter(pk=person.pk).update(name=name)
    person.refresh_from_db()
    return person


def page_of(submission, name="change"):
    return reverse(f"admin:submissions_submission_{name}", args=[submission.pk])


def note(submission, by, text):
    return operations.add_note(submission, by=by, at=NOW, text=text)


def told():
    return list(Mention.objects.order_by("pk").values_list("person__name", flat=True))


def waiting_for(person):
    return next((line for part in work_of(person, at=now()) for line in part.lines if "mention you" in line.label), None)


def test_who_is_named_gets_one_letter_that_leads_to_the_note_and_does_not_hold_it(sent, ravi, elena):
    made = note(sent, elena, "@Ravi, is this zqsecret the same as last year? @ravi!")
    [letter] = Letter.objects.filter(kind="submissions/mentioned")
    assert (letter.to, told()) == (ravi.email, ["Ravi"])
    assert f"{page_of(sent)}#note-{made.pk}" in letter.text
    assert "zqsecret" not in letter.text + letter.html + letter.subject
    assert made.unknown == []


def test_the_longest_name_is_meant_an_address_names_too_and_nobody_tells_themselves(sent, ravi, elena):
    kumar = named("ravi.kumar", "Ravi Kumar")
    note(sent, elena, f"@Ravi Kumar and @{ravi.email}: look. I, @Elena, did. Write to a@ravi.example.org.")
    assert sorted(told()) == ["Ravi", "Ravi Kumar"]
    assert Letter.objects.filter(kind="submissions/mentioned", to=kumar.email).count() == 1


@pytest.mark.parametrize("why", ["member", "declared", "other role", "suspended", "nobody"])
def test_who_may_not_see_the_input_is_as_unknown_as_nobody(sent, ravi, elena, organisation, why):
    if why == "member":
        join(organisation, ravi)
    elif why == "declared":
        Conflict.objects.create(user=ravi, submission=sent, ground="family", reason="A cousin.", by=ravi, at=NOW)
    elif why == "other role":
        ravi.groups.clear()
    else:
        type(ravi).objects.filter(pk=ravi.pk).update(is_active=False) if why == "suspended" else ravi.groups.clear()
    made = note(sent, elena, "@Ravi, look.")
    assert (told(), made.unknown) == ([], ["@Ravi,"])
    assert Letter.objects.filter(kind="submissions/mentioned").count() == 0


def test_two_people_of_one_name_are_told_apart_by_their_addresses(sent, ravi, elena):
    other = named("ravi2", "Ravi")
    assert meant_in("@Ravi", sent, besides=elena) == ([], ["@Ravi"])
    assert meant_in(f"@{other.email}", sent, besides=elena) == ([other], [])


def test_it_stands_on_the_work_list_and_in_the_queue_until_it_was_seen_or_answered(desk_client, sent, ravi, elena):
    note(sent, elena, "@Ravi, look.")
    line = waiting_for(ravi)
    assert (line.count, line.url.endswith("?q=mentioned")) == (1, True)
    client = desk_client(ravi)
    assert [each.pk for each in client.get(line.url).context["cl"].result_list] == [sent.pk]
    assert "I saw what mentions me" in client.get(page_of(sent)).content.decode()
    client.post(page_of(sent), {"decision": "seen"})
    assert waiting_for(ravi).count == 0
    assert "I saw what mentions me" not in client.get(page_of(sent)).content.decode()
    note(sent, elena, "@Ravi, and this?")
    note(sent, ravi, "It is.")
    assert waiting_for(ravi).count == 0


def test_a_note_whose_input_is_closed_to_the_mentioned_since_is_neither_counted_nor_listed(desk_client, sent, ravi, elena):
    note(sent, elena, "@Ravi, look.")
    Conflict.objects.create(user=ravi, submission=sent, ground="family", reason="A cousin.", by=ravi, at=NOW)
    assert waiting_for(ravi).count == 0
    assert list(desk_client(ravi).get(waiting_for(ravi).url).context["cl"].result_list) == []


def test_names_are_offered_to_who_writes_notes_without_those_who_may_not_see_it(
    desk_client, sent, ravi, elena, organisation
):
    conflicted = named("rania", "Rania")
    join(organisation, conflicted)
    page, desk = page_of(sent, "colleagues"), desk_client(elena)
    assert desk.get(page, {"q": "ra"}).json() == {"names": ["Ravi"]}
    assert desk.get(page, {"q": "el"}).json() == {"names": []}
    listed = desk.get(page).content.decode()
    assert ("Ravi" in listed, "Rania" in listed) == (True, False)
    assert desk_client(conflicted).get(page, {"q": "ra"}).status_code == 404
    assert desk.post(page).status_code == 405


def test_the_review_page_says_whom_it_could_not_tell_and_keeps_the_note(desk_client, sent, elena):
    answer = desk_client(elena).post(page_of(sent), {"decision": "note", "note": "@Nobody, look."}, follow=True)
    assert "Nobody was told of @Nobody," in answer.content.decode()
    assert Note.objects.get().text == "@Nobody, look."
