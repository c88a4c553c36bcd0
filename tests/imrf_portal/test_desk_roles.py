"""Who opens which room: the table of roles and rooms, written out here and not read from the code."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accreditation.desk_roles import PERMISSIONS, make_desk_roles
from tests.factories import make_user
from tests.pages.turns import due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_refusals", "unwritten_pages")]

# r: lists, opens and reads the history; a: adds; c: changes through a form. Nobody deletes.
CALENDAR_ROOMS = (
    *("forum", "call", "milestone", "rule", "session", "meetingroom"),
    *("officialdocument", "roundtable", "regionalreview", "nationalreview"),
)
WORD_ROOMS = ("objective", "guidingprinciple", "region", "country", "basis")
LOOK = dict.fromkeys(
    (*CALENDAR_ROOMS, *WORD_ROOMS, "release", "change", "sweep", "pagecount", "organisation", "register", "registerentry"),
    "r",
)
CALENDAR = dict.fromkeys(CALENDAR_ROOMS, "rac")
WORDS = dict.fromkeys(WORD_ROOMS, "rc")
OVERSEEN = dict.fromkeys(
    [
        "attachment",
        "submissionstep",
        "use",
        "inputtranslation",
        "cosponsor",
        "publicityrequest",
        "proposalstep",
        "membership",
        "letter",
    ],
    "r",
)
LETTERS = {"letter": "r", "wording": "rac", "follower": "r"}
APPLICATIONS = {"enquiry": "r", "evidencefile": "r"}
REGISTERS = {"registerimport": "ra", "registertouch": "rc"}
RECORDS = {"resemblance": "r", "merge": "r"}
PERSONS = dict.fromkeys(("registration", "supportrequest", "supportrequeststep"), "r")
TERMS = {"forumterms": "rac"}
SPEAKERS = {
    **dict.fromkeys(("speakingrequest", "speakingrequeststep", "speakerrelease"), "r"),
    "representative": "rac",
    **TERMS,
}
READINGS = {"reading": "r", "erasure": "r", "auditentry": "r"}
FORMS = {"formtemplate": "rac", "formversion": "rc", "question": "rac"}
INPUTS = {"submission": "r", "publishedinput": "r", "proposal": "r", "decisionround": "r"}
SECOND = {"secondpersonrequest": "r"}
REVIEWS = {"conflict": "ra", "absence": "ra"}
SHARED_OUT = {**REVIEWS, "assignmentrule": "rac", "automaticassignment": "rac", "deskscope": "ra"}
CLAIMS = {"accreditation": "r", "accreditationstep": "r", "nonobjectionlist": "r", "nonobjectionliststep": "r"}
COMPILED = {"compilation": "ra", "callletter": "r", "backgroundnote": "ra"}
RECORDED = {"recording": "ra", "recordingbatch": "ra", "use": "ra", "inputtranslation": "rac"}  # inputs received otherwise
ALLOWED = {
    "anonymous": None,
    "stakeholder": None,
    "staff with a password only": None,
    "staff without a role": {},
    "reviewer": {**LOOK, **INPUTS, **REVIEWS, "compilation": "r"},
    "editor": {**LOOK, **INPUTS, **OVERSEEN, **RECORDED, **SECOND, **SHARED_OUT, **COMPILED},
    "accreditation": {
        **LOOK,
        **CLAIMS,
        **APPLICATIONS,
        **REGISTERS,
        **RECORDS,
        **PERSONS,
        **SPEAKERS,
        "membership": "r",
        "organisation": "rac",
    },
    "forum manager": {**LOOK, **CALENDAR, **FORMS, **LETTERS, **SPEAKERS, **SECOND, **COMPILED},
    "administrator": {
        **SECOND,
        **LOOK,
        **CALENDAR,
        **FORMS,
        **WORDS,
        **INPUTS,
        **OVERSEEN,
        **SHARED_OUT,
        **LETTERS,
        **READINGS,
        **REGISTERS,
        **RECORDS,
        **TERMS,
        **COMPILED,
        "organisation": "rac",
        "user": "rc",
    },
    "superuser": {
        **SECOND,
        **COMPILED,
        **LOOK,
        **CALENDAR,
        **FORMS,
        **WORDS,
        "region": "rac",
        "country": "rac",
        **INPUTS,
        **OVERSEEN,
        **RECORDED,
        **SHARED_OUT,
        **LETTERS,
        **CLAIMS,
        **APPLICATIONS,
        **READINGS,
        **REGISTERS,
        **RECORDS,
        **PERSONS,
        **SPEAKERS,
        "organisation": "rac",
        "user": "rc",
    },
}


OWN_ROWS = {"conflict", "absence"}  # others than overseers see their own only
OWN_PAGES = {"submission", "accreditation"}  # their page takes decisions, never a form of columns
ROOMS = sorted((model._meta.app_label, model._meta.model_name) for model in admin.site._registry)


@pytest.fixture
def sign_in(client, desk_client):
    def sign_in(person):
        if person == "stakeholder":
            desk_client(make_user())
        elif person == "staff with a password only":
            client.force_login(make_user(staff=True, roles=["administrator"]))
        elif person == "staff without a role":
            desk_client(make_user(staff=True))
        elif person == "superuser":
            desk_client(make_user(staff=True, is_superuser=True))
        elif person != "anonymous":
            desk_client(make_user(staff=True, roles=[person]))
        return client

    return sign_in


def answers(client, app, name, row):
    """The letters of a room as the pages answer, `-` for a no; `login` where one is sent to sign in."""
    pages = {
        "r": client.get(reverse(f"admin:{app}_{name}_changelist")),
        "a": client.get(reverse(f"admin:{app}_{name}_add")),
        "c": client.post(reverse(f"admin:{app}_{name}_change", args=[row.pk]), {"seen": "{}"}),
    }
    if pages["r"].status_code == 302 and "/admin/login/" in pages["r"]["Location"]:
        assert {page.status_code for page in pages.values()} == {302}
        return None
    found = "".join(letter for letter, page in pages.items() if page.status_code == 200)
    opened = client.get(reverse(f"admin:{app}_{name}_change", args=[row.pk])).status_code
    wanted = {200, 302} if name in OWN_ROWS and found else {200 if "r" in found else 403}
    assert opened in wanted, (name, opened)
    return found


@pytest.mark.parametrize("one_in", [2, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("person", ALLOWED)
def test_the_table_of_roles_and_rooms(sign_in, rooms, person, one_in):
    """Half of the rooms in a week, for each person another half."""
    client, rows, asked = sign_in(person), rooms, due(ROOMS, one_in, of=f"{person} opens")
    found = {name: answers(client, app, name, rows[name]) for app, name in asked}
    if ALLOWED[person] is None:
        assert set(found.values()) == {None}
    else:
        assert found == {name: ALLOWED[person].get(name, "") for _app, name in asked}


@pytest.mark.parametrize("one_in", [2, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("person", [person for person, rooms in ALLOWED.items() if rooms is not None])
def test_history_is_read_where_the_room_is_and_nothing_tells_a_missing_row_from_one_that_is_not_theirs(
    sign_in, rooms, person, one_in
):
    """Half of the rooms in a week, for each person another half."""
    client, rows = sign_in(person), rooms
    for app, name in due(ROOMS, one_in, of=person):
        there = client.get(reverse(f"admin:{app}_{name}_history", args=[rows[name].pk])).status_code
        if name in ALLOWED[person] and not (name in ("submission", "decisionround", *OWN_ROWS) and person == "reviewer"):
            assert there == 200, name
        else:
            assert there in (302, 403, 404) if name in OWN_ROWS else there in (403, 404), name
            missing = rows[name].pk if isinstance(rows[name].pk, str) else "00000000-0000-4000-8000-000000000000"
            assert client.get(reverse(f"admin:{app}_{name}_history", args=[missing])).status_code == there, name


@pytest.mark.parametrize("person", ALLOWED)
def test_nobody_deletes(sign_in, rooms, person):
    client, rows = sign_in(person), rooms
    for app, name in ROOMS:
        address = reverse(f"admin:{app}_{name}_delete", args=[rows[name].pk])
        expected = 302 if ALLOWED[person] is None else 403
        assert client.post(address, {"post": "yes"}).status_code == expected
        assert type(rows[name])._base_manager.filter(pk=rows[name].pk).exists()


FIELDS = {  # every field that another row is picked for by typing: the room it picks from
    ("accreditation", "organisation", "country"): "country",
    ("accreditation", "representative", "organisation"): "organisation",
    ("forums", "officialdocument", "meets"): "milestone",
    ("forums", "call", "forum"): "forum",
    ("submissions", "submission", "reviewer"): "user",
    ("submissions", "submission", "organisation"): "organisation",
    ("submissions", "attachment", "submission"): "submission",
    ("accreditation", "accreditation", "organisation"): "organisation",
    ("accreditation", "accreditationstep", "accreditation"): "accreditation",
    ("submissions", "submissionstep", "by"): "user",
}


@pytest.mark.parametrize("person", ALLOWED)
def test_typing_finds_only_rows_of_rooms_one_may_open(sign_in, rooms, person):
    client = sign_in(person)
    for (app, model, field), room in FIELDS.items():
        asked = {"app_label": app, "model_name": model, "field_name": field, "term": "a"}
        status = client.get("/admin/autocomplete/", asked).status_code
        if ALLOWED[person] is None:
            assert status == 302
        else:
            assert status == (200 if room in ALLOWED[person] else 403), (model, field)


def test_the_groups_hold_exactly_the_permissions_of_the_table():
    groups = make_desk_roles()
    for name, group in groups.items():
        held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        assert held == set(PERMISSIONS[name])
        assert {permission for permission in held if ".delete_" in permission} <= {
            "forums.delete_slot",
            "forums.delete_documentfile",
        }


def test_a_permission_that_somebody_added_by_hand_is_gone_after_the_next_migrate():
    from django.contrib.auth.models import Permission

    reviewer = make_desk_roles()["Reviewer"]
    reviewer.permissions.add(Permission.objects.get(codename="publish_submission"))
    assert not make_desk_roles()["Reviewer"].permissions.filter(codename="publish_submission").exists()
