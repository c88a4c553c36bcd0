"""Parts: applications and what belongs to them, lists put to Member States, and who did what to them."""

from django.db.models import Q

from accreditation.models import Accreditation
from accreditation.personal.parts import (
    CODE,
    IN_TIME,
    OFFICE,
    ORGANISATION,
    RECORD,
    Part,
    by_any,
    of_theirs,
    points,
    register,
    register_impersonal,
    stays,
)
from accreditation.personal.who import NOTHING

Status = Accreditation.Status
LOOKED_AT = (Status.SUBMITTED, Status.SCREENING, Status.MORE_ASKED, Status.PUT_FORWARD)
HISTORY = stays(CODE, "pgh_label")


def step(label, organisation=None):
    """Moves that the person made, with what they noted."""
    return Part(
        label,
        by_any("by"),
        shown=("was", "became", "at", "note"),
        kept={**points("by"), **stays(CODE, "was", "became")},
        words=("note", "trouble"),
        near=of_theirs(organisation) if organisation else None,
    )


def readings_of_them(who):
    """Somebody stood in for them, or read what is private to their organisation."""
    stood_in = Q(what="person", of=str(who.user.pk)) if who.user else NOTHING
    return stood_in | of_theirs("accreditation__organisation")(who)


def files_nobody_needs(who, rows, *, by, at):
    """Private files they added where nobody else acts for the organisation and nobody looks at the application: the sweep
    that erases private files takes them next. All others are the organisation's, and go after their own term."""
    there = rows.filter(removed_at=None).exclude(accreditation__status__in=LOOKED_AT)
    alone = [file.pk for file in there.select_related("accreditation__organisation") if not _others(file, who)]
    return rows.filter(pk__in=alone).update(removed_at=at)


def _others(file, who):
    return file.accreditation.organisation.memberships.standing().exclude(user=who.user).exists()


def own_files(who, rows):
    return [(file.name, file.file) for file in rows.exclude(file="")]


register(
    step("accreditation.AccreditationStep", "accreditation__organisation"),
    step("accreditation.NonObjectionListStep"),
    step("accreditation.SpeakingRequestStep", "request__accreditation__organisation"),
    step("accreditation.SupportRequestStep", "request__organisation"),
    Part(
        "accreditation.EvidenceFile",
        by_any("added_by"),
        shown=("accreditation", "purpose", "name", "size", "media_type", "sha256", "added_at", "removed_at", "erased_at"),
        kept={**points("added_by"), **stays(IN_TIME, "file"), **stays(CODE, "media_type", "sha256", "verdict_note")},
        words=("name",),
        near=of_theirs("accreditation__organisation"),
        act=files_nobody_needs,
        files=own_files,
    ),
    Part(
        "accreditation.Answer",
        lambda who: NOTHING,
        kept=stays(ORGANISATION, "text"),
        words=("text",),
        near=of_theirs("accreditation__organisation"),
    ),
    Part(
        "accreditation.Enquiry",
        by_any("asked_by"),
        shown=("accreditation", "question", "asked_at", "answered_at"),
        kept=points("asked_by"),
        words=("question", "reply"),
        near=of_theirs("accreditation__organisation"),
    ),
    Part(
        "accreditation.Reading",
        by_any("by"),
        shown=("what", "at", "reason"),
        kept={**points("by"), **stays(CODE, "of")},
        words=("reason",),
        machine_words=("label",),
        near=readings_of_them,
    ),
    Part(
        "accreditation.NonObjectionList",
        by_any("begun_by", "frozen_by"),
        shown=("forum", "number", "begun_at", "frozen_at"),
        kept={
            **points("begun_by", "frozen_by"),
            **stays(OFFICE, "circulated_by", "outcome_by"),
            **stays(RECORD, "note", "circulation_evidence", "outcome_evidence"),
        },
    ),
    Part(
        "accreditation.NonObjectionListHistory",
        by_any("begun_by", "frozen_by"),
        kept={
            **points("begun_by", "frozen_by"),
            **stays(OFFICE, "circulated_by", "outcome_by"),
            **stays(RECORD, "note", "circulation_evidence", "outcome_evidence"),
            **HISTORY,
        },
        append_only=True,
    ),
    Part(
        "accreditation.ListLine",
        by_any("added_by"),
        shown=("list", "added_at"),
        kept={
            **points("added_by"),
            **stays(ORGANISATION, "name", "name_language", "acronym"),
            **stays(RECORD, "struck_because", "evidence"),
        },
    ),
    Part(
        "accreditation.ListDocument",
        by_any("wanted_by"),
        shown=("list", "format", "language", "wanted_at"),
        kept={**points("wanted_by"), **stays(RECORD, "file"), **stays(CODE, "sha256", "trouble")},
    ),
    Part(
        "accreditation.Objection",
        by_any("recorded_by"),
        shown=("received_on", "recorded_at"),
        kept={**points("recorded_by"), **stays(RECORD, "ground", "evidence", "lifted_evidence")},
    ),
    Part(
        "accreditation.ObjectionHistory",
        by_any("recorded_by"),
        kept={**points("recorded_by"), **stays(RECORD, "ground", "evidence", "lifted_evidence"), **HISTORY},
        append_only=True,
    ),
    *(
        Part(
            f"accreditation.{label}",
            by_any("by"),
            shown=("step", "withheld", "reason", "at"),
            kept={**points("by"), **stays(RECORD, "words")},
            words=("reason",),
            near=of_theirs(f"step__{way}__organisation"),
        )
        for label, way in (
            ("AccreditationLettersChoice", "accreditation"),
            ("SpeakingLettersChoice", "request__accreditation"),
            ("SupportLettersChoice", "request"),
        )
    ),
    Part(
        "accreditation.SpeakerRelease",
        by_any("by"),
        shown=("session", "number", "at", "note"),
        kept=points("by"),
        words=("note",),
    ),
)
register_impersonal(RECORD, "accreditation.Accreditation", "accreditation.AccreditationHistory")
register_impersonal(RECORD, "accreditation.LetterOfAccreditation", "accreditation.RegistrationHistory")
register_impersonal(
    CODE,
    "accreditation.Enquiry_points",
    "accreditation.Basis",
    "accreditation.BasisHistory",
    "accreditation.BasisPoint",
    "accreditation.ForumTerms",
    "accreditation.ForumTermsHistory",
)
