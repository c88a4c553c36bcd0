"""What a walk begins with: the shipped lists, an open call, and what the scanner would do meanwhile."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils.timezone import now

from tests.factories import make_call, make_forum
from tests.kept import kept


@pytest.fixture
def lists(db):
    """Countries, objectives, forums and bases as they are shipped."""
    kept(load_lists)


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
    """What the sweeps of a minute do with waiting files: a real ClamAV where it is installed, else what one would say."""
    from submissions.models import Attachment
    from submissions.tasks import read_files, scan_uploads
    from tests.processes import clamav

    def scan():
        with clamav(tmp_path) as socket:
            if socket:
                with override_settings(CLAMD_SOCKET=socket):
                    scan_uploads()
            else:
                Attachment.objects.to_scan().update(verdict="clean", scanned_at=now())
        read_files()  # what is not read yet is not public

    return scan
