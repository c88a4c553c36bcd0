"""A page that asked whether anything is closed to its reader sees as much as one that did not, and counts as much."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import DeskScope, User
from forums.models import Letter
from submissions.admin.counting import _of_all
from submissions.admin.opening import load
from submissions.admin.surroundings import OTHERS
from submissions.models import Conflict, Mention, QueueChoice, Submission
from submissions.models.known_open import UNKNOWN, Extent, ask_what_is_closed, closed_to_some_extent
from submissions.operations import add_note
from tests.factories import NOW, join, make_call, make_organisation, make_submission, make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
STATUSES = ("draft", "submitted", "under_review", "under_review", "accepted", "published", "published", "withdrawn")
OPEN, BY_CONFLICT, BY_SCOPE = Extent(False, False), Extent(True, False), Extent(False, True)


@pytest.fixture
def inputs():
    """Of two bodies, at every kind of status."""
    call = make_call()
    bodies = [make_organisation(focal_point=make_user()) for _turn in range(2)]
    return [
        make_submission(call=call, organisation=body, by=body.memberships.get().user, status=status)
        for body in bodies
        for status in STATUSES
    ]


def declare(user, **about):
    return Conflict.objects.create(user=user, ground="other", reason="x", by=user, at=NOW, **about)


def narrow(user, **fields):
    return DeskScope.objects.create(user=user, by=user, at=NOW, **fields)


CLOSED_BY = {
    "nothing": (lambda user, one: None, OPEN),
    "acting for a body": (lambda user, one: join(one.organisation, user), BY_CONFLICT),
    "having acted for it": (lambda user, one: join(one.organisation, user, until=now() - timedelta(days=9)), BY_CONFLICT),
    "long ago": (lambda user, one: join(one.organisation, user, until=now() - timedelta(days=9000)), OPEN),
    "asking to act for it": (lambda user, one: join(one.organisation, user, since=None), OPEN),
    "a body": (lambda user, one: declare(user, organisation=one.organisation), BY_CONFLICT),
    "an input": (lambda user, one: declare(user, submission=one), BY_CONFLICT),
    "one that ended": (lambda user, one: declare(user, submission=one, ended_at=NOW, ended_by=user), OPEN),
    "a scope": (lambda user, one: narrow(user, level="national"), BY_SCOPE),
    "a scope that ended": (lambda user, one: narrow(user, level="national", ended_at=NOW), OPEN),
}


def seen_by(user) -> set:
    return set(Submission.objects.visible_to(user).values_list("pk", flat=True))


@pytest.mark.parametrize("role", ["reviewer", "editor"])
@pytest.mark.parametrize("way", CLOSED_BY)
def test_who_asked_sees_what_they_saw(inputs, way, role):
    close, expected = CLOSED_BY[way]
    user = make_user(staff=True, roles=[role])
    close(user, inputs[2])
    for status in ("sent", "failed"):
        make_letter(f"submission-step:{inputs[2].steps.first().pk}:{status}")
    user, asker = User.objects.get(pk=user.pk), User.objects.get(pk=user.pk)
    assert ask_what_is_closed(asker) == closed_to_some_extent(asker) == expected
    assert closed_to_some_extent(user) is UNKNOWN
    assert seen_by(asker) == seen_by(user)
    assert set(Submission.objects.closed_to(asker)) == set(Submission.objects.closed_to(user))
    assert set(Submission.objects.in_conflict_with(asker)) == set(Submission.objects.in_conflict_with(user))
    assert set(Letter.objects.visible_to(asker)) == set(Letter.objects.visible_to(user))
    if not expected.by_scope:
        counted = Counter(Submission.objects.visible_to(user).values_list("status", flat=True))
        assert _of_all(asker) == _of_all(user) == counted


def test_who_has_nothing_closed_is_asked_for_no_condition(inputs):
    user = make_user(staff=True, roles=["editor"])
    known = len(str(Submission.objects.visible_to(user).query))
    ask_what_is_closed(user)
    assert "organisation" not in str(Submission.objects.visible_to(user).values("pk").query)
    assert len(str(Submission.objects.visible_to(user).query)) < known - 2000


def test_what_is_pressed_asks_anew(desk_client, inputs):
    """Nobody's page of before says what is closed to them when they press something on it."""
    editor = make_user(staff=True, roles=["editor"])
    client, one = desk_client(editor), inputs[2]
    page = reverse("admin:submissions_submission_change", args=[one.pk])
    assert client.get(page).status_code == client.get(QUEUE).status_code == 200
    declare(editor, organisation=one.organisation)
    assert client.post(page, {"decision": "note", "note": "x"}).status_code == client.get(page).status_code == 404
    assert one.reference not in client.get(QUEUE).content.decode()


@pytest.mark.parametrize("asked", ["", "?status=published", "?q=status:review", "?level=national", "?q=level:national"])
def test_the_counts_above_the_list_are_those_of_its_rows(desk_client, inputs, asked):
    editor = make_user(staff=True, roles=["editor"])
    declare(editor, organisation=inputs[0].organisation)
    with CaptureQueriesContext(connection) as queries:
        answer = desk_client(editor).get(f"{QUEUE}{asked}")
    shown = answer.context_data["cl"]
    assert shown.result_count == len(shown.result_list) == len(set(shown.queryset)) > 0
    assert {one.organisation_id for one in shown.result_list} == {inputs[-1].organisation_id}
    assert sum('COUNT(*) AS "n"' in query["sql"] for query in queries) == 1


def test_a_review_page_put_together_for_one_is_true_of_another(rf, inputs):
    one, two = (make_user(staff=True, roles=["editor"]) for _turn in range(2))
    QueueChoice.objects.create(user=two, keys=False)
    add_note(inputs[2], by=one, at=NOW, text=f"Look, @{two.email}.")

    def look(user, key):
        request = rf.get("/")
        request.user = User.objects.get(pk=user.pk)
        ask_what_is_closed(request.user)
        return load(request, key)

    found = {user: look(user, str(inputs[2].pk)) for user in (one, two)}
    assert [found[user].keys_off for user in (one, two)] == [False, True]
    assert [found[user].mentioned for user in (one, two)] == [False, Mention.objects.filter(person=two).exists()]
    assert {each.pk for each in found.values()} == {inputs[2].pk}
    assert found[one].later == found[two].later
    declare(two, organisation=inputs[-1].organisation)
    beside = {other["pk"] for other in look(two, inputs[2].pk).others}
    assert len(beside) == OTHERS
    assert beside < {str(each.pk) for each in inputs[1:8]}  # of the same body, sent
    for key in (inputs[0].pk, inputs[-2].pk, "nonsense", "0" * 32):
        with pytest.raises(Http404):
            look(two, key)
