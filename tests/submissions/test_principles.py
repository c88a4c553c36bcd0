"""The guiding principles beside the objectives: chosen in the draft, sent, shown; round tables follow from objectives."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums.models import GuidingPrinciple, Objective, RoundTable
from submissions import operations
from submissions.models import Review, Submission
from tests.factories import make_call, make_draft, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_call(forum):
    return make_call(forum)


@pytest.fixture
def principles():
    letters = {1: ("a", "People-centred"), 6: ("f", "Human rights")}
    return [GuidingPrinciple.objects.create(number=n, letter=letter, title=title) for n, (letter, title) in letters.items()]


@pytest.fixture
def draft(open_call, amina, principles):
    return make_draft(call=open_call, organisation=make_organisation("Harbour Light", focal_point=amina), by=amina, at=now())


def test_principles_are_chosen_in_the_draft_and_stand_on_what_is_sent(client, draft, amina):
    client.force_login(amina)
    page = reverse("submissions:edit", args=[draft.pk])
    assert "(f) Human rights" in client.get(page).content.decode()
    answers = {"title": draft.title, "level": "global", "principles": ["6"], "objectives": ["7"]}
    client.post(page, {**answers, "edition": draft.edition})
    assert [one.number for one in Submission.objects.get().principles.all()] == [6]
    assert "(f) Human rights" in client.get(reverse("submissions:check", args=[draft.pk])).content.decode()
    assert "(f) Human rights" in client.get(reverse("submissions:download", args=[draft.pk])).content.decode()
    draft.refresh_from_db()
    version = operations.submit(draft, by=amina)
    assert version.content["principles"] == [6]


def test_an_input_without_principles_says_nothing_of_them(draft, amina):
    assert "principles" not in operations.submit(draft, by=amina).content


def test_a_change_of_principles_alone_is_a_change(draft, amina, principles):
    operations.submit(draft, by=amina)
    sent = Submission.objects.get()
    change = operations.amend(sent, by=amina, at=now())
    change.principles.set(principles)
    assert operations.submit(change, by=amina).content["principles"] == [1, 6]
    assert set(Submission.objects.get().principles.all()) == set(principles)


def test_the_public_reads_them_in_words(client, draft, amina, dalia):
    draft.principles.set([6])
    operations.submit(draft, by=amina)
    sent = Submission.objects.get()
    operations.take_up(sent, by=dalia, at=now())
    operations.record_review(sent, by=dalia, at=now(), checklist=dict.fromkeys(Review.QUESTIONS, True))
    operations.accept(sent, by=dalia, at=now())
    operations.publish(sent, by=dalia, at=now())
    page = client.get(reverse("submissions:input", args=[sent.reference])).content.decode()
    assert "(f) Human rights" in page
    assert client.get(f"/api/v1/inputs/{sent.reference}/").json()["principles"] == [6]


def test_the_page_before_sending_names_the_round_tables_of_the_objectives(client, draft, amina):
    objective = draft.objectives.first() or Objective.objects.first()
    draft.objectives.set([objective])
    for table in RoundTable.objects.filter(forum=draft.call.forum):
        table.objectives.set([objective] if table.number == 3 else [])
    client.force_login(amina)
    page = client.get(reverse("submissions:check", args=[draft.pk])).content.decode()
    assert "Round tables at which these objectives are discussed: 3" in page
