"""One's own application, or 404 exactly as for one that does not exist; its files and its history in words."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accreditation import permissions
from accreditation.models import Accreditation, EvidenceFile, Organisation
from accreditation.non_objection.telling import as_told
from forums.models import Forum

Status = Accreditation.Status
TONES = {EvidenceFile.Verdict.WAITING: "wait", EvidenceFile.Verdict.CLEAN: "done", EvidenceFile.Verdict.INFECTED: "stop"}
ENDED = (Status.WITHDRAWN, Status.EXPIRED)


@dataclass
class Own:
    """An organisation, a forum, and its application there: the living one, else the one that ended last, else None."""

    organisation: Organisation
    forum: Forum
    accreditation: Accreditation | None
    person: object

    @property
    def has_ended(self) -> bool:
        return self.accreditation is not None and self.accreditation.status in ENDED

    @property
    def address(self) -> list:
        return [self.organisation.slug, self.forum.slug]


def own_application(request, slug, forum, *, may=None) -> Own:
    """The application of an organisation for which this person acts; `may` is asked beside (person, organisation)."""
    bodies = Organisation.objects.represented_by(request.user)
    organisation = get_object_or_404(bodies, slug=slug)
    if may is not None and not may(request.user, organisation):
        raise Http404
    forum = get_object_or_404(Forum, slug=forum)
    rows = organisation.accreditations.filter(forum=forum).select_related("basis", "forum", "organisation")
    living = rows.exclude(status__in=ENDED).first()
    found = as_told(living or rows.order_by("-begun_at", "-pk").first())
    return Own(organisation, forum, found, request.user)


def lines_of(files, own) -> list:
    """Each file as its line shows it; an address only where there are clean bytes that this person may have."""
    reads = permissions.represents(own.person, own.organisation)
    return [
        {
            "pk": file.pk,
            "name": file.name,
            "kind": file.name.rpartition(".")[2].upper(),
            "size": file.size,
            "erased_at": file.erased_at,
            "word": "" if file.erased_at else file.get_verdict_display(),
            "tone": TONES[file.verdict],
            "point": file.point_id,
            "url": reverse("accreditation:evidence", args=[*own.address, file.pk])
            if reads and file.is_clean and not file.erased_at
            else "",
        }
        for file in files
    ]


def files_of(accreditation):
    """The files of an application that were not taken out; erased ones stay as a line that says so."""
    return accreditation.files.filter(removed_at__isnull=True, purpose=EvidenceFile.Purpose.EVIDENCE)


def history_of(accreditation) -> list:
    """Its steps as its people see them: who of the desk moved it is not said; notes only where they are for them."""
    for_them = (Status.MORE_ASKED, Status.EXPIRED, Status.WITHDRAWN)
    return [
        {
            "at": step.at,
            "status": step.became,
            "word": Status(step.became).label,
            "note": step.note
            if step.became in for_them or (step.was, step.became) == (Status.NOT_ACCREDITED, Status.SCREENING)
            else "",
        }
        for step in accreditation.steps.all()
        if not (step.was == Status.PUT_FORWARD == accreditation.status)  # an outcome that is not told yet
    ]
