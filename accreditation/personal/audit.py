"""Parts: the audit. It copies no column that erasure empties; from words that it holds people go as from their tables."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from accreditation.personal.parts import CODE, PARTS, RECORD, Part, by_any, points, register, register_impersonal, stays


def near_by_table(who):
    """Entries about rows that are near the person, by the rule of each row's own table."""
    found = Q(pk__in=[])
    for part in PARTS.values():
        if part.near is None or part.label == "accreditation.AuditEntry":
            continue
        rows = part.model._base_manager.filter(part.near(who)).order_by().annotate(audited=Cast("pk", CharField()))
        found |= Q(place=part.model._meta.db_table, row__in=rows.values("audited"))
    return found


register(
    Part(
        "accreditation.AuditEntry",
        by_any("by"),
        shown=("place", "act", "at"),
        kept={
            **points("by"),
            **stays(CODE, "place", "row", "about", "salt", "salted", "mark"),
            **stays(RECORD, "changes"),
        },
        words=("words",),
        near=near_by_table,
    ),
)
register_impersonal(CODE, "accreditation.AuditSeal")
