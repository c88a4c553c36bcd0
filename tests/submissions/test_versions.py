"""Every version that was sent is kept; any two can be compared by its author."""

import pytest
from django.urls import reverse

from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, join, make_submission, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(draft, amina):
    """Sent, and changed twice."""
    operations.submit(draft, by=amina)
    sent = Submission.objects.get()
    for title in ("Consular help for all workers", "Help for all workers"):
        change = operations.amend(sent, by=amina, at=NOW)
        operations.revise(change, by=amina, at=NOW, edition=change.edition, title=title, countries=["KEN", "NPL"])
        operations.submit(change, by=amina)
        sent = Submission.objects.get()
    return sent


def compare(client, submission, **asked):
    return client.get(reverse("submissions:my_differences", args=[submission.pk]), asked)


def test_the_two_newest_are_compared_unless_others_are_asked_for(client, changed, amina):
    client.force_login(amina)
    answer = compare(client, changed)
    assert (answer.context["old"].number, answer.context["new"].number) == (2, 3)
    page = compare(client, changed, **{"from": "1", "to": "2"}).content.decode()
    assert "Taken out: </span>seasonal</del>" in page
    assert "Put in: </span>all</ins>" in page
    assert "<bdi>Nepal</bdi></ins>" in page
    assert "Amina" in page


def test_side_by_side_each_version_has_its_column(client, changed, amina):
    client.force_login(amina)
    page = compare(client, changed, view="side").content.decode()
    assert f'<th scope="col"><bdi>{changed.reference}/Rev.1</bdi></th>' in page
    assert f'<th scope="col"><bdi>{changed.reference}/Rev.2</bdi></th>' in page


def test_what_was_typed_is_never_markup(client, changed, amina):
    change = operations.amend(changed, by=amina, at=NOW)
    operations.revise(change, by=amina, at=NOW, edition=change.edition, title="<script>alert(1)</script>")
    operations.submit(change, by=amina)
    client.force_login(amina)
    page = compare(client, changed).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_viewer_compares_and_a_stranger_finds_nothing(client, changed, bruno, organisation):
    viewer = make_user()
    join(organisation, viewer, role="viewer")
    client.force_login(viewer)
    assert compare(client, changed).status_code == 200
    client.force_login(bruno)
    assert compare(client, changed).status_code == 404


def test_one_version_has_nothing_to_be_compared_with(client, organisation, amina):
    submission = make_submission(organisation=organisation, by=amina)
    client.force_login(amina)
    assert compare(client, submission).status_code == 404


def test_the_page_costs_the_same_with_two_versions_and_with_three(client, changed, amina, count_statements):
    client.force_login(amina)
    asked = {"from": "1", "to": "2"}
    compare(client, changed, **asked)
    three = count_statements(lambda: compare(client, changed, **asked))
    changed.versions.get(number=3).delete()
    assert count_statements(lambda: compare(client, changed, **asked)) == three
