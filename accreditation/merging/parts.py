"""A part of a merge: one kind of rows that stand in the name of an organisation; the registry that upper floors add to."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

PARTS = []
MOST_NAMED = 12


@dataclass
class Line:
    """What of one part moves, for the preview."""

    label: str
    count: int
    named: list = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.named)


class Part:
    """Rows of one model whose column names the organisation; a subclass says what is special about them.

    `key` names what was moved in the record of the merge and never changes. `watched` are the columns that a preview shows:
    when one of them changes before the merge, the preview is out of date.
    """

    key = ""
    model = None
    column = "organisation"
    watched = ()

    def rows(self, organisation):
        return self.model._default_manager.filter(**{self.column: organisation}).order_by("pk")

    @property
    def label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    def named(self, row) -> str:
        return str(row)

    # Before -------------------------------------------------------------------------------------------------------------

    def line(self, gone) -> Line:
        rows = self.rows(gone)
        return Line(self.label, rows.count(), [self.named(row) for row in rows[:MOST_NAMED]])

    def notes(self, kept, gone) -> list:
        """Sentences about what becomes of rows that cannot simply move."""
        return []

    def blocks(self, kept, gone) -> list:
        """Sentences that say why the two cannot be merged now."""
        return []

    def seen(self, organisation) -> list:
        """What the preview was made from."""
        return [list(map(str, row)) for row in self.rows(organisation).values_list("pk", *self.watched)]

    # The merge and back -------------------------------------------------------------------------------------------------

    def move(self, kept, gone, *, by, at, **choices) -> dict:
        """Let the rows stand in the name of the record that is kept; returns what `undo` needs, as JSON."""
        keys = list(self.rows(gone).values_list("pk", flat=True))
        self.model._default_manager.filter(pk__in=keys).update(**{self.column: kept})
        return {"moved": [str(key) for key in keys]}

    def blocks_undoing(self, merge, moved) -> list:
        """Sentences that say what has come to depend on the merge since."""
        return []

    def moved_rows(self, merge, moved):
        """Rows that moved and still stand in the name of the record that was kept."""
        return self.model._default_manager.filter(pk__in=moved["moved"], **{self.column: merge.kept})

    def undo(self, merge, moved, *, by, at):
        self.moved_rows(merge, moved).update(**{self.column: merge.gone})


def register(*parts):
    """Add parts to every merge; registered twice, they are there once."""
    known = {part.key for part in PARTS}
    PARTS.extend(part for part in parts if part.key not in known)


def too_late(what) -> str:
    """The sentence for something that has happened since the merge and would be torn apart."""
    return _("%(what)s: something has been done with it since the merge.") % {"what": what}
