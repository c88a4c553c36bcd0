"""The demonstration as a whole site for tests that only look at pages: made once a file, gone after it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils.timezone import now

from tests.factories import make_call, make_forum


@pytest.fixture(scope="module")
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
    from tests.journeys.pages import open_call, speaker

    person = speaker()
    operations.start(call=open_call(), organisation=person.organisation, by=person.user, at=now(), language="en")


def begin_another_application():
    """An application of which nothing is written yet, of an organisation whose earlier one has ended."""
    from accreditation import operations
    from accreditation.models import Accreditation, Basis

    ended = Accreditation.objects.filter(forum__slug="demo", status="expired").first()
    person = ended.organisation.memberships.standing().filter(role="focal_point").first().user
    operations.begin(ended.organisation, forum=ended.forum, basis=Basis.objects.get(pk="special"), by=person, at=now())


@pytest.fixture
def lists(db):
    """Countries, objectives, forums and bases as they are shipped."""
    load_lists()


def load_lists():
    """All shipped lists but the registers of thousands of names, which no page shows whole."""
    from accreditation.reference import FILES as WHO
    from forums.reference import FILES as WHEN
    from submissions.reference import FILES as WHAT

    for load in (*WHEN.values(), WHO["bases.csv"], WHO["basis_points.csv"], WHO["un_entities.csv"], *WHAT.values()):
        load()


@pytest.fixture
def open_call(lists):
    """A call of the demonstration forum that closes in a month."""
    first_day = now().date() + timedelta(weeks=20)
    days = {"year": first_day.year, "first_day": first_day, "last_day": first_day + timedelta(days=3)}
    forum = make_forum("demo", **days, demonstration=True)
    window = {"opens_at": now() - timedelta(days=30), "closes_at": now() + timedelta(days=30)}
    return make_call(forum, name="Stakeholder inputs", **window)


@pytest.fixture
def scan(tmp_path):
    """What the sweep of a minute does with waiting files: a real ClamAV where it is installed, else what one would say."""
    from submissions.models import Attachment
    from submissions.tasks import scan_uploads
    from tests.processes import clamav

    def scan():
        with clamav(tmp_path) as socket:
            if socket:
                with override_settings(CLAMD_SOCKET=socket):
                    scan_uploads()
            else:
                Attachment.objects.to_scan().update(verdict="clean", scanned_at=now())

    return scan
