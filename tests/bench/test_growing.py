"""What the benchmark multiplies is what the portal would show: found, listed and walked like what was sent."""

import pytest

from submissions.models import Passage, PublishedInput, Submission, Version
from tests.bench.growing import grow
from tests.factories import make_published
from tests.submissions.test_public_lists import references

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown(forum, ravi):
    for number in range(3):
        make_published(title=f"Crossing {number}", text="Nine missions answer in four languages.")
    grow(forum, 43, [ravi.pk])


def test_there_are_as_many_as_asked_each_with_a_reference_of_its_own(grown):
    published = PublishedInput.objects.all()
    assert published.count() == 43
    assert len(set(published.values_list("reference", flat=True))) == 43
    assert Submission.objects.filter(status="published").count() == 43
    waiting = Submission.objects.exclude(status="published")
    assert waiting.count() == 4
    assert {one.status for one in waiting} == {"submitted", "accepted", "under_review"}
    assert Version.objects.filter(sketch=None).count() == 0
    assert Version.objects.values("forum", "place").distinct().count() == 47


def test_they_are_listed_and_found_by_common_and_by_rare_words(grown, client):
    assert "43 inputs" in client.get("/en/inputs/").content.decode()
    assert "43 inputs" in client.get("/en/inputs/?q=missions").content.decode()
    one = PublishedInput.objects.filter(reference__startswith="IMRF-2090-").first()
    rare = next(word for word in one.title.split() if word.startswith("zaq"))
    assert one.reference in references(client.get(f"/en/inputs/?q={rare}"))
    assert client.get(one.get_absolute_url()).status_code == 200


def test_a_third_has_a_file_and_a_search_says_on_which_page_of_it(grown, client):
    filed = set(Passage.objects.values_list("submission_id", flat=True))
    published = set(PublishedInput.objects.values_list("submission_id", flat=True))
    assert filed <= published
    assert 10 <= len(filed) <= 20
    assert "report.pdf" in client.get("/en/inputs/?q=missions").content.decode()


def test_the_desk_sees_those_that_wait(grown, desk_client, elena):
    page = desk_client(elena).get("/admin/submissions/submission/?status=under_review")
    assert page.context["cl"].result_count == Submission.objects.filter(status="under_review").count() > 0
