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
        yield
        call_command("flush", verbosity=0, interactive=False)


def begin_another_draft():
    """A draft of which nothing but its language is written: what an author sees first."""
    from submissions import operations
    from tests.pages.every import open_call, speaker

    person = speaker()
    operations.start(call=open_call(), organisation=person.organisation, by=person.user, at=now(), language="en")


def begin_another_application():
    """An application of which nothing is written yet, of an organisation whose earlier one has ended."""
    from accreditation import operations
    from accreditation.models import Accreditation, Basis

    ended = Accreditation.objects.filter(forum__slug="demo", status="expired").first()
    person = ended.organisation.memberships.standing().filter(role="focal_point").first().user
    operations.begin(ended.organisation, forum=ended.forum, basis=Basis.objects.get(pk="special"), by=person, at=now())
