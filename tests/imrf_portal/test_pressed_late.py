"""What was pressed on the desk with too old a proof: nothing is carried out, nothing typed is lost."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.accreditation.test_desk_views import EVIDENCE, change, press
from tests.browser import prove_second_factor, totp_code
from tests.forums.test_desk_views import fields_of
from tests.imrf_portal.rooms import make_claim
from tests.imrf_portal.test_step_up import asked, proved_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(organisation, forum, amina):
    return make_claim(organisation, forum, by=amina)


@pytest.fixture
def desk(client, dalia):
    client.force_login(dalia)
    prove_second_factor(client, dalia)
    return client


def prove(client, answer):
    """Give the code that was asked for; returns the page to which it leads."""
    code = totp_code()
    proved = client.post(answer.headers["Location"], {"code": code, "next": _next_of(answer)})
    assert proved.status_code == 302, proved.content.decode()
    return client.get(proved.headers["Location"])


def _next_of(answer):
    return parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]


def pressed_again(page) -> dict:
    """What the button of that page posts."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_a_late_decision_is_carried_out_after_the_proof_with_every_word(desk, claim):
    press(desk, claim, "take_up")
    proved_ago(desk, 61)
    words = {**EVIDENCE, "evidence": "iCSO, seen on 15 January 2026 <& “quoted”>\r\nsecond line"}
    late = press(desk, claim, "not_held", **words)
    assert asked(late)
    claim.refresh_from_db()
    assert claim.status == "screening"
    page = prove(desk, late)
    assert page.context["to"] == change(claim)
    assert [answer["text"] for answer in page.context["kept"]] == ["send", words["decided_on"], "DESA", words["evidence"]]
    done = desk.post(page.context["to"], pressed_again(page.content.decode()))
    assert done.status_code == 302
    claim.refresh_from_db()
    assert (claim.status, claim.evidence.split()) == ("not_accredited", words["evidence"].split())
    assert not any("pressed-late" in str(value) for value in desk.session.values())


def test_whoever_goes_back_to_the_page_finds_the_words_in_the_form(desk, claim):
    press(desk, claim, "take_up")
    proved_ago(desk, 61)
    page = prove(desk, press(desk, claim, "not_held", **EVIDENCE))
    back = desk.get(page.context["back"])
    panel = next(panel for panel in back.context["panels"] if panel.decision.key == "not_held")
    assert panel.open
    assert [str(panel.form[name].value()) for name in EVIDENCE] == list(EVIDENCE.values())
    assert "Nothing was carried out yet" in back.content.decode()


def test_what_was_decided_meanwhile_by_others_is_said_after_the_proof(desk, claim, ravi):
    press(desk, claim, "take_up")
    proved_ago(desk, 61)
    page = prove(desk, press(desk, claim, "not_held", **EVIDENCE))
    claim.refresh_from_db()
    claim.move("withdrawn", by=ravi, at=factories.NOW)
    stale = desk.post(page.context["to"], pressed_again(page.content.decode()))
    assert stale.status_code == 409
    assert EVIDENCE["evidence"] in stale.content.decode()


def test_a_form_of_a_room_is_filled_again(desk, forum):
    address = reverse("admin:forums_forum_change", args=[forum.pk])
    typed = {**fields_of(desk.get(address)), "chair_en": "A name looked up for an hour"}
    proved_ago(desk, 61)
    page = prove(desk, desk.post(address, typed))
    assert "A name looked up for an hour" in page.content.decode()
    form = desk.get(address).context["adminform"].form
    assert form["chair_en"].value() == "A name looked up for an hour"
    assert form["seen"].value() == typed["seen"]
    assert desk.get(address).context["adminform"].form["chair_en"].value() != "A name looked up for an hour"


def test_a_form_that_was_refilled_and_one_that_is_pressed_again_save_the_same(desk, forum):
    address = reverse("admin:forums_forum_change", args=[forum.pk])
    typed = {**fields_of(desk.get(address)), "chair_en": "Somebody else"}
    proved_ago(desk, 61)
    page = prove(desk, desk.post(address, typed))
    assert desk.post(address, pressed_again(page.content.decode())).status_code == 302
    forum.refresh_from_db()
    assert forum.chair == "Somebody else"


def test_the_ticked_rows_of_a_list_are_kept(desk, claim):
    proved_ago(desk, 61)
    listed = reverse("admin:accreditation_accreditation_changelist") + "?status=submitted"
    late = desk.post(
        listed, {"action": "take_up", "_selected_action": [claim.pk]}, headers={"referer": f"http://testserver{listed}"}
    )
    page = prove(desk, late)
    assert (page.context["to"], page.context["back"]) == (listed, listed)
    desk.post(page.context["to"], pressed_again(page.content.decode()))
    claim.refresh_from_db()
    assert claim.status == "screening"


def test_a_file_has_to_be_chosen_again_and_the_rest_is_kept(desk, dalia):
    proved_ago(desk, 61)
    address = reverse("admin:accreditation_registerimport_add")
    page = prove(desk, desk.post(address, {"source": "iCSO, today", "file": SimpleUploadedFile("list.csv", b"name\n")}))
    shown = page.content.decode()
    assert page.context["files"] == ["file"]
    assert 'enctype="multipart/form-data"' in shown
    assert pressed_again(shown) == {"source": "iCSO, today"}


def test_the_way_back_never_leaves_the_desk(desk, claim):
    proved_ago(desk, 61)
    late = desk.post(change(claim), {"decision": "take_up"}, headers={"referer": "https://evil.example/admin/"})
    assert prove(desk, late).context["back"] == change(claim)
    assert desk.get("/admin/again/?page=/admin/nothing/").headers["Location"] == "/admin/"


def test_a_wrong_code_carries_nothing_out(desk, claim):
    proved_ago(desk, 61)
    late = press(desk, claim, "take_up")
    assert desk.post(late.headers["Location"], {"code": "000000"}).status_code == 200
    assert asked(press(desk, claim, "take_up"))
    claim.refresh_from_db()
    assert claim.status == "submitted"


def test_nothing_that_another_site_posts_is_kept(desk, settings):
    proved_ago(desk, 61)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.SESSION_COOKIE_NAME] = desk.session.session_key
    address = reverse("admin:accreditation_registerimport_add")
    assert strict.post(address, {"source": "Planted by another site"}).status_code == 403
    assert "Planted" not in str(dict(desk.session.items()))
