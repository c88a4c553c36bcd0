"""The pages of a joint input: the lead's, the co-sponsor's, the one before sending; strangers find nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from submissions import operations
from submissions.models import Attachment, CoSponsor, Submission
from submissions.operations import joining
from tests.factories import NOW, PATHS, join, make_organisation, make_standing, make_user

TOKEN, MOMENT = re.compile('name="csrfmiddlewaretoken" value="[^"]*"'), re.compile("<time.*?</time>", re.DOTALL)
pytestmark = pytest.mark.django_db


@pytest.fixture
def nora(db):
    return make_user("nora")


@pytest.fixture
def bridge(forum, nora):
    organisation = make_organisation("Northern Bridge", focal_point=nora)
    make_standing(organisation, forum)
    return organisation


@pytest.fixture
def row(draft, amina, bridge):
    return operations.ask_co_sponsor(draft, bridge, by=amina, at=NOW)


def page(name, *args):
    return reverse(f"submissions:{name}", args=args)


def agreed(row, nora):
    return operations.agree(row, by=nora, at=NOW, seen=joining.mark_now(row.submission))


def test_the_lead_looks_a_public_body_up_asks_it_and_takes_it_out(client, draft, amina, bridge):
    client.force_login(amina)
    found = client.get(page("joint", draft.pk), {"q": "northern"})
    assert [each.name for each in found.context["found"]] == ["Northern Bridge"]
    client.post(page("joint_ask", draft.pk), {"organisation": bridge.slug})
    shown = client.get(page("joint", draft.pk))
    assert [(line["name"], str(line["word"])) for line in shown.context["lines"]] == [
        ("Northern Bridge", "Asked, no answer yet")
    ]
    client.post(page("joint_take_out", draft.pk, CoSponsor.objects.get().pk))
    assert [str(line["word"]) for line in client.get(page("joint", draft.pk)).context["ended"]] == ["Taken out by the lead"]


def test_a_private_body_is_not_found_and_asked_as_one_that_does_not_exist(client, draft, amina, other_organisation):
    client.force_login(amina)
    assert client.get(page("joint", draft.pk), {"q": "Open Desk"}).context["found"] == []
    assert client.post(page("joint_ask", draft.pk), {"organisation": other_organisation.slug}).status_code == 404
    answers = []
    for name in ("Open Desk", "Closed Desk"):
        client.post(page("joint_ask", draft.pk), {"name": name})
        text = client.get(page("joint", draft.pk)).content.decode()
        start = text.index('id="under-head"')
        answers.append(text[start : text.index("</section>", start)].replace(name, "NAME"))
        row = CoSponsor.objects.get()
        assert (row.organisation == other_organisation) is (name == "Open Desk")
        answers[-1] = TOKEN.sub("", MOMENT.sub("", answers[-1].replace(f"/{row.pk}/", "/ROW/")))
        row.delete()
    assert answers[0] == answers[1]


def test_a_co_sponsor_reads_the_draft_agrees_and_cannot_change_it(client, draft, row, nora):
    client.force_login(nora)
    shown = client.get(page("co_sponsor", row.pk))
    assert draft.text in shown.content.decode()
    client.post(page("co_sponsor_answer", row.pk), {"answer": "agree", "mark": shown.context["mark"]})
    assert CoSponsor.objects.get().answer == "agreed"
    for name in ("edit", "my_input", "check", "receipt", "download", "joint"):
        assert client.get(page(name, draft.pk)).status_code == 404


def test_an_agreement_that_was_posted_from_an_old_page_is_not_taken(client, draft, row, nora, amina):
    client.force_login(nora)
    mark = client.get(page("co_sponsor", row.pk)).context["mark"]
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, text="Something else entirely.")
    answer = client.post(page("co_sponsor_answer", row.pk), {"answer": "agree", "mark": mark}, follow=True)
    assert "The text was changed while you read it" in answer.content.decode()
    assert CoSponsor.objects.get().answer == ""


def test_what_changed_since_the_agreement_is_shown(client, draft, row, nora, amina):
    agreed(row, nora)
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, text="Ten missions now answer complaints.")
    client.force_login(nora)
    shown = client.get(page("co_sponsor", row.pk)).content.decode()
    assert "<ins>Ten missions now answer complaints.</ins>" in shown
    assert "<del>Nine missions now answer complaints in four languages.</del>" in shown


WHO = {  # person: may read, may answer
    "focal_point": (200, True),
    "alternate": (200, True),
    "drafter": (200, False),
    "viewer": (200, False),
    "former": (404, False),
    "lead": (404, False),
    "stranger": (404, False),
    "reviewer": (404, False),
}


@pytest.mark.parametrize("person", WHO)
def test_only_people_of_the_body_read_it_and_only_who_speaks_for_it_answers(client, row, bridge, person, amina, ravi, nora):
    user = {"focal_point": nora, "lead": amina, "reviewer": ravi}.get(person) or make_user(person)
    if person in ("alternate", "drafter", "viewer"):
        join(bridge, user, person)
    if person == "former":
        join(bridge, user, until=NOW)
    client.force_login(user)
    status, may_answer = WHO[person]
    assert client.get(page("co_sponsor", row.pk)).status_code == status
    client.post(page("co_sponsor_answer", row.pk), {"answer": "decline"})
    assert (CoSponsor.objects.get(pk=row.pk).answer == "declined") is may_answer


def test_who_was_taken_out_finds_nothing_and_who_declined_reads_on_only_while_it_can_answer(client, draft, row, nora, amina):
    client.force_login(nora)
    operations.decline_joint(row, by=nora, at=NOW)
    assert draft.text in client.get(page("co_sponsor", row.pk)).content.decode()
    operations.submit(draft, by=amina, at=NOW)
    assert draft.text not in client.get(page("co_sponsor", row.pk)).content.decode()
    CoSponsor.objects.update(ended="taken_out", ended_at=NOW)
    assert client.get(page("co_sponsor", row.pk)).status_code == 404


def test_only_clean_files_reach_a_co_sponsor(client, draft, row, nora, bruno, amina):
    upload = SimpleUploadedFile("annex.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    attachment = operations.attach(draft, upload, by=amina, at=NOW)
    address = page("co_sponsor_file", row.pk, attachment.pk)
    client.force_login(nora)
    assert client.get(address).status_code == 404
    Attachment.objects.update(verdict="clean", scanned_at=NOW)
    assert client.get(address).status_code == 200
    client.force_login(bruno)
    assert client.get(address).status_code == 404


def test_the_page_before_sending_names_whom_it_waits_for_and_sends_what_it_showed(client, draft, row, amina, nora):
    client.force_login(amina)
    check = page("check", draft.pk)
    assert "Waits for: Northern Bridge" in client.get(check).content.decode()
    agreed(row, nora)
    shown = client.get(check)
    posted = {"agreed": "on", "edition": draft.edition, "sponsors": shown.context["joint"]["sponsors"]}
    operations.decline_joint(row, by=nora, at=NOW)
    assert "list of co-sponsors changed" in client.post(check, posted).content.decode()
    assert Submission.objects.get(pk=draft.pk).status == "draft"
    agreed(CoSponsor.objects.get(), nora)
    assert client.post(check, posted).status_code == 302
    receipt = client.get(page("receipt", draft.pk)).content.decode()
    assert "Together with" in receipt
    assert "Northern Bridge" in receipt


def test_my_page_shows_what_waits_for_an_answer_to_who_may_answer(client, row, nora, bridge):
    client.force_login(nora)
    assert page("co_sponsor", row.pk) in client.get("/en/my/").content.decode()
    viewer = make_user("viewer")
    join(bridge, viewer, "viewer")
    client.force_login(viewer)
    assert page("co_sponsor", row.pk) not in client.get("/en/my/").content.decode()
    assert page("co_sponsor", row.pk) in client.get(page("co_sponsored")).content.decode()


def test_the_lists_of_a_joint_input_take_as_many_statements_with_one_body_as_with_ten(
    client, draft, amina, nora, row, count_statements
):
    client.force_login(amina)
    one = count_statements(lambda: client.get(page("joint", draft.pk)))
    for number in range(9):
        operations.ask_co_sponsor_by_name(draft, f"Body {number}", by=amina, at=NOW)
    assert count_statements(lambda: client.get(page("joint", draft.pk))) == one


def test_the_desk_reads_who_stands_under_it_and_takes_a_name_off(desk_client, draft, row, amina, nora, elena):
    agreed(row, nora)
    operations.submit(draft, by=amina, at=NOW)
    client = desk_client(elena)
    review = client.get(reverse("admin:submissions_submission_change", args=[draft.pk])).content.decode()
    assert "Northern Bridge" in review
    room = reverse("admin:submissions_cosponsor_changelist")
    assert "Northern Bridge" in client.get(room).content.decode()
    client.post(room, {"action": "take_off", "_selected_action": [row.pk], "letters": "send"})
    assert CoSponsor.objects.get().ended == "left"
    assert "<del>" in client.get(reverse("admin:submissions_submission_change", args=[draft.pk])).content.decode()


def test_with_a_correction_the_lead_takes_a_body_out_or_keeps_it_and_its_people_read_where_it_stands(
    client, draft, row, nora, amina, elena
):
    agreed(row, nora)
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(sent, elena, NOW)
    change = operations.correct(sent, by=amina, at=NOW, reason="The year is wrong.")
    client.force_login(amina)
    said = client.post(page("joint_take_out", change.pk, row.pk), follow=True).content.decode()
    assert "It is taken out once the correction is approved; until then its name stays." in said
    assert "Taken out once the correction is approved" in said
    assert "Keep it" in said
    client.force_login(nora)
    shown = client.get(page("co_sponsor", row.pk))
    assert "Taken out once the correction is approved" in shown.content.decode()
    assert shown.context["may_answer"] is False
    client.force_login(amina)
    assert client.post(page("joint_ask", change.pk), {"keep": f"{row.pk}9"}).status_code == 404
    assert (
        "It stays under the input."
        in client.post(page("joint_ask", change.pk), {"keep": row.pk}, follow=True).content.decode()
    )
    assert CoSponsor.objects.get().leaves_with is None
