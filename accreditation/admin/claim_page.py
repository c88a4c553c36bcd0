"""What an application says and shows, as the desk reads it: points with answers, files with who opened them."""

from accreditation.admin.evidence import address_of
from accreditation.models import BasisPoint, EvidenceFile, Reading

TONES = {"waiting": "wait", "clean": "done", "infected": "stop"}


def said_in(accreditation) -> list:
    """Every point that is asked or was answered, with its answer."""
    texts = dict(accreditation.answers.values_list("point", "text"))
    points = BasisPoint.objects.filter(basis=accreditation.basis_id).exclude(kind=BasisPoint.Kind.FILE)
    return [{"point": point, "text": texts.get(point.pk, "")} for point in points if point.in_use or texts.get(point.pk)]


def evidence_on(accreditation, *, reads) -> list:
    """Its files with their points, their state, and the readings of each; an address only where it may be opened."""
    files = list(accreditation.files.filter(removed_at__isnull=True).select_related("point"))
    opened = {}
    for reading in Reading.objects.filter(accreditation=accreditation, what=Reading.What.EVIDENCE).select_related("by"):
        opened.setdefault(reading.of, []).append(reading)
    return [
        {
            "file": file,
            "kind": file.name.rpartition(".")[2].upper(),
            "tone": TONES[file.verdict],
            "is_letter": file.purpose == EvidenceFile.Purpose.REPRESENTATION,
            "url": address_of(file) if reads and file.is_clean and not file.erased_at else "",
            "readings": opened.get(str(file.pk), []),
        }
        for file in files
    ]
