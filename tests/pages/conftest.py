"""The demonstration as a whole site for tests that only look at pages: made once, gone after them."""

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from tests.journeys.conftest import load_lists


@pytest.fixture(scope="package")
def demonstration(django_db_setup, django_db_blocker):
    """Real lists and the demonstration forum, committed, so that a server in another thread shows them."""
    from imrf_portal.demo.seeding import seed

    with django_db_blocker.unblock():
        load_lists()
        seed(at=now())
        begin_another_draft()
        begin_another_application()
        begin_a_national_review()
        write_another_version()
        yield
        call_command("flush", verbosity=0, interactive=False)


def begin_another_draft():
    """A draft of which nothing but its language is written: what an author sees first."""
    from submissions import operations
    from tests.pages.every import open_call, speaker

    person = speaker()
    operations.start(call=open_call(), organisation=person.organisation, by=person.user, at=now(), language="en")


def begin_a_national_review():
    """A draft with a long form, some of it answered: what was chosen, written, and filled into the table."""
    from forums.models import Call
    from submissions import operations
    from tests.pages.every import speaker

    person, call = speaker(), Call.objects.get(forum__slug="demo", slug="national-reviews")
    draft = operations.start(call=call, organisation=person.organisation, by=person.user, at=now(), language="en")
    answers = {"implementation_plan": "yes", "stakeholders_consulted": ["migrants", "media"], "parliament_consulted": "no"}
    answers |= {"measures": [{"measure": "Hotline", "since": "2023"}], "achievements": "Nine **missions** answer."}
    operations.revise(draft, by=person.user, at=now(), edition=draft.edition, answers=answers)


def write_another_version():
    """A form whose next version is being written."""
    from submissions import operations
    from submissions.models import FormTemplate

    operations.begin_version(FormTemplate.objects.get(code="report"))


def begin_another_application():
    """An application of which nothing is written yet, of an organisation whose earlier one has ended."""
    from accreditation import operations
    from accreditation.models import Accreditation, Basis

    ended = Accreditation.objects.filter(forum__slug="demo", status="expired").first()
    person = ended.organisation.memberships.standing().filter(role="focal_point").first().user
    operations.begin(ended.organisation, forum=ended.forum, basis=Basis.objects.get(pk="special"), by=person, at=now())
