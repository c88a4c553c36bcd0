"""What is audited, table by table. A table that is not named here is audited whole: a new one cannot be forgotten."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from accreditation.personal.parts import PARTS

DERIVED = "It is made again from rows that are audited."
MACHINE = "The portal keeps it for its own running; nobody decides anything by it."
DRAFTING = "It is writing that was not sent; what is sent becomes a version."
CHAINED = "It has a chain of its own, on the receipts (docs/decisions/0019)."
READERS = "It is a reader's own choice, which goes without trace when they end it."
STATES = "It keeps states of a row; the audit marks each of its rows instead (RECORDS)."

NOT_AUDITED = {
    **dict.fromkeys(
        (
            "sessions.Session",
            "account.EmailConfirmation",
            "socialaccount.SocialToken",
            "contenttypes.ContentType",
            "auth.Permission",
            "forums.Sweep",
            "forums.PageCount",
            "forums.MilestoneNotice",
            "accreditation.PersonalArchive",
            "accreditation.ApiAnswer",
            "submissions.Upload",
            "submissions.UploadPiece",
            "submissions.Extract",
            "submissions.ExtractPage",
            "submissions.InputsArchive",
            "submissions.FilePreview",
            "submissions.Sketch",
            "submissions.Likeness",
        ),
        MACHINE,
    ),
    **dict.fromkeys(
        (
            "admin.LogEntry",
            "forums.Change",
            "accreditation.RegisterEntry",
            "accreditation.RegisterName",
            "accreditation.LetterOfAccreditation",
            "submissions.PublishedInput",
            "submissions.FacetBits",
            "submissions.PrintedInput",
            "submissions.PrintedReceipt",
            "submissions.OpenData",
            "submissions.Passage",
            "submissions.SearchedNames",
            "submissions.KnownWord",
            "submissions.Findable",
            "submissions.FiledSign",
            "submissions.RelatedInputs",
        ),
        DERIVED,
    ),
    **dict.fromkeys(
        (
            "submissions.DraftChange",
            "submissions.DraftNote",
            "submissions.Clarification",
            "submissions.Submission_countries",
            "submissions.Submission_regions",
            "submissions.Submission_objectives",
            "submissions.Submission_principles",
            "accreditation.Answer",
        ),
        DRAFTING,
    ),
    **dict.fromkeys(
        (
            "forums.Follower",
            "forums.StoppedMail",
            "forums.SecondLanguage",
            "forums.CalendarKey",
            "submissions.InputsFollowing",
            "submissions.ToldInput",
        ),
        READERS,
    ),
    "submissions.Version": CHAINED,
    "pghistory.Context": "It says who and in which request; it never changes, and the seals cover it.",
    "accreditation.AuditEntry": "It is the audit.",
    "accreditation.AuditSeal": "It is the audit.",
}
# Tables whose rows nobody changes: the columns that a sweep still writes. Each of their rows has its mark in the audit.
RECORDS = {
    "accreditation.Reading": ("accreditation_id",),
    "accreditation.Erasure": (),
}
STEP_COLUMNS = ("announced_at", "trouble")
# Steps that go with a draft that was never sent; what removes them stands in the audit.
MAY_GO = {"submissions.CoSponsorStep"}
# Of these only some columns are what somebody of the desk does; the rest is the work of sweeps.
ONLY = {"forums.Letter": ("held", "settled", "rewritten_by_id")}
# Columns that say nothing: counters, keys of forms, copies of words, claims of workers.
IGNORED = {
    "submissions.Submission": (
        *("title", "summary", "text", "edition", "saved_at", "form_key", "answers", "form_version_id"),
        *("source_seen", "source_title", "source_url"),
    ),
    "submissions.CoSponsor": ("folded", "agreed_text", "agreed_mark", "told_mark"),
    "submissions.Attachment": ("scan_tries", "read_tries", "reading"),
    "submissions.Recording": ("code", "about", "faults", "doubts", "candidates", "new_organisation"),
    "submissions.RecordingBatch": ("done_rows", "claimed_until"),
    "accreditation.Organisation": ("form_key", "edition"),
    "accreditation.Accreditation": ("edition", "key"),
    "accreditation.EvidenceFile": ("scan_tries",),
    "accreditation.Invitation": ("fingerprint",),
    "accreditation.ApiToken": ("fingerprint", "form_key", "last_used_at", "told_at"),
    "accreditation.Registration": ("form_key",),
    "accreditation.RegisterImport": ("report", "done_rows", "claimed_until"),
    "accreditation.User": ("last_login", "session_round"),
    "forums.Forum": ("last_input_number", "last_version_number", "sequence"),
    "forums.Call": ("sequence",),
    "forums.Milestone": ("sequence",),
    "forums.Session": ("sequence",),
    "forums.Release": ("sessions", "changes"),
    "mfa.Authenticator": ("data", "last_used_at"),
    "socialaccount.SocialAccount": ("extra_data", "last_login"),
    "socialaccount.SocialApp": ("secret", "key", "settings"),
}
# Copies of the words of an author, of letters that may repeat them, and names of files: a redaction may come later, and the
# audit cannot be changed then. So that they changed is said and never what they say; entries from before this list are
# masked when they are read, and no search looks into them (docs/decisions/0043).
COPIES = {
    "accreditation.AccreditationLettersChoice": ("words", "reason"),
    "accreditation.SpeakingLettersChoice": ("words", "reason"),
    "accreditation.SupportLettersChoice": ("words", "reason"),
    "submissions.ProposalLettersChoice": ("words",),
    "forums.FormerWords": ("subject", "text"),
    "submissions.Attachment": ("name",),
    "submissions.DecisionLine": ("letters",),
    "submissions.InputTranslation": ("title", "summary"),
    "submissions.LettersChoice": ("words",),
    "submissions.RecordedFile": ("name",),
}
# That they changed is said, what they say is not: it is for fewer people than the audit.
HIDDEN = {
    **COPIES,
    "accreditation.EvidenceFile": ("name", "file"),
    "accreditation.Enquiry": ("question", "reply"),
    "accreditation.Objection": ("state", "ground", "evidence", "lifted_evidence"),
    "accreditation.SupportRequest": ("needs",),
    "submissions.Compilation": ("holds", "versions"),
    "submissions.Redaction": ("passage",),
}
# What erasure puts a neutral value into and nevertheless is a right or a duty, not words about somebody.
SHOWN = {
    "accreditation.User": ("is_active", "is_staff", "is_superuser", "language"),
    "forums.Milestone": ("responsible",),
}
# What a row belongs to: the first of these that one of its columns points to.
MAIN = (
    "submissions.Submission",
    "submissions.RecordingBatch",
    "submissions.FormVersion",
    "submissions.FormTemplate",
    "accreditation.Accreditation",
    "accreditation.NonObjectionList",
    "accreditation.Organisation",
    "forums.Letter",
    "forums.OfficialDocument",
    "forums.Session",
    "forums.Call",
    "forums.Milestone",
    "forums.RoundTable",
    "forums.Forum",
    "accreditation.User",
)


@dataclass(frozen=True)
class Watched:
    """How one table is watched: what its trigger is told."""

    label: str
    table: str
    key: str
    owner_table: str = ""
    owner_column: str = ""
    ignored: tuple = ()
    words: tuple = ()
    hidden: tuple = ()
    only: tuple = ()
    state: bool = False  # a history of pghistory: marked, not shown
    record: bool = False
    mutable: tuple = ()

    @property
    def model(self):
        return apps.get_model(self.label)


def watched() -> list[Watched]:
    """Every table that is audited, and every history that is marked."""
    every = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy)
    return [_watched(model) for model in every if model._meta.label not in NOT_AUDITED and not _is_of_tests(model)]


def table_of(label) -> str:
    return apps.get_model(label)._meta.db_table


def records() -> list[Watched]:
    """The tables whose rows may never change."""
    return [each for each in watched() if each.record]


def is_state(model) -> bool:
    return hasattr(model, "pgh_tracked_model")


def is_step(model) -> bool:
    """A step of a procedure, whichever app it is of."""
    from forums.models import Step

    return issubclass(model, Step)


def _is_of_tests(model):
    return model.__module__.startswith("tests")


def _watched(model) -> Watched:
    meta, label = model._meta, model._meta.label
    state, step = is_state(model), is_step(model)
    mutable = STEP_COLUMNS if step else RECORDS.get(label, ())
    hidden = _columns(model, {*_hidden(model), *HIDDEN.get(label, ())})
    owner = _owner(model)
    return Watched(
        label,
        meta.db_table,
        meta.pk.column,
        owner_table=owner[0],
        owner_column=owner[1],
        ignored=tuple(sorted({*_columns(model, IGNORED.get(label, ())), *mutable})),
        words=tuple(each for each in _columns(model, _words(label)) if each not in {*hidden, *mutable}),
        hidden=hidden,
        only=ONLY.get(label, ()),
        state=state,
        record=state or (step and label not in MAY_GO) or label in RECORDS,
        mutable=mutable,
    )


def _words(label) -> tuple:
    part = PARTS.get(label)
    return (*part.words, *part.machine_words) if part else ()


def _hidden(model) -> set:
    """What erasure empties; of tables whose rows it deletes, every word."""
    part = PARTS.get(model._meta.label)
    if part is None:
        return set()
    emptied = {*part.replaced, *part.secret} - set(SHOWN.get(part.label, ()))
    return emptied | (
        {field.name for field in model._meta.concrete_fields if _holds_words(field)} if part.deleted else set()
    )


def _holds_words(field) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def _columns(model, names) -> tuple:
    """Names of columns in the database, each language of a translated one beside it."""
    known = {}
    for field in model._meta.concrete_fields:
        known[field.column] = {field.name, field.attname}
        if hasattr(field, "translated_field"):
            known[field.column].add(field.translated_field.name)
    return tuple(sorted(column for column, called in known.items() if called & set(names)))


def _owner(model) -> tuple:
    """Table and column of what a row belongs to: itself, where it is one of the main things."""
    label = getattr(model, "pgh_tracked_model", model)._meta.label
    if label in MAIN:
        column = "pgh_obj_id" if is_state(model) else model._meta.pk.column
        return apps.get_model(label)._meta.db_table, column
    pointing = {
        field.related_model._meta.label: (field.related_model._meta.db_table, field.column)
        for field in reversed(model._meta.concrete_fields)
        if field.is_relation and field.related_model is not None and field.name != "by"
    }
    return next((pointing[main] for main in MAIN if main in pointing), ("", ""))
