"""Decide now, announce later: nothing of a staged decision is seen outside the desk; all is released at once, or nothing."""

import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import Membership
from forums.models import Letter
from forums.refusals import Refused, StandsAgainst
from submissions import operations
from submissions.models import DecisionLine, DecisionRound, PublishedInput, Submission, SubmissionStep
from submissions.tasks import announce_steps
from tests.factories import NOW, make_call, make_organisation, make_submission, make_user, tick_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(organisation, amina, call, elena):
    def made(status="under_review", **fields):
        submission = make_submission(**{"call": call, "organisation": organisation, "by": amina, "status": status, **fields})
        tick_everything(submission, elena, NOW)
        return submission

    return made


@pytest.fixture
def together(call, elena):
    return operations.open_round(call, name="First answers", by=elena, at=NOW)


@pytest.fixture
def olaf():
    """Another editor, who decided nothing."""
    return make_user("olaf", staff=True, roles=["editor"])


def staged(submission, round, by, decision="accept", **more):
    words = {"decline": {"reason": "zqxstaged reason", "ground": "duplicate"}}.get(decision, {})
    return operations.stage(submission, round=round, decision=decision, words=words, by=by, at=NOW, **more)


def statuses(*rows):
    return [Submission.objects.get(pk=row.pk).status for row in rows]


# Nothing is seen ------------------------------------------------------------------------------------------------------


def author_sees(client, submission):
    """Everything that its author, the public and other systems may ask for; without what changes at every look."""
    pages = [
        reverse("my"),
        reverse("submissions:my_inputs"),
        reverse("submissions:my_input", args=[submission.pk]),
        reverse("submissions:receipt", args=[submission.pk]),
        reverse("accreditation:my_data"),
        f"/en/receipts/{submission.reference}/",
        f"/en/inputs/{submission.reference}/",
        "/en/inputs/",
        "/feeds/inputs.atom",
        "/api/v1/inputs/",
        f"/api/v1/inputs/{submission.reference}/",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
        f"/en/organisations/{submission.organisation.slug}/",
    ]
    return {page: client.get(page) for page in pages}


def test_a_staged_decision_leaks_nowhere(client, make, together, elena, amina):
    accepted, refused = make(), make()
    announce_steps()
    client.force_login(amina)
    rows = (SubmissionStep.objects.count(), Letter.objects.count(), PublishedInput.objects.count())
    before = {s.pk: [answer.status_code for answer in author_sees(client, s).values()] for s in (accepted, refused)}
    staged(accepted, together, elena)
    staged(refused, together, elena, "decline")
    announce_steps()
    for submission in (accepted, refused):
        answers = author_sees(client, submission)
        assert [answer.status_code for answer in answers.values()] == before[submission.pk]
        for page, answer in answers.items():
            text = answer.content.decode(errors="replace")
            for word in ("zqxstaged", "First answers", "The same input was sent already"):
                assert word not in text, (page, word)
            assert "Under review" in answers[reverse("submissions:my_input", args=[submission.pk])].content.decode()
    assert (SubmissionStep.objects.count(), Letter.objects.count(), PublishedInput.objects.count()) == rows
    assert Submission.objects.get(pk=accepted.pk).history.count() == accepted.history.count()
    assert statuses(accepted, refused) == ["under_review"] * 2


def test_staging_through_the_page_with_other_words_and_release_by_a_second_person(desk_client, make, elena, olaf, amina):
    submission, client = make(), desk_client(elena)
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    asked = {**seen, "decision": "decline", "decline-ground": "empty", "decline-reason": "It says nothing."}
    [one] = client.post(page, asked).context["letters"]
    words = {f"letters-subject-{one['end']}": "About your input", f"letters-text-{one['end']}": "Dear Amina,\n\nSorry."}
    assert "Give the round a name" in client.post(page, {**asked, **words, "letters": "later"}).content.decode()
    assert client.post(page, {**asked, **words, "letters": "later", "round": "First answers"}).status_code == 302
    assert "First answers" in client.get(page).content.decode()
    made = DecisionRound.objects.get()
    its_page = reverse("admin:submissions_decisionround_change", args=[made.pk])
    assert "A second person releases it" in client.get(its_page).content.decode()
    assert client.post(its_page, {"decision": "release"}).status_code == 409
    assert statuses(submission) == ["under_review"]
    other = desk_client(olaf)
    assert "Release all of it" in other.get(its_page).content.decode()
    assert other.post(its_page, {"decision": "release"}).status_code == 302
    announce_steps()
    letter = Letter.objects.get(kind="submissions/not_admissible")
    assert (letter.subject, letter.to, letter.rewritten_by) == ("About your input", amina.email, elena)
    step = submission.steps.last()
    assert (step.became, step.by, step.ground) == ("not_admissible", elena, "empty")


def test_several_are_staged_from_the_list_by_call(desk_client, make, elena):
    rows, sent, client = [make("accepted"), make("accepted")], make("submitted"), desk_client(elena)
    shown = client.post(
        "/admin/submissions/submission/", {"action": "publish", "_selected_action": [r.pk for r in (*rows, sent)]}
    )
    about = {name: shown.context[name] for name in ("chosen", "came_from")}
    about |= {"decision": "publish", "letters": "later", "round": "On the first day"}
    page = client.post("/admin/submissions/submission/several/", about, follow=True).content.decode()
    assert "2 decisions are staged; nobody is told." in page
    assert f"Skipped <bdi>{sent.reference}</bdi>" in page
    assert {line.submission for line in DecisionLine.objects.waiting()} == set(rows)
    assert statuses(*rows) == ["accepted", "accepted"]


# The release ----------------------------------------------------------------------------------------------------------


def test_all_are_released_at_one_instant(make, together, elena, olaf):
    one, two, three = make(), make(), make("accepted")
    staged(one, together, elena)
    staged(two, together, elena, "decline", letters=operations.Letters(withheld=True, reason="Told by telephone."))
    staged(three, together, elena, "publish")
    operations.release_round(together, by=olaf, at=NOW)
    assert statuses(one, two, three) == ["accepted", "not_admissible", "published"]
    assert {step.at for row in (one, two, three) for step in row.steps.all()[len(row.steps.all()) - 1 :]} == {NOW}
    made = DecisionRound.objects.get()
    assert (made.state, made.released_by, made.released_at) == ("done", olaf, NOW)
    announce_steps()
    kinds = set(Letter.objects.exclude(kind="submissions/received").values_list("kind", flat=True))
    assert kinds == {"submissions/accepted", "submissions/published"}


def test_whoever_began_it_or_decided_in_it_does_not_release_it(make, together, elena, olaf):
    staged(make(), together, elena)
    ravi = make_user(staff=True, roles=["editor"])
    other = make()
    tick_everything(other, ravi, NOW)
    staged(other, together, ravi)
    for person in (elena, ravi):
        with pytest.raises(Refused, match="second person"):
            operations.release_round(together, by=person, at=NOW)
    operations.release_round(together, by=olaf, at=NOW)


def test_a_reviewer_and_one_of_the_same_organisation_do_not_release_it(make, together, elena, ravi, olaf, organisation):
    staged(make(), together, elena)
    organisation.memberships.create(user=olaf, role=Membership.Role.VIEWER, asked_at=NOW, since=NOW)
    for person in (ravi, olaf):
        with pytest.raises(Refused, match="Somebody else"):
            operations.release_round(together, by=person, at=NOW)


def withdrawn(submission, amina, elena):
    operations.withdraw(Submission.objects.get(pk=submission.pk), by=amina, at=NOW)


def amended(submission, amina, elena):
    draft = operations.amend(Submission.objects.get(pk=submission.pk), by=amina, at=NOW)
    draft = operations.revise(draft, by=amina, at=NOW, edition=draft.edition, text="Other words now.")
    operations.submit(draft, by=amina, at=NOW)


def asked_back(submission, amina, elena):
    operations.ask_for_clarification(Submission.objects.get(pk=submission.pk), by=elena, at=NOW, question="Since when?")


@pytest.mark.parametrize("meanwhile", [withdrawn, amended, asked_back])
def test_what_happens_meanwhile_goes_before_it_and_nothing_is_released_until_it_is_taken_out(
    meanwhile, make, together, elena, olaf, amina
):
    quiet, moved = make(), make()
    for row in (quiet, moved):
        line = staged(row, together, elena)
    meanwhile(moved, amina, elena)
    after = statuses(moved)
    assert operations.stale_lines(together) == {line.pk}
    with pytest.raises(StandsAgainst) as against:
        operations.release_round(together, by=olaf, at=NOW)
    assert [str(reason).partition(":")[0] for reason in against.value.reasons] == [moved.reference]
    assert (statuses(quiet), statuses(moved)) == (["under_review"], after)
    assert DecisionRound.objects.get().state == "open"
    operations.take_out_line(line, by=elena, at=NOW, reason="It changed.")
    operations.release_round(together, by=olaf, at=NOW)
    assert (statuses(quiet), statuses(moved)) == (["accepted"], after)


def test_a_conflict_declared_after_staging_holds_up_the_round_until_it_is_taken_out(make, together, elena, olaf):
    quiet, closed = make(), make(organisation=make_organisation("Open Desk"), by=make_user())
    staged(quiet, together, elena)
    line = staged(closed, together, elena)
    about = {"ground": "other", "reason": "We wrote it together.", "at": NOW}
    operations.declare_conflict(user=elena, organisation=closed.organisation, by=elena, **about)
    with pytest.raises(StandsAgainst, match="may not decide"):
        operations.release_round(together, by=olaf, at=NOW)
    assert statuses(quiet, closed) == ["under_review"] * 2
    operations.take_out_line(line, by=olaf, at=NOW)
    operations.release_round(together, by=olaf, at=NOW)
    assert statuses(quiet, closed) == ["accepted", "under_review"]


def test_what_comes_between_the_page_and_its_staging_makes_the_decision_stale(desk_client, make, elena, amina, monkeypatch):
    """The decider saw the input before its author changed it, however close together the two were."""
    submission, client = make(), desk_client(elena)
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    usual = operations.open_round

    def and_its_author_is_faster(call, **about):
        amended(Submission.objects.get(pk=submission.pk), amina, elena)
        Submission.objects.filter(pk=submission.pk).update(status="under_review")  # as if it had been taken up again
        return usual(call, **about)

    monkeypatch.setattr(operations, "open_round", and_its_author_is_faster)
    client.post(page, {**seen, "decision": "accept", "letters": "later", "round": "First answers"})
    line = DecisionLine.objects.get()
    assert operations.stale_lines(line.round) == {line.pk}


def test_a_round_is_not_begun_by_a_staging_that_is_refused(desk_client, make, together, elena):
    submission, client = make(), desk_client(elena)
    staged(submission, together, elena)
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    again = {**seen, "decision": "accept", "letters": "later", "round": "Second answers"}
    assert "is staged already" in client.post(page, again).content.decode()
    several = {"decision": "accept", "chosen": f"{submission.pk}:{seen['seen-step']}", "letters": "later"}
    client.post(reverse("admin:submissions_submission_several"), {**several, "round": "Third answers"})
    assert list(DecisionRound.objects.values_list("name", flat=True)) == ["First answers"]


def test_enter_in_the_name_of_a_round_carries_nothing_out(desk_client, make, elena):
    """A browser presses the first button of the page then, which carries out and sends."""
    submission, client = make(), desk_client(elena)
    page = reverse("admin:submissions_submission_change", args=[submission.pk])
    seen = {f"seen-{name}": value for name, value in client.get(page).context["seen"].items()}
    pressed = {"decision": "accept", "letters": "send", "round": "First answers"}
    answer = client.post(page, {**seen, **pressed})
    assert "You named a round" in answer.content.decode()
    several = {**pressed, "chosen": f"{submission.pk}:{seen['seen-step']}"}
    answer = client.post(reverse("admin:submissions_submission_several"), several)
    assert "You named a round" in answer.content.decode()
    assert statuses(submission) == ["under_review"]


def test_one_that_would_be_refused_holds_up_all(make, together, elena, olaf):
    fine, unticked = make(), make()
    staged(fine, together, elena)
    ravi = make_user(staff=True, roles=["reviewer"])
    staged(unticked, together, ravi)  # who ticked nothing
    with pytest.raises(StandsAgainst, match="checklist is not complete"):
        operations.release_round(together, by=olaf, at=NOW)
    assert statuses(fine, unticked) == ["under_review"] * 2
    assert not SubmissionStep.objects.filter(became="accepted").exists()


def test_an_input_is_staged_once_and_only_in_a_round_of_its_call_that_is_open(make, together, elena, olaf, forum, ravi):
    submission = make()
    staged(submission, together, elena)
    with pytest.raises(Refused, match="staged already"):
        staged(submission, together, elena, "decline")
    elsewhere = operations.open_round(make_call(forum), name="Others", by=elena, at=NOW)
    with pytest.raises(Refused, match="another call"):
        staged(make(), elsewhere, elena)
    with pytest.raises(Refused, match="cannot be staged"):
        staged(make("submitted"), together, elena)
    own = make(organisation=make_organisation("Own", focal_point=ravi), by=ravi)
    with pytest.raises(Refused, match="cannot be staged"):
        staged(own, together, ravi, "decline")
    operations.release_round(together, by=olaf, at=NOW)
    for act in (lambda: staged(make(), together, elena), lambda: operations.release_round(together, by=olaf, at=NOW)):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused, match="Choose another name"):
        operations.open_round(together.call, name="First answers", by=elena, at=NOW)


def test_a_round_that_is_set_aside_tells_nobody_and_its_inputs_may_be_staged_again(make, together, elena):
    submission = make()
    staged(submission, together, elena)
    operations.set_round_aside(together, by=elena, at=NOW)
    again = operations.open_round(together.call, name="Second", by=elena, at=NOW)
    staged(submission, again, elena)
    assert (statuses(submission), SubmissionStep.objects.filter(became="accepted").count()) == (["under_review"], 0)


def test_the_room_of_a_round_shows_no_line_about_ones_own_organisation(desk_client, make, together, elena, ravi):
    seen = make()
    staged(seen, together, elena)
    own = make(organisation=make_organisation("Harbour of Ravi", focal_point=ravi), by=ravi)
    staged(own, together, elena)
    page = desk_client(ravi).get(reverse("admin:submissions_decisionround_change", args=[together.pk]))
    assert [line.submission for line in page.context["page"].object_list] == [seen]
    assert own.reference not in page.content.decode()
    assert {name: count for name, _word, count in page.context["tabs"]} == {"waiting": 1}
    taken = desk_client(ravi).post(
        reverse("admin:submissions_decisionround_change", args=[together.pk]),
        {"decision": "take_out", "line": DecisionLine.objects.get(submission=own).pk},
    )
    assert taken.status_code == 404


def test_the_page_of_a_round_asks_the_same_for_one_line_and_for_many(desk_client, make, together, elena, count_statements):
    client, page = desk_client(elena), reverse("admin:submissions_decisionround_change", args=[together.pk])
    staged(make(), together, elena)
    few = count_statements(lambda: client.get(page))
    for _each in range(6):
        staged(make(), together, elena)
    assert count_statements(lambda: client.get(page)) == few


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_at_once_one_wins_and_everything_happens_once(make, together, elena, olaf):
    rows = [make() for _each in range(3)]
    for row in rows:
        staged(row, together, elena)
    people, said, ready = [olaf, make_user(staff=True, roles=["editor"])], [], threading.Barrier(2)

    def release(person):
        try:
            ready.wait()
            operations.release_round(together, by=person, at=now())
            said.append("released")
        except Refused as why:
            said.append(str(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=release, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["It was announced or set aside already.", "released"]
    assert [row.steps.filter(became="accepted").count() for row in rows] == [1, 1, 1]
