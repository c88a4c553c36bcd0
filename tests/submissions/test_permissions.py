"""Who may what, as a table over people and questions; the table is written here, not read from the code."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accreditation.models import Membership
from submissions import permissions
from submissions.models import Submission
from tests.factories import NOW, join, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
R = Membership.Role
QUESTIONS = ("may_read", "may_edit", "may_submit", "may_withdraw", "may_review", "may_publish")
TABLE = {  # person: answers to QUESTIONS
    "anonymous": (0, 0, 0, 0, 0, 0),
    "stranger": (0, 0, 0, 0, 0, 0),
    "focal_point_of_another": (0, 0, 0, 0, 0, 0),
    "focal_point": (1, 1, 1, 1, 0, 0),
    "alternate": (1, 1, 1, 1, 0, 0),
    "drafter": (1, 1, 0, 0, 0, 0),
    "viewer": (1, 0, 0, 0, 0, 0),
    "former_focal_point": (0, 0, 0, 0, 0, 0),
    "asked_to_join": (0, 0, 0, 0, 0, 0),
    "reviewer": (0, 0, 0, 0, 1, 0),
    "editor": (0, 0, 0, 0, 1, 1),
    "accreditation_desk": (0, 0, 0, 0, 0, 0),
    "reviewer_of_own_organisation": (1, 0, 0, 0, 0, 0),
    "suspended_editor": (0, 0, 0, 0, 0, 0),
}


@pytest.fixture
def people(organisation, other_organisation, amina, bruno, ravi, elena):
    makers = {
        "anonymous": AnonymousUser(),
        "stranger": make_user(),
        "focal_point_of_another": bruno,
        "focal_point": amina,
        "reviewer": ravi,
        "editor": elena,
        "accreditation_desk": make_user(staff=True, roles=["accreditation"]),
        "reviewer_of_own_organisation": make_user(staff=True, roles=["reviewer"]),
        "suspended_editor": make_user(staff=True, roles=["editor"], is_active=False),
    }
    for role in (R.ALTERNATE, R.DRAFTER, R.VIEWER):
        makers[role.value] = make_user()
        join(organisation, makers[role.value], role)
    join(organisation, makers["reviewer_of_own_organisation"], R.VIEWER)
    makers["former_focal_point"], makers["asked_to_join"] = make_user(), make_user()
    join(organisation, makers["former_focal_point"], until=NOW)
    join(organisation, makers["asked_to_join"], since=None)
    return makers


def test_every_cell_of_the_table(people, draft):
    answers = {
        person: tuple(int(getattr(permissions, question)(user, draft)) for question in QUESTIONS)
        for person, user in people.items()
    }
    assert answers == TABLE


SEES = {  # person: which of (draft, submitted) of the organisation are visible
    "anonymous": (0, 0),
    "stranger": (0, 0),
    "focal_point_of_another": (0, 0),
    "focal_point": (1, 1),
    "alternate": (1, 1),
    "drafter": (1, 1),
    "viewer": (1, 1),
    "former_focal_point": (0, 0),
    "asked_to_join": (0, 0),
    "reviewer": (0, 1),
    "editor": (0, 1),
    "accreditation_desk": (0, 0),
    "reviewer_of_own_organisation": (0, 0),
    "suspended_editor": (0, 0),
}


def test_who_sees_what_in_lists_and_counts(people, draft, call, organisation, amina):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    seen = {}
    for person, user in people.items():
        visible = set(Submission.objects.visible_to(user).values_list("pk", flat=True))
        seen[person] = (int(draft.pk in visible), int(sent.pk in visible))
    assert seen == SEES


def test_one_organisation_never_sees_the_inputs_of_another(draft, bruno, other_organisation):
    assert list(Submission.objects.visible_to(bruno)) == []


def test_membership_ends_at_once(draft, amina, organisation):
    assert permissions.may_submit(amina, draft)
    organisation.memberships.update(until=NOW)
    assert not permissions.may_read(amina, draft)
    assert list(Submission.objects.visible_to(amina)) == []


def test_nobody_on_the_desk_opens_what_their_own_organisation_wrote(ravi):
    own = make_organisation(focal_point=ravi)
    sent = make_submission(organisation=own, by=ravi)
    assert not permissions.may_review(ravi, sent)
    assert list(Submission.objects.filter(pk=sent.pk, status="submitted").visible_to(ravi)) == []
