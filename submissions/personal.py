"""What of inputs is kept about people: who wrote and sent, who reviewed, whom the Network may ask."""

from django.db.models import Case, F, Q, Value, When

from accreditation.personal.parts import (
    CODE,
    IN_TIME,
    ORGANISATION,
    RECORD,
    Part,
    at_any,
    by_any,
    of_theirs,
    points,
    register,
    register_impersonal,
    register_standing,
    stays,
)
from submissions.models import Submission

Status = Submission.Status
AWAITED = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED, Status.ACCEPTED)
OF_ITS_ORGANISATION = ("title", "summary", "text", "answers", "source_title", "source_url", "source_seen")


def own_input(who, row) -> dict:
    """The text of a draft that they began, while they act for its organisation; it may be their colleagues' as well."""
    asked = {"contact_email": row.contact_email} if row.contact_email.lower() in who.addresses else {}
    if row.status != Status.DRAFT or row.begun_by_id != who.user.pk or row.organisation_id not in acting_for(who):
        return asked
    return {**asked, **{name: getattr(row, name) for name in ("title", "summary", "text", "answers")}}


def own_contact(who, row) -> dict:
    """The address under which the Network may ask them, and the name that stands with it."""
    if row.contact_email.lower() not in who.addresses:
        return {}
    return {"contact_name": row.contact_name, "contact_email": row.contact_email}


def emptied(column, *, where):
    """The column without their words: emptied in rows where `where` is an address of theirs, left as it is elsewhere."""
    return lambda who: Case(When(who.at(where), then=Value("")), default=F(column))


def acting_for(who) -> set:
    return set(who.user.memberships.standing().values_list("organisation_id", flat=True)) if who.user else set()


def own_files(who, rows):
    return [(file.name, file.file) for file in rows.filter(removed_at=None)]


def awaits_an_answer(organisation, at) -> bool:
    """An input is on its way, and somebody must answer for it."""
    return Submission.objects.filter(organisation=organisation, status__in=AWAITED).exists()


register_standing(awaits_an_answer)
register(
    Part(
        "submissions.Submission",
        lambda who: who.did("begun_by", "reviewer") | who.at("contact_email"),
        shown=("reference", "call", "organisation", "status", "language", "level", "begun_at", "received_at"),
        more=lambda who, row: own_input(who, row) if who.user else {},
        replaced={"contact_email": ""},
        kept={**points("begun_by", "reviewer"), **stays(ORGANISATION, *OF_ITS_ORGANISATION), **stays(RECORD, "reference")},
        only=lambda who: who.at("contact_email"),
    ),
    Part(
        "submissions.SubmissionHistory",
        lambda who: who.did("begun_by", "reviewer") | who.at("contact_email"),
        replaced={"contact_email": ""},
        kept={
            **points("begun_by", "reviewer"),
            **stays(ORGANISATION, "source_title", "source_url", "source_seen"),
            **stays(RECORD, "reference"),
            **stays(CODE, "pgh_label"),
        },
        only=lambda who: who.at("contact_email"),
        append_only=True,
    ),
    Part(
        "submissions.Clarification",
        by_any("saved_by"),
        shown=("submission", "answer", "saved_at"),
        kept={**points("saved_by"), **stays(CODE, "opens", "part")},
        words=("answer",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.InputsArchive",
        by_any("asked_by"),
        shown=("organisation", "asked_at", "made_at", "expires_at"),
        kept={**points("asked_by"), **stays(IN_TIME, "file"), **stays(CODE, "trouble")},
    ),
    Part(
        "submissions.Recording",
        lambda who: who.did("by") | who.at("contact_email") | who.at("letter_to"),
        shown=("call", "organisation", "state", "how", "came_at", "at"),
        more=lambda who, row: own_contact(who, row),
        replaced={
            "contact_name": emptied("contact_name", where="contact_email"),
            "contact_email": emptied("contact_email", where="contact_email"),
            "letter_to": emptied("letter_to", where="letter_to"),
        },
        kept={
            **points("by"),
            **stays(ORGANISATION, "new_organisation", "about", "candidates"),
            **stays(CODE, "row_key", "faults", "doubts"),
        },
        words=("late_reason",),
        near=of_theirs("organisation"),
        only=lambda who: who.at("contact_email") | who.at("letter_to"),
        secret=("code",),
    ),
    Part(
        "submissions.RecordingBatch",
        lambda who: who.did("by", "decided_by"),
        shown=("name", "state", "at"),
        kept={**points("by", "decided_by"), **stays(RECORD, "name", "file", "refusal"), **stays(CODE, "sha256")},
    ),
    Part(
        "submissions.SubmissionStep",
        by_any("by"),
        shown=("submission", "was", "became", "at", "note"),
        kept={**points("by"), **stays(CODE, "was", "became")},
        words=("note", "trouble"),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.DecisionRound",
        by_any("by", "released_by"),
        shown=("name", "state", "at", "released_at"),
        kept={**points("by", "released_by"), **stays(RECORD, "name"), **stays(CODE, "came_from")},
    ),
    Part(
        "submissions.DecisionRoundHistory",
        by_any("by", "released_by"),
        kept={**points("by", "released_by"), **stays(RECORD, "name"), **stays(CODE, "came_from", "pgh_label")},
        append_only=True,
    ),
    Part(
        "submissions.DecisionLine",
        by_any("by"),
        shown=("submission", "decision", "at", "result"),
        kept={**points("by"), **stays(RECORD, "words", "letters"), **stays(CODE, "decision")},
        words=("why",),
        near=of_theirs("submission__organisation"),
    ),
    *(
        Part(
            f"submissions.{label}",
            by_any("by"),
            shown=("step", "withheld", "reason", "at"),
            kept={**points("by"), **stays(RECORD, "words")},
            words=("reason",),
            near=of_theirs(f"step__{way}__organisation"),
        )
        for label, way in (("LettersChoice", "submission"), ("ProposalLettersChoice", "proposal__submission"))
    ),
    Part("submissions.Mention", by_any("person"), shown=("note", "seen_at"), kept=points("person")),
    Part(
        "submissions.Version",
        by_any("sent_by"),
        shown=("submission", "number", "sent_at", "sha256", "content"),
        kept={**points("sent_by"), **stays(RECORD, "content", "changes"), **stays(CODE, "act", "sha256", "link")},
    ),
    Part(
        "submissions.DraftChange",
        by_any("by"),
        shown=("part", "began_at", "at"),  # not the input: its title may be others' by now
        kept={**points("by"), **stays(ORGANISATION, "before"), **stays(CODE, "part")},
    ),
    Part(
        "submissions.DraftNote",
        by_any("by"),
        shown=("part", "text", "at", "resolved_at"),
        deleted=True,
    ),
    Part(
        "submissions.Proposal",
        by_any("asked_by"),
        shown=("submission", "act", "status", "reason", "asked_at", "late"),
        kept={**points("asked_by"), **stays(CODE, "act", "status")},
        words=("reason",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.ProposalStep",
        by_any("by"),
        shown=("proposal", "was", "became", "at", "note"),
        kept={**points("by"), **stays(CODE, "was", "became")},
        words=("note", "trouble"),
        near=of_theirs("proposal__submission__organisation"),
    ),
    Part(
        "submissions.LateOpening",
        by_any("by"),
        shown=("submission", "closes_at", "reason", "at"),
        kept=points("by"),
        words=("reason",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.Attachment",
        by_any("added_by"),
        shown=("submission", "name", "size", "media_type", "sha256", "added_at", "removed_at"),
        kept={
            **points("added_by", "released_by"),
            **stays(ORGANISATION, "file", "name"),
            **stays(CODE, "media_type", "sha256", "verdict_note", "cleaned_of"),
        },
        words=("release_note",),
        files=own_files,
    ),
    Part(
        "submissions.Upload",
        by_any("by"),
        shown=("submission", "name", "size", "begun_at"),
        deleted=True,
    ),
    Part(
        "submissions.Extract",
        lambda who: Q(pk__in=[]),  # what a file of theirs says is in the file, which the archive has
        kept=stays(ORGANISATION, "hidden", "sha256", "language", "hazards"),
    ),
    Part(
        "submissions.CoSponsor",
        by_any("invited_by", "answered_by", "ended_by"),
        shown=("submission", "organisation", "name", "answer", "invited_at", "answered_at", "ended", "ended_at"),
        kept={
            **points("invited_by", "answered_by", "ended_by"),
            **stays(ORGANISATION, "name", "folded", "address", "agreed_text"),
            **stays(CODE, "agreed_mark", "told_mark"),
        },
        words=("name",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.CoSponsorStep",
        by_any("by"),
        shown=("co_sponsor", "was", "became", "at", "note"),
        kept={**points("by"), **stays(CODE, "was", "became")},
        words=("note", "trouble"),
        near=of_theirs("co_sponsor__submission__organisation", "co_sponsor__organisation"),
    ),
    Part(
        "submissions.PublicityRequest",
        by_any("asked_by", "settled_by"),
        shown=("submission", "wanted", "reason", "asked_at", "granted", "answer", "settled_at"),
        kept=points("asked_by", "settled_by"),
        words=("reason", "answer"),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.Assignment",
        by_any("to", "was", "by"),
        shown=("submission", "how", "at"),
        kept=points("to", "was", "by"),
    ),
    Part(
        "submissions.Conflict",
        by_any("user", "by", "ended_by"),
        shown=("organisation", "ground", "reason", "at", "ended_at"),
        kept=points("user", "by", "ended_by"),
        words=("reason",),
        near=lambda who: who.did("user"),
    ),
    Part(
        "submissions.AssignmentRule_reviewers",
        lambda who: who.did("user"),
        deleted=True,
    ),
    Part(
        "submissions.Redaction",
        by_any("by", "lifted_by"),
        shown=("submission", "part", "kind", "at", "lifted_at"),
        kept={**points("by", "lifted_by"), **stays(ORGANISATION, "passage", "replacement"), **stays(CODE, "part", "kind")},
        words=("reason", "lifted_because"),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.Reclassification",
        by_any("by"),
        shown=("submission", "before", "after", "at", "reason"),
        kept={**points("by"), **stays(CODE, "before", "after")},
        words=("reason",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.Review",
        by_any("reviewer"),
        shown=("submission", "checklist", "remarks", "saved_at"),
        kept={**points("reviewer"), **stays(CODE, "checklist")},
        words=("remarks",),
        near=of_theirs("submission__organisation"),
    ),
    Part(
        "submissions.Note",
        by_any("by"),
        shown=("submission", "at", "text"),
        kept=points("by"),
        words=("text",),
        near=of_theirs("submission__organisation"),
    ),
)
register(
    Part("submissions.SavedView", by_any("owner"), shown=("name", "query", "columns", "shared", "saved_at"), deleted=True),
    Part("submissions.QueueChoice", by_any("user"), shown=("columns", "keys"), deleted=True),
)
register(
    Part(
        "submissions.InputTranslation",
        by_any("by", "checked_by"),
        shown=("submission", "language", "title", "summary", "origin", "state", "at"),
        kept={
            **points("by", "checked_by"),
            **stays(ORGANISATION, "title", "summary"),
            **stays(CODE, "trouble"),
        },
    )
)
register(
    Part(
        "submissions.Use",
        by_any("by", "removed_by"),
        shown=("submission", "document", "place", "at"),
        kept={**points("by", "removed_by"), **stays(RECORD, "place")},
        words=("note",),
        near=of_theirs("submission__organisation"),
    )
)
register(
    Part(
        "submissions.FormVersion",
        by_any("published_by"),
        shown=("template", "number", "published_at"),
        kept=points("published_by"),
    )
)
register(
    Part(
        "submissions.Compilation",
        by_any("asked_by"),
        shown=("forum", "extent", "order", "language", "asked_at", "made_at"),
        kept={**points("asked_by"), **stays(CODE, "chosen", "forms", "trouble", "fingerprint")},
    )
)
register(
    Part(
        "submissions.CallLetter",
        by_any("asked_by", "decided_by"),
        shown=("call", "state", "asked_at", "decided_at", "words"),
        kept={**points("asked_by", "decided_by"), **stays(CODE, "chosen")},
        words=("words",),
    ),
    Part(
        "submissions.BackgroundNote",
        by_any("opened_by"),
        shown=("milestone", "opened_at"),
        kept={**points("opened_by"), **stays(RECORD, "content")},
    ),
    Part(
        "submissions.NoteVersion",
        by_any("by", "signed_by"),
        shown=("note", "number", "words", "at", "signed_at"),
        kept={**points("by", "signed_by"), **stays(RECORD, "content")},
    ),
)
register(
    Part(
        "submissions.InputsFollowing",
        at_any("email"),
        shown=("email", "query", "language", "pace", "asked_at", "confirmed_at"),
        deleted=True,
    )
)
register_impersonal(
    RECORD,
    "submissions.ToldInput",
    "submissions.CompilationFile",
    "submissions.FormTemplate",
    "submissions.Section",
    "submissions.Question",
    "submissions.CallForm",
    "submissions.PublishedInput",
    "submissions.FacetBits",
    "submissions.AssignmentRule",
    "submissions.AssignmentRuleHistory",
    "submissions.AutomaticAssignment",
    "submissions.AutomaticAssignmentHistory",
    "submissions.FormerlyPublished",
    "submissions.ExtractPage",
    "submissions.Passage",
    "submissions.SearchedNames",
    "submissions.KnownWord",
    "submissions.Findable",
    "submissions.FiledSign",
    "submissions.RelatedInputs",
    "submissions.Sketch",
    "submissions.Likeness",
    "submissions.FilePreview",
    "submissions.UploadPiece",
    "submissions.PrintedReceipt",
    "submissions.RecordedFile",
    "submissions.PrintedInput",
    "submissions.OpenData",
    "submissions.Submission_countries",
    "submissions.Submission_regions",
    "submissions.Submission_objectives",
    "submissions.Submission_principles",
)
