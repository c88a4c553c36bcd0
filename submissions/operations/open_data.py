"""Make an edition of the open data when one is due; the former one and its file go."""

from hashlib import file_digest
from tempfile import TemporaryFile

from django.core.files import File
from django.db import connection, transaction

from submissions import publication
from submissions.harvest.horizon import horizon
from submissions.models import OpenData
from submissions.open_data import editions
from submissions.open_data.writing import write_archive

ONE_AT_A_TIME = 7_304_001  # the key of the lock; any number that nothing else takes


def make_due_open_data(*, at) -> int:
    """Returns how many editions were made: one or none. A second worker that comes meanwhile makes none."""
    if not editions.is_due(at):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        try:
            make_open_data(at=at)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return 1


def make_open_data(*, at) -> OpenData:
    """All that is visible, as it was at one moment of the database."""
    with TemporaryFile() as archive:
        up_to = min(horizon(), at)
        package, count = _written(archive, at)
        size = archive.tell()
        archive.seek(0)
        checksum = file_digest(archive, "sha256").hexdigest()
        archive.seek(0)
        with transaction.atomic():
            edition = OpenData(made_at=at, up_to=up_to, inputs=count, size=size, sha256=checksum, package=package)
            edition.file.save(f"imrf-inputs-{checksum[:12]}.zip", File(archive), save=False)
            edition.save()
            _forget_all_but(edition)
    return edition


def _written(archive, at):
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return write_archive(archive, publication.visible(at).order_by("pk"), at=at)


def _forget_all_but(edition):
    for former in OpenData.objects.exclude(pk=edition.pk):
        name, storage = former.file.name, former.file.storage
        former.delete()
        if name != edition.file.name:
            transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
