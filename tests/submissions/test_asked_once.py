"""What is closed to somebody stands once in a statement that asks for it several times, and closes as much as before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imrf_portal.worklist import work_of
from submissions.models import Conflict, Submission
from submissions.models.asked_once import IN_CONFLICT, conflicts_asked_once, once
from tests.factories import NOW, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
DECLARED = '"submissions_conflict"."organisation_id" AS'  # stands once in what is closed


@pytest.fixture
def call():
    return make_call()


def make_input(call, name):
    amina = make_user()
    return make_submission(call=call, organisation=make_organisation(name, focal_point=amina), by=amina)


def seen_together(user):
    """Keys of what is visible, asked in a statement of three parts."""
    seen = Submission.objects.visible_to(user).order_by().values("pk")
    return Submission.objects.visible_to(user).filter(pk__in=seen, call__submissions__in=seen).distinct()


def test_a_statement_of_several_parts_finds_the_same(call):
    closed, ravi = make_input(call, "Alpha"), make_user(staff=True, roles=["reviewer"])
    open_one = make_input(call, "Beta")
    assert set(seen_together(ravi)) == {closed, open_one}
    Conflict.objects.create(user=ravi, organisation=closed.organisation, ground="other", reason="x", by=ravi, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        apart = list(seen_together(ravi))
        with conflicts_asked_once(ravi):
            together = list(seen_together(ravi))
    assert apart == together == [open_one]
    assert [query["sql"].count(DECLARED) for query in asked] == [3, 1]


def test_pages_of_the_desk_read_what_is_closed_once_a_statement(desk_client, call):
    editor, submission = make_user(staff=True, roles=["editor"]), make_input(call, "Alpha")
    client = desk_client(editor)
    Conflict.objects.create(user=editor, organisation=make_organisation(), ground="other", reason="x", by=editor, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        work_of(editor, at=NOW)
        assert client.get(f"/admin/submissions/submission/{submission.pk}/change/").status_code == 200
    assert max(query["sql"].count(DECLARED) for query in asked) == 1
    assert sum(query["sql"].count(IN_CONFLICT) > 3 for query in asked) == 2  # the work list and the review page


def test_parameters_keep_their_places():
    sql = "SELECT '%%s', %s WHERE a IN (C %s) AND b = %s AND c NOT IN (C %s) AND d = %s"
    said, params = once(sql, ("one", 7, "two", 7, "three"), "C %s", [7])
    assert said.endswith(f"SELECT '%%s', %s WHERE a IN ({IN_CONFLICT}) AND b = %s AND c NOT IN ({IN_CONFLICT}) AND d = %s")
    assert said.startswith('WITH "in_conflict" ("input") AS MATERIALIZED (C %s) ')
    assert params == [7, "one", "two", "three"]


def test_what_is_closed_to_two_people_is_not_said_once():
    with pytest.raises(ValueError, match="another"):
        once("SELECT a IN (C %s), b IN (C %s)", (7, 8), "C %s", [7])
