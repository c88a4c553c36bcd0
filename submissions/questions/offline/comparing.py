"""What a filled-in document would change in a draft: by question what was found, what cannot be read, what differs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from submissions.questions.conditions import fitting
from submissions.questions.offline.boxes import TICKED
from submissions.questions.offline.reading import is_ticked
from submissions.questions.showing import shown_answer


@dataclass
class Line:
    """One question of the draft's form and what the document says to it."""

    question: object
    found: object = None  # in the shape in which it is kept; None: no answer there
    trouble: str = ""  # why what stands there cannot be taken
    typed: str = ""  # what stands there, where it cannot be taken
    has: object = None  # what the draft has now

    @property
    def state(self) -> str:
        if self.trouble:
            return "trouble"
        if self.found is None:
            return "empty"
        if self.found == self.has:
            return "same"
        return "overwrites" if self.has is not None else "new"

    @property
    def can_be_taken(self) -> bool:
        return self.state in ("new", "overwrites")

    @property
    def found_shown(self):
        return shown_answer(self.question, self.found)

    @property
    def has_shown(self):
        return shown_answer(self.question, self.has)


def lines_of(form, found, answers, fields) -> list[Line]:
    """A line for each question of the form; `fields` are its fields by name, which judge what was found."""
    return [_line(question, found.boxes.get(question.key), answers, fields[question.field]) for question in form.asked]


def strangers(form, found) -> list[str]:
    """Keys in the document that the draft's form does not ask."""
    return [key for key in found.boxes if key not in form.by_key]


def _line(question, box, answers, field) -> Line:
    line = Line(question, has=fitting(question, answers.get(question.key)))
    if box is None:
        return line
    try:
        value = READERS.get(question.kind, _written)(question, box)
        line.found = field.clean(value) or None
    except ValidationError as why:
        line.trouble, line.typed = " ".join(why.messages), _whole(box)
    except ValueError as why:
        line.trouble, line.typed = str(why), _whole(box)
    return line


def _whole(box) -> str:
    return "\n".join(" · ".join(filter(None, row)) for row in box).strip()


def _written(question, box) -> str:
    paragraphs = [cell for row in box for cell in row if cell]
    return "\n".join(paragraphs)


def _chosen(question, box) -> list:
    keys = list(question.words_of)
    if len(box) != len(keys) or any(len(row) < 2 for row in box):
        raise ValueError(_("The list of choices was changed, so it is not clear what is ticked. Tick it here in the draft."))
    return [key for key, row in zip(keys, box, strict=True) if is_ticked(row[0])]


def _one(question, box) -> str:
    chosen = _chosen(question, box)
    if len(chosen) > 1:
        raise ValueError(_("More than one is ticked (%(sign)s). Choose one here in the draft.") % {"sign": TICKED})
    return chosen[0] if chosen else ""


def _rows(question, box) -> list:
    columns = list(question.words_of)
    if any(len(row) != len(columns) for row in box):
        raise ValueError(_("The columns of the table were changed. Copy its rows into the draft yourself."))
    return [dict(zip(columns, row, strict=True)) for row in box[1:]]


READERS = {"choice": _one, "yes_no": _one, "several": _chosen, "table": _rows}
