"""The letter of representation: a private file that says whom the organisation sends; one covers all its persons."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accreditation.models import EvidenceFile
from accreditation.operations.applying import held
from forums.refusals import Refused
from forums.uploads import look_at

TYPES = (".pdf", ".docx", ".odt", ".png", ".jpg", ".jpeg")
MOST = 3


def letters_of(accreditation):
    """Those that were not taken out, the erased ones as a line that says so."""
    return accreditation.files.filter(removed_at__isnull=True, purpose=EvidenceFile.Purpose.REPRESENTATION)


def has_letter(accreditation):
    """For queries: whether a letter is there that the scanner has not refused; `accreditation` names its column."""
    letters = EvidenceFile.objects.filter(
        accreditation=OuterRef(accreditation), removed_at__isnull=True, purpose=EvidenceFile.Purpose.REPRESENTATION
    )
    return Exists(letters.exclude(verdict=EvidenceFile.Verdict.INFECTED))


@transaction.atomic
def add_letter(accreditation, file, *, by, at):
    """Store a letter; nobody reads it before a scanner called it clean. The same file chosen twice is kept once."""
    upload = look_at(file, folder="evidence", types=TYPES)
    kept = held(accreditation)
    if kept.status not in kept.STANDING:
        raise Refused(_("A letter of representation is asked for once the standing is recorded."))
    there = letters_of(kept).filter(erased_at__isnull=True)
    if same := there.filter(sha256=upload.sha256).first():
        return same
    if there.count() >= MOST:
        raise Refused(_("“%(name)s” cannot be added: take another letter out first.") % {"name": upload.name})
    entry = EvidenceFile(
        accreditation=kept,
        purpose=EvidenceFile.Purpose.REPRESENTATION,
        name=upload.name,
        size=upload.size,
        media_type=upload.media_type,
        sha256=upload.sha256,
        added_by=by,
        added_at=at,
    )
    entry.file.name = entry.file.storage.save(upload.stored_name, file)
    entry.save()
    return entry


def take_out(file, *, by, at):
    """Its bytes go with the next sweep."""
    letters_of(file.accreditation).filter(pk=file.pk, erased_at__isnull=True).update(removed_at=at)
