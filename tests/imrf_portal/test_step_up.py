"""What is pressed on the desk needs a fresh proof of the second factor; one that is too old costs a code, never a word."""

import time
import uuid

import pytest
from django.contrib import admin
from django.urls import reverse

from accreditation.admin import list_decisions, registrations, screening, support
from forums.admin import duties, rewriting
from imrf_portal import step_up
from submissions.admin import verdicts
from tests import factories
from tests.browser import prove_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_refusals", "unwritten_pages")]
PROOF = "/accounts/2fa/reauthenticate/"


def proved_ago(client, minutes):
    """Make the proof of this session so old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - minutes * 60
    session.save()


def asked(answer) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(PROOF)


@pytest.fixture
def superuser(client, db):
    user = factories.make_user("sam", staff=True, is_superuser=True)
    client.force_login(user)
    prove_second_factor(client, user)
    return client


def pages():
    """Every page of the desk by its name, with an address that fits its pattern."""
    values = {"int": 1, "uuid": uuid.UUID(int=1), "slug": "2026", "path": "1", "str": "1"}
    found = {}
    for each in admin.site.urls[0]:
        for page in getattr(each, "url_patterns", [each]):
            kinds = {
                name: type(kind).__name__.removesuffix("Converter").lower() for name, kind in page.pattern.converters.items()
            }
            if page.name and page.name not in ("login", "app_list", *step_up.NEVER_ASKED):
                given = {name: values["str" if kind == "string" else kind] for name, kind in kinds.items()}
                found[page.name] = reverse(f"admin:{page.name}", kwargs=given)
    return found


ALL = pages()
SHOWING = {"forums_forum_dates": "set", "forums_call_extend": "extend", "forums_letter_rewrite": "keep"}


def untroubled(client) -> set:
    """The pages that take a press without asking for a proof."""
    return {name for name, address in ALL.items() if not asked(client.post(address, {SHOWING.get(name, "x"): "1"}))}


# The rule -------------------------------------------------------------------------------------------------------------


def test_no_page_of_the_desk_takes_a_press_with_an_old_proof(superuser):
    proved_ago(superuser, 60)
    assert untroubled(superuser) == set()
    assert len(ALL) > 200


def test_after_a_quarter_of_an_hour_everything_but_everyday_work_is_asked_for_a_proof(superuser):
    proved_ago(superuser, 15)
    taken = untroubled(superuser)
    assert taken == {name for name, of_it in step_up.EVERYDAY.items() if of_it is None}
    grave = ("forums_forum_convene", "forums_forum_board_send", "forums_session_release", "accreditation_merge_preview")
    for name in (*grave, "accreditation_user_change", "accreditation_speakingrequest_release", "forums_letter_act"):
        assert name not in taken


def test_what_is_named_as_everyday_work_exists():
    assert set(step_up.EVERYDAY) <= set(ALL)
    assert {
        *step_up.SHOWS_UNLESS,
        *step_up.SHOWS_IF,
        *step_up.ASKED_AT_THE_DOOR,
    } <= set(ALL)
    assert {"logout", "submissions_submission_presence"} == step_up.NEVER_ASKED


KEYS = {
    "submissions_submission_change": {decision.key for decision in verdicts.DECISIONS},
    "accreditation_accreditation_change": {decision.key for decision in screening.DECISIONS},
    "accreditation_nonobjectionlist_change": {act.key for act in list_decisions.ACTS},
    "forums_letter_act": set(rewriting.ACTS),
    "forums_milestone_decide": {decision.key for decision in duties.DECISIONS},
    **{
        f"{model._meta.app_label}_{model._meta.model_name}_changelist": set(room.actions)
        for model, room in admin.site._registry.items()
        if room.actions
    },
}
GRAVE = {
    "submissions_submission_change": {"publish", "publish_at", "take_down"},
    "submissions_submission_changelist": {"accept", "publish", "publish_at", "decline", "reopen"},
    "submissions_cosponsor_changelist": {"take_off"},
    "accreditation_accreditation_change": {"record_outcome", "end"},
    "accreditation_nonobjectionlist_change": {"freeze", "circulate", "lines", "outcome", "release"},
    "forums_letter_act": {"release", "send_now", "send_again"},
    "forums_letter_changelist": {"release", "send_now", "send_again"},
    "forums_milestone_decide": {decision.key for decision in duties.DECISIONS},
    "accreditation_user_changelist": {"end_sessions", "erase_selected"},
    "accreditation_deskscope_changelist": {"end"},
}


def test_every_decision_and_every_action_is_weighed():
    """A new one is grave until somebody says otherwise, here and in the table."""
    everyday = {page: (step_up.EVERYDAY.get(page) or ("", set()))[1] for page in KEYS}
    assert {page: keys - everyday[page] for page, keys in KEYS.items() if keys - everyday[page]} == GRAVE
    assert {page: everyday[page] - keys - {"note", "save", "seen"} for page, keys in KEYS.items()} == {
        page: set() for page in KEYS
    }
    assert {act.key for act in (*support.DECISIONS, registrations.CANCEL)} == {
        "grant",
        "decline",
        "provide",
        "look_again",
        "cancel",
    }


@pytest.mark.parametrize(("minutes", "refused"), [(14.9, False), (15, True)])
def test_a_letter_goes_out_with_a_proof_of_the_last_quarter_of_an_hour(superuser, minutes, refused):
    proved_ago(superuser, minutes)
    assert asked(superuser.post(ALL["forums_letter_act"], {"act": "send_now"})) is refused


@pytest.mark.parametrize(("minutes", "refused"), [(59.9, False), (60, True)])
def test_everyday_work_is_done_with_a_proof_of_the_last_hour(superuser, minutes, refused):
    proved_ago(superuser, minutes)
    assert asked(superuser.post(ALL["forums_letter_act"], {"act": "hold"})) is refused


def test_the_minutes_are_settings(superuser, settings):
    settings.STEP_UP_MINUTES, settings.STEP_UP_MINUTES_GRAVE = 5, 1
    proved_ago(superuser, 2)
    assert not asked(superuser.post(ALL["forums_letter_act"], {"act": "hold"}))
    assert asked(superuser.post(ALL["forums_letter_act"], {"act": "release"}))
    proved_ago(superuser, 5)
    assert asked(superuser.post(ALL["forums_letter_act"], {"act": "hold"}))


def test_a_grave_action_hides_behind_no_everyday_one(superuser):
    """Django carries out the first value of several, its QueryDict gives the last."""
    proved_ago(superuser, 20)
    both = {"action": ["publish", "take_up"], "index": "0", "_selected_action": str(uuid.UUID(int=1))}
    assert asked(superuser.post("/admin/submissions/submission/", both))


def test_reading_asks_for_nothing(superuser):
    proved_ago(superuser, 8 * 60)
    at_the_door = {name for name, address in ALL.items() if asked(superuser.get(address))}
    assert at_the_door == {"forums_forum_board_send", "forums_session_release", "accreditation_speakingrequest_release"}


def test_a_look_at_what_would_follow_asks_for_nothing(superuser, forum):
    proved_ago(superuser, 8 * 60)
    address = reverse("admin:forums_forum_dates", args=[forum.pk])
    days = {"first_day": "2026-06-09", "last_day": "2026-06-12"}
    assert superuser.post(address, days).status_code == 200
    assert asked(superuser.post(address, {**days, "set": "1"}))
