"""The data says so itself: rules that hold over the whole database at any time, each a function that yields offenders.

`manage.py check_invariants` asks them all. A rule is written as a query that grows with the rows, not with their square;
what needs Python (fingerprints) streams.
"""

import time
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, transaction

from imrf_portal.invariants import (
    accreditation,
    audit,
    calendar,
    decided,
    forums,
    gathered,
    joint,
    names_searched,
    participation,
    people,
    proposals,
    public_side,
    related,
    reviews,
    sent_texts,
    stored_files,
    submissions,
)

EXAMPLES = 10


@dataclass
class Finding:
    """One rule, how many rows break it, and a few of them by name."""

    rule: str
    says: str
    violations: int = 0
    examples: list = field(default_factory=list)
    seconds: float = 0.0


def rules(with_files=False) -> list:
    """All rules, ground floor first; those that read every stored file only when asked for."""
    floors = [
        forums,
        calendar,
        accreditation,
        participation,
        people,
        submissions,
        proposals,
        sent_texts,
        joint,
        decided,
        reviews,
        gathered,
        public_side,
        names_searched,
        related,
        audit,
        *([stored_files] if with_files else []),
    ]
    return [rule for floor in floors for rule in floor.RULES]


def check(with_files=False) -> list[Finding]:
    """Ask every rule about one and the same moment of the database; changes nothing."""
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return [_ask(rule) for rule in rules(with_files)]


def _ask(rule) -> Finding:
    began, offenders = time.monotonic(), iter(rule())
    finding = Finding(rule.__name__, " ".join(rule.__doc__.split()))
    finding.examples = [str(offender) for offender in islice(offenders, EXAMPLES)]
    finding.violations = len(finding.examples) + sum(1 for _offender in offenders)
    finding.seconds = round(time.monotonic() - began, 3)
    return finding
