"""Parts: records of organisations and registers, which are about bodies, and who wrote them."""

from accreditation.personal.parts import (
    CODE,
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

register(
    Part(
        "accreditation.Organisation",
        by_any("made_by"),
        shown=("name", "made_at"),
        kept={
            **points("made_by"),
            **stays(ORGANISATION, "slug", "name", "acronym", "seat", "website"),
            **stays(RECORD, "source"),
        },
    ),
    Part(
        "accreditation.OrganisationHistory",
        by_any("made_by"),
        kept={
            **points("made_by"),
            **stays(ORGANISATION, "slug", "name", "acronym", "seat", "website"),
            **stays(RECORD, "source"),
            **stays(CODE, "pgh_label"),
        },
        append_only=True,
    ),
    Part(
        "accreditation.Resemblance",
        by_any("settled_by"),
        shown=("settled_at",),
        kept={**points("settled_by"), **stays(CODE, "reason")},
    ),
    Part(
        "accreditation.Merge",
        by_any("by", "undone_by"),
        shown=("kept", "gone", "at", "undone_at"),
        kept={**points("by", "undone_by"), **stays(CODE, "moved")},
        words=("reason",),
        near=of_theirs("kept", "gone"),
    ),
    Part(
        "accreditation.RegisterImport",
        by_any("by"),
        shown=("kind", "as_of", "name", "at"),
        kept={
            **points("by"),
            **stays(RECORD, "source", "file", "refusal", "report"),
            **stays(CODE, "sha256"),
        },
        words=("name",),
    ),
    Part(
        "accreditation.RegisterTouch",
        by_any("settled_by"),
        shown=("what", "settled_at", "note"),
        kept={**points("settled_by"), **stays(ORGANISATION, "was", "became")},
        words=("note",),
        near=of_theirs("accreditation__organisation"),
    ),
)
register(
    Part("accreditation.Absence", by_any("user"), shown=("first_day", "last_day", "taken_back_at"), deleted=True),
    Part(
        "accreditation.DeskScope",
        by_any("user", "by"),
        shown=("forum", "call", "level", "region", "objective", "language", "at", "ended_at"),
        kept=points("user", "by"),
    ),
    Part("accreditation.DeskScopeHistory", by_any("user", "by"), kept={**points("user", "by"), **stays(CODE, "pgh_label")}),
)
register_impersonal(
    ORGANISATION,
    "accreditation.OrganisationName",
    "accreditation.FormerAddress",
    "accreditation.Organisation_regions",
    "accreditation.Organisation_networks",
    "accreditation.Register",
    "accreditation.RegisterEntry",
    "accreditation.RegisterName",
)
