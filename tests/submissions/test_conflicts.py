"""Conflicts of interest and scopes: what is closed to somebody of the desk is found by no way at all.

A matrix of people and ways; each way is also walked with the clause taken out, and finds the input then.
"""

from datetime import timedelta

import pytest
from django.contrib.messages.storage.session import SessionStorage
from django.core.files.base import ContentFile
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import DeskScope
from forums import remembered
from forums.kept_statements import KeptStatement
from forums.models import Letter, Objective, OfficialDocument
from forums.operations import supersede
from imrf_portal.invariants.reviews import nobody_holds_an_input_that_they_declared
from imrf_portal.worklist import work_of
from submissions import operations, permissions
from submissions.assigning.candidates import candidates, classed
from submissions.merging import Conflicts
from submissions.models import Attachment, Conflict, Recording, Submission
from submissions.models import recording as recording_module
from submissions.models import submission as submission_module
from submissions.tasks import announce_steps
from tests.factories import NOW, join, make_call, make_draft, make_organisation, make_proposal, make_submission, make_user
from tests.kept import kept
from tests.submissions.recordings import make_recording, recorded

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
WORD = "Zanzibar"


@pytest.fixture(autouse=True)
def body(request, db):
    """One organisation, its person and an open call; in tests that ask for what is closed, with that."""
    return kept(make_closed if "closed" in request.fixturenames else make_body)


@pytest.fixture
def call(body):
    return body["call"]


@pytest.fixture
def organisation(body):
    return body["organisation"]


@pytest.fixture
def amina(body):
    return body["by"]


def make_body():
    call, amina = make_call(), make_user("amina")
    return {"call": call, "organisation": make_organisation("Harbour Light", focal_point=amina), "by": amina}


@pytest.fixture
def closed(organisation):
    return Submission.objects.filter(organisation=organisation).exclude(status="draft")


def make_closed():
    """Inputs of one organisation in every room: with a file, letters, a joint body, a correction, a wish, a recording."""
    body = make_body()
    call, organisation, amina = body.values()
    own = {"call": call, "organisation": organisation, "by": amina, "title": f"Ferries of {WORD}"}
    draft = make_draft(**own)
    operations.attach(draft, ContentFile(b"a,b\n1,2\n", name=f"{WORD}.csv"), by=amina, at=NOW)
    sent = operations.submit(draft, by=amina, at=NOW).submission
    sent.attachments.update(verdict=Attachment.Verdict.CLEAN)
    public = make_submission(status="published", **own)
    make_proposal(public)
    public.publicity_requests.create(wanted="desk", reason="A threat.", asked_by=amina, asked_at=NOW)
    public.co_sponsors.create(name="Alpha", folded="alpha", on_behalf=True, invited_by=amina, invited_at=NOW)
    kept = make_recording(call=call, organisation=organisation, tells_people=False, about={"title": f"Letter from {WORD}"})
    recorded(kept, by=make_user())
    announce_steps()
    return body


@pytest.fixture
def beside(call, other_organisation, bruno, closed):
    """An input of somebody else, received last, so that the closed ones are its neighbours."""
    return make_submission(call=call, organisation=other_organisation, by=bruno, at=NOW + timedelta(hours=1))


# How a conflict comes about ------------------------------------------------------------------------------------------


def past(person, organisation):
    ended = now() - timedelta(days=700)
    join(organisation, person, until=ended, ended="left", since=ended - timedelta(days=9))


def long_past(person, organisation):
    ended = now() - timedelta(days=731)
    join(organisation, person, until=ended, ended="left", since=ended - timedelta(days=9))


def part_of(person, organisation):
    organisation.parent = make_organisation(focal_point=person)
    organisation.save()


def branch(person, organisation):
    join(make_organisation(parent=organisation), person)


def network(person, organisation):
    whole = make_organisation(focal_point=person)
    organisation.networks.add(whole)


def in_network(person, organisation):
    member = make_organisation(focal_point=person)
    member.networks.add(organisation)


def both_in_a_network(person, organisation):
    whole, member = make_organisation(), make_organisation(focal_point=person)
    member.networks.add(whole)
    organisation.networks.add(whole)


def declared(person, organisation):
    why = {"ground": "former_employer", "reason": "I worked there."}
    operations.declare_conflict(user=person, organisation=organisation, by=person, at=NOW, **why)


def declared_and_ended(person, organisation):
    why = {"ground": "former_employer", "reason": "I worked there."}
    conflict = operations.declare_conflict(user=person, organisation=organisation, by=person, at=NOW, **why)
    operations.end_conflict(conflict, by=person, at=NOW)


def declared_inputs(person, organisation):
    for submission in Submission.objects.filter(organisation=organisation):
        why = {"ground": "family", "reason": "My brother wrote it."}
        operations.declare_conflict(user=person, submission=submission, by=person, at=NOW, **why)


def stands_under_it(person, organisation):
    """A body at which they were recently was asked to stand under every input."""
    body = make_organisation()
    past(person, body)
    for submission in Submission.objects.filter(organisation=organisation):
        asked = {"name": "B", "folded": "b", "invited_by": make_user(), "invited_at": NOW}
        submission.co_sponsors.create(organisation=body, **asked)


WAYS_INTO_CONFLICT = [
    *(join_it := (lambda person, organisation: join(organisation, person),)),
    *(past, part_of, branch, network, in_network, declared, declared_inputs, stands_under_it),
]
NO_CONFLICT = [long_past, both_in_a_network, declared_and_ended, lambda person, organisation: None]


@pytest.mark.parametrize("tie", WAYS_INTO_CONFLICT)
def test_every_kind_of_conflict_closes_an_input(closed, ravi, organisation, tie):
    assert Submission.objects.visible_to(ravi).count() == closed.count()
    tie(ravi, organisation)
    assert list(Submission.objects.visible_to(ravi)) == []
    assert [s for s in closed if permissions.may_review(ravi, s) or permissions.may_note(ravi, s)] == []


@pytest.mark.parametrize("tie", NO_CONFLICT)
def test_what_is_no_conflict_closes_nothing(closed, ravi, organisation, tie):
    tie(ravi, organisation)
    assert Submission.objects.visible_to(ravi).count() == closed.count()
    assert all(permissions.may_review(ravi, submission) for submission in closed)


@pytest.mark.parametrize("tie", [*WAYS_INTO_CONFLICT, *NO_CONFLICT])
def test_a_plan_knows_the_same_conflicts_as_the_queries(closed, ravi, organisation, tie):
    tie(ravi, organisation)
    seen = set(Submission.objects.visible_to(ravi).values_list("pk", flat=True))
    [candidate] = [one for one in candidates(NOW.date()) if one.pk == ravi.pk]
    assert {thing.pk for thing in classed(closed.all()) if candidate.may_get(thing)} == seen


def test_days_after_a_membership_are_a_setting(closed, ravi, organisation, settings):
    past(ravi, organisation)
    settings.CONFLICT_DAYS = 600
    assert Submission.objects.visible_to(ravi).count() == closed.count()


# Every way ------------------------------------------------------------------------------------------------------------


def ways(client, closed, beside):
    """Name of a way -> what it answers, as text."""
    sent, public = closed.get(attachments__isnull=False), closed.get(status="published")
    file, proposal, letter = sent.attachments.get(), public.proposals.get(), Letter.objects.filter(to__startswith="amina")
    wish, row = public.publicity_requests.get(), public.co_sponsors.get(on_behalf=True)
    page = reverse("admin:submissions_submission_change", args=[sent.pk])
    complete = {"app_label": "submissions", "model_name": "attachment", "field_name": "submission", "term": sent.reference}
    letters = "/admin/forums/letter/"
    recording = Recording.objects.get(submission__in=closed)
    rooms = ("attachment", "submissionstep", "proposal", "publicityrequest", "cosponsor", "publishedinput", "recording")
    addresses = {
        "queue": QUEUE,
        "search of a word": f"{QUEUE}?q={WORD}",
        "search of a reference": f"{QUEUE}?q={sent.reference}",
        "page": page,
        "history": reverse("admin:submissions_submission_history", args=[sent.pk]),
        "neighbours": reverse("admin:submissions_submission_change", args=[beside.pk]),
        "assigning": f"{QUEUE}assign/?pk={sent.pk}&way=one",
        "autocomplete": "/admin/autocomplete/?" + "&".join(f"{key}={value}" for key, value in complete.items()),
        "file": f"{QUEUE}{sent.pk}/files/{file.pk}/",
        "page of a file": f"/admin/submissions/attachment/{file.pk}/change/",
        "page of a correction": f"/admin/submissions/proposal/{proposal.pk}/change/",
        "page of a wish": f"/admin/submissions/publicityrequest/{wish.pk}/change/",
        "page of a co-sponsor": f"/admin/submissions/cosponsor/{row.pk}/change/",
        "page of what is public": f"/admin/submissions/publishedinput/{public.published.pk}/change/",
        "page of a recording": f"/admin/submissions/recording/{recording.pk}/change/",
        "letters": letters,
        "search of letters": f"{letters}?q=amina",
        "page of a letter": f"{letters}{letter.first().pk}/change/",
        "steps of corrections": "/admin/submissions/proposalstep/",
        **{f"room {name}": f"/admin/submissions/{name}/" for name in rooms},
    }
    return {name: text_of(look(client, address)) for name, address in addresses.items()}


def look(client, address):
    """A row that is not found leads back with a sentence that names what was asked for; the next page is without it."""
    answer = client.get(address)
    if answer.status_code == 302:
        session = client.session
        session.pop(SessionStorage.session_key, None)
        session.save()
    return answer


def text_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") if answer.status_code == 200 else ""


def marks(closed):
    """What would betray one of them: references, keys, a word of the titles and of a file; bytes of the file; an address."""
    sent = closed.get(attachments__isnull=False)
    keys = {str(submission.pk) for submission in closed} | {submission.reference for submission in closed}
    return {*keys, WORD, "a,b\n1,2", str(sent.attachments.get().pk), "amina@example.org"}


def betrayed(client, closed, beside) -> set:
    """The ways by which something of a closed input shows; what was asked for is not counted as an answer."""
    found = set()
    for name, text in ways(client, closed, beside).items():
        asked = {WORD} if name == "search of a word" else {"amina@example.org"} if "letter" not in name else set()
        asked |= {s.reference for s in closed} if name == "search of a reference" else set()
        if any(mark in text for mark in marks(closed) - asked):
            found.add(name)
    return found


ALL = {
    *("queue", "search of a word", "search of a reference", "page", "history", "neighbours", "assigning", "autocomplete"),
    *("file", "page of a file", "page of a correction", "page of a wish", "page of a co-sponsor", "page of what is public"),
    *("page of a recording", "letters", "search of letters", "page of a letter", "steps of corrections"),
    *("room attachment", "room submissionstep", "room proposal", "room publicityrequest", "room cosponsor"),
    *("room publishedinput", "room recording"),
}


def test_control_who_has_no_conflict_finds_it_by_every_way(desk_client, closed, beside, elena):
    assert betrayed(desk_client(elena), closed, beside) == ALL


@pytest.mark.parametrize("tie", [past, declared_inputs, stands_under_it])
def test_an_editor_in_conflict_finds_it_by_no_way(desk_client, closed, beside, elena, organisation, tie):
    tie(elena, organisation)
    client = desk_client(elena)
    assert betrayed(client, closed, beside) == set()
    assert {row.reference for row in client.get(QUEUE).context["cl"].result_list} == {beside.reference}
    counted = {line.label: line.count for part in work_of(elena, at=now()) for line in part.lines}
    assert counted["Inputs nobody has taken up"] == 1  # the one of somebody else
    assert counted["Corrections and additions to be decided"] == 0
    assert counted["Wishes that the public see less"] == 0


def test_control_without_the_clause_an_editor_in_conflict_finds_it_by_every_way(
    desk_client, closed, beside, elena, organisation, monkeypatch
):
    past(elena, organisation)
    monkeypatch.setattr(submission_module, "in_conflict", lambda user: Q(pk__in=[]))
    monkeypatch.setattr(recording_module, "bodies_in_conflict", lambda user: [])
    monkeypatch.setattr(
        KeptStatement, "rows", lambda kept, **values: list(kept.queryset(**values))
    )  # others hold the clause
    monkeypatch.setattr(remembered, "_kept", {})
    assert betrayed(desk_client(elena), closed, beside) == ALL


def write_every_other_letter(sent, public, by, forum):
    """Letters that no step wrote: questions, corrections by the desk, redactions, wishes, uses; and one superseded."""
    operations.take_up(sent, by=by, at=NOW)
    operations.ask_for_clarification(sent, by=by, at=NOW, question="When?", answer_on=(NOW + timedelta(days=9)).date())
    operations.remind_of_clarifications(at=NOW + timedelta(days=8))
    redaction = operations.redact(public, by=by, at=NOW, kind="law", reason="A court.", passage="Ferries")
    operations.lift(redaction, by=by, at=NOW, reason="Another court.")
    operations.reclassify(public, by=by, at=NOW, reason="It says so.", level="global")
    note = OfficialDocument.objects.create(forum=forum, kind="background_note", title="Note")
    operations.record_use(public, document=note, by=by, at=NOW)
    operations.tell_of_uses(at=NOW + timedelta(hours=2))
    operations.answer_wish(public.publicity_requests.get(), granted=False, answer="No.", by=by, at=NOW)
    supersede(Letter.objects.filter(key__startswith="submission-step:"), because="It holds no longer.")


BEGINNINGS = {
    *("input-answer-awaited", "redaction", "redaction-lifted", "reclassification", "uses", "wish-refused"),
    *("superseded", "proposal-step"),
}


def test_no_letter_about_it_is_found_by_an_editor_in_conflict(closed, elena, organisation, forum):
    public = closed.get(status="published", publicity_requests__isnull=False)
    write_every_other_letter(closed.get(attachments__isnull=False), public, make_user("otto"), forum)
    written = Letter.objects.filter(kind__startswith="submissions/")
    assert {key.partition(":")[0] for key in written.values_list("key", flat=True)} >= BEGINNINGS
    assert written.visible_to(elena).count() == written.filter(private=False).count() == written.count()
    past(elena, organisation)
    assert list(written.visible_to(elena).values_list("key", flat=True)) == []


def test_what_is_pressed_on_it_is_a_missing_page_and_changes_nothing(desk_client, closed, elena, organisation):
    sent = closed.get(attachments__isnull=False)
    past(elena, organisation)
    client, page = desk_client(elena), reverse("admin:submissions_submission_change", args=[sent.pk])
    for decision in ("take_up", "note", "save", "accept", "publish"):
        assert client.post(page, {"decision": decision, "note": "x"}).status_code == 404
    client.post(QUEUE, {"action": "take_up", "_selected_action": [str(sent.pk)]})
    client.post(QUEUE, {"action": "assign", "_selected_action": [str(sent.pk)]})
    assert client.post(f"{QUEUE}assign/", {"pk": str(sent.pk), "way": "one", "to": elena.pk}).status_code == 404
    sent.refresh_from_db()
    assert (sent.status, sent.reviewer, sent.notes.count()) == ("submitted", None, 0)


LESSER = {
    "stakeholder": {},
    "staff without a role": {"staff": True},
    "accreditation": {"staff": True, "roles": ["accreditation"]},
    "forum manager": {"staff": True, "roles": ["forum manager"]},
}


@pytest.mark.parametrize("person", LESSER)
def test_lesser_roles_find_it_by_no_way(desk_client, closed, beside, person):
    assert betrayed(desk_client(make_user(**LESSER[person])), closed, beside) == set()


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_former_and_suspended_staff_find_it_by_no_way_with_the_session_they_had(desk_client, closed, beside, elena, change):
    client = desk_client(elena)
    assert text_of(client.get(QUEUE))
    type(elena).objects.filter(pk=elena.pk).update(**change)
    assert betrayed(client, closed, beside) == set()


def test_former_and_suspended_staff_who_sign_in_again_find_nothing(desk_client, closed, beside, elena):
    type(elena).objects.filter(pk=elena.pk).update(is_staff=False)
    elena.refresh_from_db()
    assert betrayed(desk_client(elena), closed, beside) == set()


def test_what_is_public_stays_public(client, closed, elena, organisation):
    past(elena, organisation)
    client.force_login(elena)
    public = closed.get(status="published")
    assert WORD in client.get(f"/en/inputs/{public.reference}/").content.decode()


# Scope ----------------------------------------------------------------------------------------------------------------


def narrow(person, **named):
    return DeskScope.objects.create(user=person, by=person, at=NOW, **named)


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ({"level": "national"}, True),
        ({"level": "local"}, False),
        ({"language": "fr"}, False),
        ({"region_id": "ECA"}, True),  # that of its country
        ({"level": "national", "objective_id": 14}, True),
        ({"level": "national", "objective_id": 1}, False),
    ],
)
def test_who_works_on_a_part_finds_only_that(call, organisation, amina, ravi, named, fits):
    make_submission(call=call, organisation=organisation, by=amina)
    narrow(ravi, **named)
    assert Submission.objects.visible_to(ravi).exists() is fits
    [candidate] = [one for one in candidates(NOW.date()) if one.pk == ravi.pk]
    assert [candidate.works_on(thing) for thing in classed(Submission.objects.all())] == [fits]


def test_a_scope_may_name_a_forum_or_a_call_and_lines_add_up(call, organisation, amina, ravi):
    make_submission(call=call, organisation=organisation, by=amina)
    narrow(ravi, language="fr")
    assert not Submission.objects.visible_to(ravi).exists()
    line = narrow(ravi, forum=call.forum)
    assert Submission.objects.visible_to(ravi).exists()
    DeskScope.objects.filter(pk=line.pk).update(ended_at=NOW)
    assert not Submission.objects.visible_to(ravi).exists()
    narrow(ravi, call=call)
    assert Submission.objects.visible_to(ravi).exists()


def test_an_editor_finds_what_lies_outside_their_scope_by_no_way(desk_client, closed, call, bruno, elena):
    other = make_submission(call=call, by=bruno, language="fr", at=NOW + timedelta(hours=1))
    narrow(elena, language="fr")
    assert betrayed(desk_client(elena), closed, other) == set()


# Cost -----------------------------------------------------------------------------------------------------------------


def test_many_conflicts_cost_no_statement_more(desk_client, closed, beside, elena, count_statements):
    client, page = desk_client(elena), reverse("admin:submissions_submission_change", args=[beside.pk])
    addresses = (QUEUE, page, "/admin/", "/admin/submissions/proposal/", "/admin/forums/letter/")
    for address in addresses:
        client.get(address)
    few = {address: count_statements(lambda address=address: client.get(address)) for address in addresses}
    for _turn in range(30):
        declared(elena, make_organisation())
        past(elena, make_organisation())
        narrow(elena, objective=Objective.objects.get(pk=14))
    many = {address: count_statements(lambda address=address: client.get(address)) for address in addresses}
    assert many == few


def test_a_merge_takes_declared_conflicts_along(closed, ravi, elena, organisation):
    double = make_organisation()
    for person, bodies in ((ravi, (double,)), (elena, (double, organisation))):
        for body in bodies:
            declared(person, body)
    moved = Conflicts().move(organisation, double, by=elena, at=NOW)
    assert list(Submission.objects.visible_to(ravi)) == list(Submission.objects.visible_to(elena)) == []
    assert [Conflict.objects.get(pk=key).user for key in moved["moved"]] == [ravi]


# Declaring ------------------------------------------------------------------------------------------------------------


def test_declaring_takes_what_was_given_and_keeps_who_had_it(closed, ravi, elena, organisation):
    sent = Submission.objects.get(pk=closed.get(attachments__isnull=False).pk)
    operations.assign(sent, to=ravi, by=elena, at=NOW)
    declared(ravi, organisation)
    sent.refresh_from_db()
    assert sent.reviewer is None
    assert [(row.was, row.to, row.how) for row in sent.assignments.all()] == [
        (None, ravi, "chosen"),
        (ravi, None, "conflict"),
    ]


@pytest.mark.parametrize("way", ["reopened", "reinstated"])
def test_what_comes_back_to_be_decided_does_not_come_back_to_who_declared_a_conflict_since(
    way, call, organisation, amina, ravi, elena
):
    about = {"call": call, "organisation": organisation, "by": amina, "reviewer": ravi}
    sent = make_submission(status={"reopened": "not_admissible", "reinstated": "withdrawn"}[way], **about)
    Submission.objects.update(reviewer=ravi)
    declared(ravi, organisation)
    sent = Submission.objects.get()
    if way == "reopened":
        operations.reopen(sent, by=elena, at=NOW, reason="A slip.")
    else:
        operations.reinstate(sent, by=elena, at=NOW, reason="Asked for.", by_desk=True)
    assert sent.reviewer is None
    assert list(nobody_holds_an_input_that_they_declared()) == []
    assert [(row.was, row.to, row.how) for row in sent.assignments.all()] == [(ravi, None, "conflict")]


def test_declaring_twice_is_one_conflict_and_ending_keeps_it(ravi, organisation):
    declared(ravi, organisation)
    declared(ravi, organisation)
    conflict = ravi.conflicts.get()
    operations.end_conflict(conflict, by=ravi, at=NOW)
    operations.end_conflict(conflict, by=ravi, at=NOW + timedelta(days=1))
    declared(ravi, organisation)
    assert [row.ended_at for row in ravi.conflicts.order_by("pk")] == [NOW, None]


def test_a_reviewer_declares_in_the_room_and_sees_only_their_own(desk_client, closed, ravi, elena):
    sent = closed.get(attachments__isnull=False)
    declared(elena, make_organisation())
    client, room = desk_client(ravi), "/admin/submissions/conflict/"
    assert 'name="user"' not in client.get(f"{room}add/").content.decode()
    said = {"reference": sent.reference, "ground": "family", "reason": "My sister wrote it.", "user": elena.pk}
    assert client.post(f"{room}add/", said).status_code == 302
    assert [(row.user, row.submission, row.by) for row in ravi.conflicts.all()] == [(ravi, sent, ravi)]
    assert [row.user for row in client.get(room).context["cl"].result_list] == [ravi]
    assert "There is no such input" in client.post(f"{room}add/", said).content.decode()  # it is closed to them now


def test_an_overseer_declares_for_somebody_and_they_cannot_end_it(desk_client, ravi, elena, organisation):
    client, room = desk_client(elena), "/admin/submissions/conflict/"
    said = {"user": ravi.pk, "organisation": organisation.pk, "ground": "money", "reason": "A grant."}
    assert client.post(f"{room}add/", said).status_code == 302
    conflict = ravi.conflicts.get()
    ending = {"action": "end", "_selected_action": [conflict.pk]}
    desk_client(ravi).post(room, ending)
    conflict.refresh_from_db()
    assert conflict.ended_at is None
    desk_client(elena).post(room, ending)
    conflict.refresh_from_db()
    assert (conflict.ended_by, conflict.ended_at is None) == (elena, False)


def test_an_overseer_does_not_see_a_declaration_about_an_input_that_is_closed_to_them(
    desk_client, closed, ravi, elena, organisation
):
    sent = closed.get(attachments__isnull=False)
    operations.declare_conflict(user=ravi, submission=sent, ground="family", reason="A cousin.", by=ravi, at=NOW)
    room = "/admin/submissions/conflict/"
    assert sent.reference in desk_client(elena).get(room).content.decode()
    past(elena, organisation)
    assert sent.reference not in desk_client(elena).get(room).content.decode()
