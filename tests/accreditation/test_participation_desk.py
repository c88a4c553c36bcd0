"""The desk's rooms about who takes part: who decides what, one wins of two, nothing typed is lost, released once."""

import csv
import io
import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accreditation.models import (
    ForumTerms,
    Reading,
    Registration,
    Representative,
    SpeakerRelease,
    SpeakingRequest,
    SupportRequest,
)
from accreditation.participation import registering, representing, supporting, wishing
from accreditation.tasks import announce_steps
from forums.models import Letter
from forums.refusals import MovedMeanwhile
from imrf_portal.worklist import work_of
from tests.accreditation.participation import (
    LATER,
    asked,
    asked_for_support,
    make_participant,
    make_speaking_session,
    make_terms,
    registered,
    release,
    staged,
    words,
)
from tests.factories import CLOSES, NOW, join, make_call, make_user
from tests.forums.programmes import make_session

pytestmark = pytest.mark.django_db
ROLES = ("reviewer", "editor", "accreditation", "forum manager", "administrator", "nobody")
CHOOSERS = ("accreditation", "forum manager")


@pytest.fixture
def officer(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


@pytest.fixture
def session(forum):
    return make_speaking_session(forum)


@pytest.fixture
def standing(forum, amina):
    return make_participant(forum, by=amina, name="Harbour Light")


@pytest.fixture
def desk(desk_client, officer):
    return desk_client(officer)


SEND = {"letters": "send"}


def colleague(role):
    return make_user(staff=True, roles=[] if role == "nobody" else [role])


def row(name, thing):
    return reverse(f"admin:accreditation_{name}_change", args=[thing.pk])


def of_session(session, name="session"):
    return reverse(f"admin:accreditation_speakingrequest_{name}", args=[session.pk])


def hidden(page, start=""):
    """The hidden answers of a page, as a browser would send them back."""
    return dict(re.findall(rf'<input type="hidden" name="({start}[\w-]+)" value="([^"]*)"', page))


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client, address, decision, seen=None, **typed):
    """Open the page, or take what was `seen` earlier, and press a button."""
    seen = hidden(shown(client, address), "seen-") if seen is None else seen
    said = {f"{decision}-{name}": value for name, value in typed.items()}
    return client.post(address, {**seen, "letters": "send", **said, "decision": decision})


# Choosing speakers ---------------------------------------------------------------------------------------------------


def choices(client, session, **typed):
    """The form of a session's page as a browser would send it, with `w<pk>_choice` and the like typed into it."""
    page = shown(client, of_session(session))
    return {**as_shown(page), **{name.replace("_", "-", 1): value for name, value in typed.items()}}


def as_shown(page):
    fields = {name: value for name, value in hidden(page).items() if re.match(r"w\d+-", name)}
    for name, inside in re.findall(r'<select name="(w\d+-choice)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = (re.findall(r'value="([^"]*)"\s+selected', inside) or [""])[0]
    for tag in re.findall(r"<input[^>]*>", page):
        if name := re.search(r'name="(w\d+-(?:place|reason))"', tag):
            fields[name[1]] = (re.findall(r'value="([^"]*)"', tag) or [""])[0]
    return fields


def keep(client, session, fields):
    return client.post(of_session(session), fields)


@pytest.fixture
def three(forum, session):
    return [asked(session, make_participant(forum, name=name)) for name in ("Zebra", "Anchor", "Mango")]


@pytest.mark.parametrize("role", ROLES)
def test_who_opens_the_pages_of_speakers(desk_client, session, three, role):
    client = desk_client(colleague(role))
    pages = [
        reverse("admin:accreditation_speakingrequest_changelist"),
        of_session(session),
        of_session(session, "release"),
        row("speakingrequest", three[0]),
    ]
    expected = 200 if role in CHOOSERS else 403
    assert {client.get(page).status_code for page in pages} == {expected}
    assert client.post(of_session(session, "move_up")).status_code == (302 if role in CHOOSERS else 403)


def test_looking_without_choosing(desk_client, session, three):
    """Who may only look sees the wishes and no form, and posts nothing."""
    person = make_user(staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="view_speakingrequest"))
    client = desk_client(person)
    page = shown(client, of_session(session))
    assert "Anchor" in page
    assert "-choice" not in page
    assert client.get(of_session(session, "release")).status_code == 404
    assert client.post(of_session(session), {f"w{three[0].pk}-choice": "chosen"}).status_code == 404
    assert client.post(of_session(session, "move_up")).status_code == 404


def test_a_session_without_wishes_has_no_such_page(desk, forum, session):
    assert desk.get(of_session(session)).status_code == 404


def test_wishes_stand_by_the_alphabet_with_the_balance_beside(desk, session, three):
    page = shown(desk, of_session(session))
    assert page.index("Anchor") < page.index("Mango") < page.index("Zebra")
    for title in ("UN regional group", "Kind of organisation", "Gender of the speaker", "First-time", "Least developed"):
        assert title in page


def test_choices_are_kept_together_and_nobody_is_told(desk, officer, session, three):
    zebra, anchor, mango = three
    fields = choices(desk, session, **{f"w{anchor.pk}_choice": "chosen", f"w{mango.pk}_choice": "reserve"})
    fields |= {f"w{mango.pk}-place": "1", f"w{mango.pk}-reason": "Another region"}
    assert keep(desk, session, fields).status_code == 302
    staged_as = {wish.pk: (wish.staged, wish.reserve_position) for wish in SpeakingRequest.objects.all()}
    assert staged_as == {zebra.pk: ("", None), anchor.pk: ("chosen", None), mango.pk: ("reserve", 1)}
    assert SpeakingRequest.objects.get(pk=anchor.pk).staged_by == officer
    announce_steps()
    assert not Letter.objects.exclude(kind="accreditation/speaking_received").exists()


def test_the_page_that_is_saved_unchanged_changes_nothing(desk, officer, session, three):
    other = make_user(staff=True)
    staged(three[0], "reserve", other, place=3, reason="A reason, “quoted”")
    assert keep(desk, session, choices(desk, session)).status_code == 302
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged_by == other


def test_two_people_choose_at_once_and_the_second_sees_what_the_first_put(desk_client, officer, session, three):
    first, second = colleague("accreditation"), officer
    opened = choices(desk_client(second), session)
    staged(three[0], "not_chosen", first, reason="zqfirst")
    wish = f"w{three[0].pk}"
    late = keep(desk_client(second), session, {**opened, f"{wish}-choice": "chosen", f"{wish}-reason": "zqsecond"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "zqfirst" in page
    assert "zqsecond" in page
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged == "not_chosen"
    again = keep(desk_client(second), session, as_shown(page))
    assert again.status_code == 302
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged_reason == "zqsecond"


def test_lines_that_only_somebody_else_touched_are_left_alone(desk_client, officer, session, three):
    opened = choices(desk_client(officer), session, **{f"w{three[1].pk}_choice": "chosen"})
    staged(three[0], "not_chosen", colleague("accreditation"))
    assert keep(desk_client(officer), session, opened).status_code == 302
    found = {wish.pk: wish.staged for wish in SpeakingRequest.objects.all()}
    assert found == {three[0].pk: "not_chosen", three[1].pk: "chosen", three[2].pk: ""}


def test_what_was_typed_about_a_wish_withdrawn_meanwhile_is_given_back(desk, session, three):
    wish = f"w{three[0].pk}"
    opened = choices(desk, session, **{f"{wish}_choice": "not_chosen", f"{wish}_reason": "zqreason"})
    opened[f"w{three[1].pk}-choice"] = "chosen"
    wishing.withdraw_wish(three[0], by=three[0].requested_by, at=NOW)
    late = keep(desk, session, opened)
    assert late.status_code == 409
    assert "zqreason" in late.content.decode()
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged == ""
    assert SpeakingRequest.objects.get(pk=three[1].pk).staged == "chosen"  # what nothing stood against is kept


@pytest.mark.parametrize(
    ("name", "typed"), [("place", "0"), ("place", "two"), ("choice", "president"), ("reason", "x" * 501)]
)
def test_a_line_that_is_wrong_comes_back_with_what_was_typed(desk, session, three, name, typed):
    wish = f"w{three[0].pk}"
    late = keep(desk, session, {**choices(desk, session), f"{wish}-choice": "reserve", f"{wish}-{name}": typed})
    assert late.status_code == 409
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged == ""
    if name != "choice":
        assert f'value="{typed}"' in late.content.decode()


def test_ones_own_organisation_has_no_form_and_takes_no_choice(desk, officer, session, three):
    join(three[0].accreditation.organisation, officer, "viewer")
    page = shown(desk, of_session(session))
    wish = f"w{three[0].pk}"
    assert f"{wish}-choice" not in page
    assert "a colleague decides" in page
    keep(desk, session, {f"{wish}-choice": "chosen", f"{wish}-seen": "x", f"{wish}-was": "y"})
    assert SpeakingRequest.objects.get(pk=three[0].pk).staged == ""


def test_needs_of_a_speaker_are_read_with_the_right_to_and_noted(desk_client, officer, session):
    wish = asked(session, access_needs="zqneeds")
    assert "zqneeds" in shown(desk_client(officer), row("speakingrequest", wish))
    assert Reading.objects.filter(what="needs", by=officer).count() == 1
    assert "zqneeds" not in shown(desk_client(officer), of_session(session))
    manager = colleague("forum manager")
    assert "zqneeds" not in shown(desk_client(manager), row("speakingrequest", wish))
    assert not Reading.objects.filter(by=manager).exists()


# Releasing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(three, officer):
    """Anchor is to be chosen, Mango first on the reserve list, Zebra not chosen."""
    zebra, anchor, mango = three
    staged(anchor, "chosen", officer)
    staged(mango, "reserve", officer, place=1)
    staged(zebra, "not_chosen", officer, reason="zqreason")
    return three


def previewed(client, session):
    return {"seen": hidden(shown(client, of_session(session, "release")))["seen"]}


def test_the_preview_says_what_everybody_will_be_answered_and_changes_nothing(desk, session, ready):
    page = shown(desk, of_session(session, "release"))
    assert page.index("Anchor") < page.index("Mango") < page.index("Zebra")
    assert "zqreason" in page
    assert "3 people get a letter, all at the same time." in page
    assert not SpeakerRelease.objects.exists()


def test_a_release_answers_everybody_once(desk, officer, session, ready):
    seen = previewed(desk, session)
    assert desk.post(of_session(session, "release"), {**seen, "note": "Agreed on Monday", **SEND}).status_code == 302
    announce_steps()
    made = SpeakerRelease.objects.get()
    assert (made.by, made.note, made.number) == (officer, "Agreed on Monday", 1)
    assert Letter.objects.exclude(kind="accreditation/speaking_received").count() == 3
    again = desk.post(of_session(session, "release"), {**seen, "note": "zqnote"})
    assert again.status_code == 409
    assert "zqnote" in again.content.decode()
    announce_steps()
    assert SpeakerRelease.objects.count() == 1
    assert Letter.objects.exclude(kind="accreditation/speaking_received").count() == 3


def test_what_changed_after_the_preview_is_not_released_and_the_note_stays(desk, session, ready, officer):
    seen = previewed(desk, session)
    staged(ready[0], "chosen", officer)
    late = desk.post(of_session(session, "release"), {**seen, "note": "zqnote"})
    assert late.status_code == 409
    assert "zqnote" in late.content.decode()
    assert not SpeakerRelease.objects.exists()
    assert desk.post(of_session(session, "release"), {**hidden(late.content.decode()), **SEND}).status_code == 302


def test_while_one_has_no_choice_the_page_says_who_and_releases_nothing(desk, session, forum, ready):
    asked(session, make_participant(forum, name="Oasis"))
    page = shown(desk, of_session(session, "release"))
    assert "1 request has no choice yet, but everybody must be answered: Oasis" in page
    assert desk.post(of_session(session, "release"), {**previewed(desk, session), "note": ""}).status_code == 409
    assert not SpeakerRelease.objects.exists()


def test_a_place_given_up_is_given_to_the_first_on_the_reserve_list_by_one_button(desk, session, officer, ready):
    release(session, officer)
    assert "Move up" not in shown(desk, of_session(session))
    anchor = SpeakingRequest.objects.get(pk=ready[1].pk)
    wishing.withdraw_wish(anchor, by=anchor.requested_by, at=LATER)
    page = shown(desk, of_session(session))
    assert "1 place was given up." in page
    assert "Move up: <bdi>Mango</bdi>" in page
    for _again in range(2):
        assert desk.post(of_session(session, "move_up"), SEND).status_code == 302
    assert SpeakingRequest.objects.get(status="chosen").pk == ready[2].pk
    assert SpeakingRequest.objects.get(pk=ready[2].pk).steps.filter(became="chosen").count() == 1


def test_looking_at_the_address_that_moves_up_moves_nobody(desk, session, ready):
    assert desk.get(of_session(session, "move_up")).status_code == 405


def test_the_page_of_a_session_costs_the_same_for_many(desk, session, forum, ready, count_statements):
    desk.get(of_session(session))
    few = count_statements(lambda: desk.get(of_session(session)))
    for _number in range(8):
        asked(session, make_participant(forum))
    assert count_statements(lambda: desk.get(of_session(session))) == few


def test_sessions_stand_above_the_list_with_their_counts(desk, session, officer, three):
    staged(three[0], "chosen", officer)
    answer = desk.get(reverse("admin:accreditation_speakingrequest_changelist"))
    found = answer.context["sessions"].get()
    assert (found.pk, found.wishes, found.waiting, found.open_choices) == (session.pk, 3, 3, 2)
    assert of_session(session) in answer.content.decode()


# Persons -------------------------------------------------------------------------------------------------------------


def test_needs_are_read_by_those_who_register_persons_and_each_look_is_noted(desk, officer, standing):
    person = registered(standing, access_needs="zqneeds")
    assert "zqneeds" in shown(desk, row("registration", person))
    noted = Reading.objects.get(what="needs")
    assert (noted.by, noted.of, noted.accreditation) == (officer, str(person.key), standing)
    listed = shown(desk, reverse("admin:accreditation_registration_changelist"))
    assert "zqneeds" not in listed
    join(standing.organisation, officer, "viewer")
    assert "zqneeds" not in shown(desk, row("registration", person))
    assert Reading.objects.filter(what="needs").count() == 1


@pytest.mark.parametrize("role", [role for role in ROLES if role != "accreditation"])
def test_other_roles_see_no_person(desk_client, standing, role):
    person = registered(standing)
    client = desk_client(colleague(role))
    for address in (
        row("registration", person),
        reverse("admin:accreditation_registration_changelist"),
        reverse("admin:accreditation_registration_csv") + f"?forum={standing.forum.slug}",
    ):
        assert client.get(address).status_code == 403
    assert client.post(row("registration", person), {"decision": "cancel", "cancel-reason": "Ill"}).status_code == 403


def test_the_desk_cancels_with_a_reason_and_the_second_of_two_loses_no_text(desk, standing, amina):
    person = registered(standing)
    address = row("registration", person)
    seen = hidden(shown(desk, address), "seen-")
    assert press(desk, address, "cancel", seen, reason="").status_code == 200
    registering.cancel(person, reason="Ill", by=amina, at=NOW)
    late = press(desk, address, "cancel", seen, reason="zqreason")
    assert late.status_code == 409
    assert "zqreason" in late.content.decode()
    assert Registration.objects.get().cancelled_because == "Ill"
    other = registered(standing)
    assert press(desk, row("registration", other), "cancel", reason="No seat is left").status_code == 302
    assert Letter.objects.filter(kind="accreditation/registration_cancelled", to=other.email).count() == 1


def test_nobody_cancels_for_their_own_organisation(desk, officer, standing):
    person = registered(standing)
    join(standing.organisation, officer)
    assert press(desk, row("registration", person), "cancel", reason="Ill").status_code == 404
    assert Registration.objects.get().cancelled_at is None


def table(client, standing, **asked_for):
    answer = client.get(reverse("admin:accreditation_registration_csv"), {"forum": standing.forum.slug, **asked_for})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_has_those_who_come_and_needs_only_when_asked_for(desk, officer, standing, amina):
    registered(standing, name="Ada Comes", access_needs="zqneeds")
    registering.cancel(registered(standing, name="Bo Cancelled"), reason="Ill", by=amina, at=NOW)
    fallen = make_participant(standing.forum)
    registered(fallen, name="Cleo Fallen")
    fallen.status = "expired"
    fallen.save()
    rows = table(desk, standing)
    assert [line[3] for line in rows[1:]] == ["Ada Comes"]
    assert "Access needs" not in rows[0]
    assert not Reading.objects.exists()
    rows = table(desk, standing, needs="on")
    assert rows[1][-1] == "zqneeds"
    assert Reading.objects.get().by == officer
    join(standing.organisation, officer)
    assert table(desk, standing, needs="on")[1][-1] == ""


def test_needs_are_in_no_table_of_who_may_only_look(desk_client, standing):
    registered(standing, access_needs="zqneeds")
    person = make_user(staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="view_registration"))
    client = desk_client(person)
    assert len(table(client, standing)) == 2
    asked_for = {"forum": standing.forum.slug, "needs": "on"}
    assert client.get(reverse("admin:accreditation_registration_csv"), asked_for).status_code == 403
    assert "zqneeds" not in shown(client, row("registration", Registration.objects.get()))


def test_a_table_of_one_event_and_no_formula_in_it(desk, standing):
    registered(standing, event="hearing", name="=cmd()")
    registered(standing, event="forum", name="Ada Comes")
    assert [line[3] for line in table(desk, standing, event="hearing")[1:]] == ["'=cmd()"]
    asked_for = {"forum": standing.forum.slug, "event": "dinner"}
    assert desk.get(reverse("admin:accreditation_registration_csv"), asked_for).status_code == 404
    assert desk.get(reverse("admin:accreditation_registration_csv"), {"forum": "nowhere"}).status_code == 404


@pytest.mark.parametrize(
    ("chosen", "found"),
    [("state=comes", {"Ada"}), ("state=cancelled", {"Bo"}), ("letter=missing", {"Ada", "Bo"}), ("letter=there", set())],
)
def test_filters_of_persons(desk, standing, amina, chosen, found):
    registered(standing, name="Ada")
    registering.cancel(registered(standing, name="Bo"), reason="Ill", by=amina, at=NOW)
    answer = desk.get(f"{reverse('admin:accreditation_registration_changelist')}?{chosen}&forum={standing.forum.slug}")
    assert {person.name for person in answer.context["cl"].result_list} == found


# Support -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def support(forum, standing, amina):
    make_terms(forum, support_open=True, support_groups=["ldc"], support_text_en="zqtext")
    return asked_for_support(standing.organisation, forum, amina, words="zqwords")


DECISION = {"decided_on": "2026-01-19", "decided_by": "Office Example"}


@pytest.mark.parametrize("role", ROLES)
def test_who_decides_about_support(desk_client, support, role):
    client = desk_client(colleague(role))
    address = row("supportrequest", support)
    if role == "accreditation":
        assert press(client, address, "grant", **DECISION).status_code == 302
    else:
        assert client.get(address).status_code == 403
        assert client.post(address, {"decision": "grant"}).status_code == 403
    support.refresh_from_db()
    assert support.status == ("granted" if role == "accreditation" else "requested")


def test_the_page_shows_what_was_asked_which_groups_apply_and_the_forums_text(desk, support):
    page = shown(desk, row("supportrequest", support))
    for word in ("zqwords", "zqtext", "Nepal", "Travel", "Least developed countries", "Other stakeholders"):
        assert word in page


def test_a_grant_is_recorded_and_what_was_provided_follows(desk, officer, support):
    address = row("supportrequest", support)
    press(desk, address, "grant", **DECISION)
    press(desk, address, "provide", provided="A flight", provided_by="Agency Example")
    support.refresh_from_db()
    assert (support.decided_on, support.decided_by) == (date(2026, 1, 19), "Office Example")
    assert (support.provided, support.provided_by) == ("A flight", "Agency Example")
    announce_steps()
    assert Letter.objects.filter(kind="accreditation/support_granted").count() == 1


def test_what_was_not_granted_is_told_with_the_reason_and_can_be_opened_again(desk, support):
    address = row("supportrequest", support)
    refused = press(desk, address, "decline", **DECISION)
    assert refused.status_code == 200
    assert 'value="Office Example"' in refused.content.decode()
    press(desk, address, "decline", **DECISION, reason="The means were used up.")
    press(desk, address, "look_again", reason="New means came.")
    support.refresh_from_db()
    assert [step.became for step in support.steps.all()] == ["not_granted", "requested"]
    assert support.status == "requested"


def test_a_decision_of_tomorrow_is_refused_and_stays_in_the_form(desk, support):
    refused = press(desk, row("supportrequest", support), "grant", decided_on="2090-01-01", decided_by="zqoffice")
    assert refused.status_code == 200
    assert "cannot lie in the future" in refused.content.decode()
    assert "zqoffice" in refused.content.decode()
    assert SupportRequest.objects.get().status == "requested"


def test_the_second_of_two_who_decide_sees_what_happened_and_loses_no_text(desk, support):
    address = row("supportrequest", support)
    seen = hidden(shown(desk, address), "seen-")
    supporting.grant(support, decided_on=date(2026, 1, 19), decided_by="Office", by=colleague("accreditation"), at=NOW)
    late = press(desk, address, "decline", seen, **DECISION, reason="zqreason")
    assert late.status_code == 409
    assert "zqreason" in late.content.decode()
    assert SupportRequest.objects.get().status == "granted"


def test_what_the_organisation_changed_meanwhile_is_looked_at_before_it_is_decided(desk, support, amina):
    address = row("supportrequest", support)
    seen = hidden(shown(desk, address), "seen-")
    said = {"country": support.country, "needs": ["visa"], "words": "zqnew"}
    supporting.change_request(support, words=said, by=amina, at=NOW)
    late = press(desk, address, "grant", seen, **{**DECISION, "decided_by": "zqoffice"})
    assert late.status_code == 409
    assert "zqnew" in late.content.decode()
    assert "zqoffice" in late.content.decode()


def test_nobody_decides_about_support_for_their_own_organisation(desk, officer, support):
    join(support.organisation, officer, "viewer")
    assert press(desk, row("supportrequest", support), "grant", **DECISION).status_code == 404
    assert SupportRequest.objects.get().status == "requested"


@pytest.mark.parametrize(("group", "count"), [("ldc", 1), ("stakeholder", 1), ("sids", 0), ("none", 0), ("nonsense", None)])
def test_requests_are_filtered_by_group(desk, support, group, count):
    answer = desk.get(reverse("admin:accreditation_supportrequest_changelist"), {"group": group}, follow=True)
    if count is None:
        assert "named a filter that does not exist" in answer.content.decode()
    else:
        assert answer.context["cl"].result_count == count


# Representatives and terms -------------------------------------------------------------------------------------------

VOICE = {
    "voice": "civil_society",
    "name": "Ada Example",
    "chosen_by": "The steering committee",
    "chosen_on": "2026-01-10",
    "evidence": "Minutes of 10 January",
}
ADD = reverse("admin:accreditation_representative_add")


def test_a_successor_replaces_and_whoever_was_recorded_stays(desk, officer, forum):
    assert desk.post(ADD, {**VOICE, "forum": forum.pk, "public": "on"}).status_code == 302
    assert desk.post(ADD, {**VOICE, "forum": forum.pk, "name": "Omar Sample"}).status_code == 302
    ada, omar = Representative.objects.order_by("pk")
    assert (ada.replaced_at is None, omar.replaced_at) == (False, None)
    assert (omar.name, omar.chosen_by, omar.recorded_by) == ("Omar Sample", "The steering committee", officer)
    assert list(representing.shown_of(forum)) == []  # the one recorded last is not marked public


def test_who_chose_them_and_the_evidence_are_asked_for(desk, forum):
    refused = desk.post(ADD, {**VOICE, "forum": forum.pk, "chosen_by": "", "evidence": ""})
    assert set(refused.context["adminform"].form.errors) == {"chosen_by", "evidence"}
    assert 'value="Ada Example"' in refused.content.decode()
    assert not Representative.objects.exists()


def test_somebody_faster_by_a_moment_is_said_above_what_was_typed(desk, forum, monkeypatch):
    def faster(*args, **kwargs):
        raise MovedMeanwhile("Somebody else has just recorded a representative.")

    monkeypatch.setattr(representing, "record_representative", faster)
    refused = desk.post(ADD, {**VOICE, "forum": forum.pk})
    assert refused.status_code == 200
    assert "Somebody else has just recorded" in refused.content.decode()
    assert 'value="Ada Example"' in refused.content.decode()


def test_who_was_replaced_is_not_corrected(desk, forum):
    desk.post(ADD, {**VOICE, "forum": forum.pk})
    desk.post(ADD, {**VOICE, "forum": forum.pk, "name": "Omar Sample"})
    ada, omar = Representative.objects.order_by("pk")
    desk.post(row("representative", ada), {"name": "Somebody", "seen": "{}"})
    ada.refresh_from_db()
    assert ada.name == "Ada Example"
    desk.post(row("representative", omar), {**VOICE, "name": "Omar Corrected", "seen": "{}"})
    omar.refresh_from_db()
    assert (omar.name, omar.replaced_at) == ("Omar Corrected", None)


def test_terms_are_set_with_their_text_in_six_languages(desk, forum):
    texts = {f"support_text_{language}": f"zq{language}" for language in ("en", "fr", "es", "ar", "zh_hans", "ru")}
    known = {field.name for field in ForumTerms._meta.get_fields()}
    texts = {name: text for name, text in texts.items() if name in known}
    assert len(texts) == 6
    said = {"forum": forum.pk, "most_persons": "3", "support_groups": ["ldc", "sids"], "support_open": "on", **texts}
    answer = desk.post(reverse("admin:accreditation_forumterms_add"), said)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = ForumTerms.objects.get()
    assert (made.most_persons, made.support_groups, made.support_open) == (3, ["ldc", "sids"], True)
    assert {name: getattr(made, name) for name in texts} == texts


def test_two_people_set_terms_and_the_second_is_told_what_the_first_changed(desk, forum):
    made = make_terms(forum, most_persons=2)
    address = row("forumterms", made)
    seen = re.search(r'name="seen" value="([^"]*)"', shown(desk, address))[1].replace("&quot;", '"')
    make_terms(forum, most_persons=5)
    late = desk.post(address, {"most_persons": "7", "seen": seen})
    assert late.status_code == 200
    assert "it is now “5”" in late.content.decode()
    assert 'value="7"' in late.content.decode()
    assert ForumTerms.objects.get().most_persons == 5


def test_a_page_that_came_incomplete_turns_nothing_off(desk, forum):
    made = make_terms(forum, accredited_public=True)
    assert desk.post(row("forumterms", made), {}).status_code == 200
    assert ForumTerms.objects.get().accredited_public is True


def test_a_change_of_a_wish_makes_a_page_of_the_desk_old(desk, session, standing, amina):
    wish = asked(session, standing)
    opened = choices(desk, session, **{f"w{wish.pk}_choice": "chosen"})
    wishing.change_wish(wish, words=words(topic="zqnew"), by=amina, at=NOW)
    late = keep(desk, session, opened)
    assert late.status_code == 409
    assert "zqnew" in late.content.decode()
    assert SpeakingRequest.objects.get().staged == ""


# Ways there ----------------------------------------------------------------------------------------------------------


def waiting_lines(user, at):
    return {line.label: line for part in work_of(user, at=at) for line in part.lines}


CHOOSE, DECIDE = "Sessions whose speakers are to be chosen", "Requests for support to be decided"


def test_the_work_list_counts_sessions_whose_list_has_closed_and_leads_to_them(desk, officer, session, three):
    other = make_speaking_session(session.forum, kind="plenary", day="2026-05-06", title="Another")
    staged(asked(other), "chosen", officer)
    release(other, officer)
    assert waiting_lines(officer, NOW)[CHOOSE].count == 0  # the call is still open
    line = waiting_lines(officer, CLOSES)[CHOOSE]
    assert (line.count, line.since) == (1, CLOSES)
    answer = desk.get(line.url)  # the clock on the wall is long past the closing
    assert {wish.session for wish in answer.context["cl"].result_list} == {session}
    assert list(answer.context["sessions"]) == [session]
    for wish in three:
        staged(wish, "not_chosen", officer)
    release(session, officer)
    assert waiting_lines(officer, CLOSES)[CHOOSE].count == 0


def test_a_session_waits_only_for_the_calls_that_ask_for_it(officer, forum):
    first, second = forum.round_tables.all()[:2]
    make_call(forum, purpose="speaking", window="open", round_table=first)
    wanted = make_session(forum, kind="round_table", round_table=first)
    asked(wanted)
    make_call(forum, purpose="speaking", window="now", round_table=second)  # open for decades, for another
    assert waiting_lines(officer, CLOSES)[CHOOSE].count == 1
    make_call(forum, purpose="speaking", window="now")
    assert waiting_lines(officer, CLOSES)[CHOOSE].count == 0


def test_the_work_list_counts_support_that_nobody_decided_and_leads_to_it(desk, officer, support):
    line = waiting_lines(officer, NOW)[DECIDE]
    assert (line.count, line.since) == (1, NOW)
    assert desk.get(line.url).context["cl"].result_count == 1
    supporting.grant(support, decided_on=NOW.date(), decided_by="Office", by=officer, at=NOW)
    assert waiting_lines(officer, NOW)[DECIDE].count == 0


@pytest.mark.parametrize("role", ROLES)
def test_whose_work_list_has_these_lines(forum, support, three, role):
    found = set(waiting_lines(colleague(role), CLOSES)) & {CHOOSE, DECIDE}
    assert found == {"accreditation": {CHOOSE, DECIDE}, "forum manager": {CHOOSE}}.get(role, set())


def test_the_page_of_a_forum_leads_to_its_speakers(desk_client, forum):
    address = reverse("admin:forums_forum_change", args=[forum.pk])
    page = shown(desk_client(colleague("forum manager")), address)
    assert f"{reverse('admin:accreditation_speakingrequest_changelist')}?forum={forum.slug}" in page
    assert reverse("admin:accreditation_registration_changelist") + "?" not in page
    assert reverse("admin:accreditation_registration_changelist") + "?" in shown(
        desk_client(colleague("accreditation")), address
    )
