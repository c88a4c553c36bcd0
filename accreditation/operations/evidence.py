"""Private files: taken in, taken out of a draft, read by those who may (and each reading noted), erased in time."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, EvidenceFile
from accreditation.operations.applying import ask_whether_writable, held
from accreditation.operations.lacking import points_writable
from accreditation.operations.reading import note_reading
from forums.models import Forum
from forums.refusals import Refused
from forums.scanning import scan
from forums.uploads import look_at

Status = Accreditation.Status
DECIDED = (Status.RECOGNISED, Status.ACCREDITED, Status.NOT_ACCREDITED, Status.WITHDRAWN, Status.EXPIRED)
TYPES = (".pdf", ".docx", ".odt", ".txt", ".png", ".jpg", ".jpeg")
MOST_OF_A_POINT = 5
BATCH = 200


@transaction.atomic
def add_evidence(accreditation, file, *, point, by, at):
    """Store a file for a point that can be written now; nobody reads it before a scanner called it clean.

    The bytes are on the disk before the row that names them commits. The same file chosen twice is kept once.
    """
    upload = look_at(file, folder="evidence", types=TYPES)
    kept = held(accreditation)
    ask_whether_writable(kept)
    if point not in points_writable(kept):
        raise Refused(_("“%(point)s” cannot be changed now. Look at what the desk asks.") % {"point": point})
    there = kept.files.kept().filter(purpose=EvidenceFile.Purpose.EVIDENCE)
    if same := there.filter(point=point, sha256=upload.sha256).first():
        return same
    if there.count() >= settings.UPLOAD_MOST_FILES or there.filter(point=point).count() >= MOST_OF_A_POINT:
        raise Refused(
            _("“%(point)s” takes no more files. Take one out before you add “%(name)s”.")
            % {"point": point, "name": upload.name}
        )
    return _keep(kept, file, upload, point=point, purpose=EvidenceFile.Purpose.EVIDENCE, by=by, at=at)


def _keep(accreditation, file, upload, **more):
    entry = EvidenceFile(
        accreditation=accreditation,
        name=upload.name,
        size=upload.size,
        media_type=upload.media_type,
        sha256=upload.sha256,
        purpose=more["purpose"],
        point=more["point"],
        added_by=more["by"],
        added_at=more["at"],
    )
    entry.file.name = entry.file.storage.save(upload.stored_name, file)
    entry.save()
    return entry


@transaction.atomic
def remove_evidence(file, *, by, at):
    """Take a file out while its point can be written; its bytes go with the next sweep."""
    kept = held(file.accreditation)
    ask_whether_writable(kept)
    if kept.status == Status.MORE_ASKED and file.point not in points_writable(kept):
        raise Refused(_("This file belongs to a part that the desk did not ask about; it cannot be taken out now."))
    EvidenceFile.objects.kept().filter(pk=file.pk).update(removed_at=at)


@transaction.atomic
def read_evidence(file, *, by, at):
    """Open a clean file for somebody of the desk, the reading noted first. None where there are no bytes to be read."""
    fresh = EvidenceFile.objects.kept().select_related("accreditation").filter(pk=file.pk).first()
    if fresh is None or not fresh.is_clean or not fresh.file:
        return None
    try:
        stream = fresh.file.open("rb")
    except OSError:  # gone, or sealed with a key that is not here any more
        return None
    note_reading("evidence", fresh, by=by, at=at, accreditation=fresh.accreditation)
    return stream


def scan_evidence(*, at, most=20) -> int:
    """Ask the scanner about private files in quarantine; returns how many got a verdict."""
    return scan(EvidenceFile.objects.to_scan(), at=at, most=most)


def erase_evidence(*, at) -> int:
    """Erase the bytes of what is needed no longer; the rows stay and say so. Returns how many.

    Evidence goes EVIDENCE_KEPT_DAYS after the last word on its application, and that long after the forum's last day
    whatever became of it; letters of representation after the forum; what was taken out at once. Bytes go first: if this
    stops in between, the next run finds the row still due.
    """
    done = 0
    for pk in list(_due(at).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            file = EvidenceFile.objects.select_for_update(skip_locked=True).filter(pk=pk, erased_at__isnull=True).first()
            if file is None:
                continue
            if file.file:
                file.file.storage.delete(file.file.name)
            EvidenceFile.objects.filter(pk=pk).update(file="", erased_at=at)
            done += 1
    return done


def _due(at):
    until = at - timedelta(days=settings.EVIDENCE_KEPT_DAYS)
    decided = Q(purpose=EvidenceFile.Purpose.EVIDENCE, accreditation__status__in=DECIDED, last_step__lte=until)
    past = Q(accreditation__forum__in=[forum.pk for forum in Forum.objects.exclude(last_day=None) if _ended(forum) <= until])
    files = EvidenceFile.objects.filter(erased_at__isnull=True).annotate(last_step=Max("accreditation__steps__at"))
    return files.filter(decided | past | Q(removed_at__isnull=False)).order_by("added_at", "pk")


def _ended(forum):
    """The first moment after the last day of a forum, in its zone."""
    return datetime.combine(forum.last_day + timedelta(days=1), time.min, forum.zone)
