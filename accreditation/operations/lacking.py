"""What an application still lacks before it can be sent, and which of its points can be written now."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, BasisPoint
from forums import words


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: the point it belongs to (None: the reply to the desk) and a whole sentence."""

    point: BasisPoint | None
    sentence: str


def open_enquiry(accreditation):
    """The question of the desk that waits for an answer, or None."""
    return accreditation.enquiries.filter(answered_at__isnull=True).prefetch_related("points").first()


def points_of(accreditation):
    """The points that its basis asks now."""
    return list(BasisPoint.objects.filter(basis=accreditation.basis_id, in_use=True))


def points_writable(accreditation):
    """All points while it is a draft; while the desk asks those that it named; else none."""
    if accreditation.status == Accreditation.Status.DRAFT:
        return points_of(accreditation)
    if accreditation.status != Accreditation.Status.MORE_ASKED:
        return []
    enquiry = open_enquiry(accreditation)
    return list(enquiry.points.all()) if enquiry else points_of(accreditation)


def count_words(text) -> int:
    """Words of an answer, whose language nobody states: where Han characters stand, each is a word."""
    return words.count(text, "zh-hans" if words.HAN.search(text) else "")


def missing(accreditation) -> list[Lack]:
    """What stands against sending it now; empty when it is complete. A confirmation rests on what was shown before."""
    if accreditation.confirms_id and accreditation.status == Accreditation.Status.DRAFT:
        return []
    texts = dict(accreditation.answers.values_list("point", "text"))
    files = {}
    for file in accreditation.files.kept().filter(purpose="evidence"):
        files.setdefault(file.point_id, []).append(file)
    asked = points_writable(accreditation)
    lacks = [lack for point in asked if (lack := _lack(point, texts.get(point.pk, ""), files.get(point.pk, [])))]
    enquiry = open_enquiry(accreditation)
    if enquiry and not asked and not enquiry.reply.strip():
        lacks.append(Lack(None, _("Answer the question of the desk.")))
    return lacks


def _lack(point, text, files):
    if point.kind == BasisPoint.Kind.FILE:
        return _lacking_file(point, files)
    if not text.strip():
        return Lack(point, _("“%(point)s” is not answered yet.") % {"point": point}) if point.required else None
    count = count_words(text)
    if point.kind == BasisPoint.Kind.TEXT and count > point.most_words:
        sentence = _("“%(point)s” has %(count)d words; at most %(most)d are read. Shorten it.")
        return Lack(point, sentence % {"point": point, "count": count, "most": point.most_words})
    return None


def _lacking_file(point, files):
    if any(file.verdict == "infected" for file in files):
        sentence = _("A file for “%(point)s” was refused by the virus scanner. Take it out, then send.")
        return Lack(point, sentence % {"point": point})
    if point.required and not files:
        return Lack(point, _("Add the file for “%(point)s”.") % {"point": point})
    return None
