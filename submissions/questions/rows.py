"""A table of measures taken: rows of short texts, as many as somebody fills; works without a script, a script adds rows."""

from functools import lru_cache

from django import forms
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.typed import without_control

MOST_ROWS = 40
LONGEST_CELL = 2000
SPARE = 2  # empty rows below those that are filled
KEPT_READY = 128  # empty rows in the memory of a process


class RowsInput(forms.Widget):
    """One box of labelled cells for each row; posted as name-row-column."""

    template_name = ""  # none: see _render
    use_fieldset = True
    written = ""

    def __init__(self, columns=(), attrs=None):
        super().__init__(attrs)
        self.columns = dict(columns)

    def value_from_datadict(self, data, files, name):
        rows, begins = [], f"{name}-"
        if not any(each.startswith(begins) for each in data):  # forty rows are not looked for one by one
            return rows
        for number in range(MOST_ROWS):
            row = {key: data[f"{name}-{number}-{key}"] for key in self.columns if data.get(f"{name}-{number}-{key}")}
            if row:
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data, files, name):
        return not any(f"{name}-0-{key}" in data for key in self.columns)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        filled = value or []
        shown = min(max(len(filled) + SPARE, SPARE + 1), MOST_ROWS)
        context["widget"] |= {
            "rows": [self._row(context["widget"], filled, number) for number in range(shown)],
            "most": MOST_ROWS,
            "language": self.written,
        }
        return context

    def _render(self, template_name, context, renderer=None):
        return _as_table(context["widget"])

    def _row(self, widget, filled, number):
        row = filled[number] if number < len(filled) else {}
        name, identity = widget["name"], widget["attrs"].get("id", widget["name"])
        cells = [
            {
                "name": f"{name}-{number}-{key}",
                "id": f"{identity}_{number}_{key}",
                "label": label,
                "value": row.get(key, ""),
            }
            for key, label in self.columns.items()
        ]
        return {"number": number + 1, "cells": cells}

    def id_for_label(self, id_):
        return id_


class HiddenRows(RowsInput):
    input_type = "hidden"
    use_fieldset = False

    def _render(self, template_name, context, renderer=None):
        cells = [cell for row in context["widget"]["rows"] for cell in row["cells"] if cell["value"] or row["number"] == 1]
        lines = (f'<input type="hidden" name="{escape(one["name"])}" value="{escape(one["value"])}">' for one in cells)
        return mark_safe("".join(lines))  # noqa: S308 - escaped here


def _as_table(widget) -> str:
    """The rows as they are filled in; js/questions.js adds some."""
    written = f' lang="{escape(widget["language"])}"' if widget["language"] else ""
    lines = [f'<div class="entries" id="{escape(widget["attrs"].get("id", ""))}" tabindex="-1" '
             f'data-entries="{escape(widget["name"])}" data-most="{widget["most"]}">']  # fmt: skip
    legend, new = _("Row %(number)s"), _("Row {number}")
    for row in widget["rows"]:
        empty = not any(cell["value"] for cell in row["cells"])
        cells = tuple([(cell["id"], cell["name"], str(cell["label"])) for cell in row["cells"]]) if empty else ()
        name = legend % {"number": row["number"]}
        lines.append(_empty_row(name, cells, written) if empty else _row(name, row["cells"], written))
    add, without_script = _("Add a row"), _("More rows appear when you save.")
    lines.append(
        f'\n<p class="row" hidden><button type="button" class="button quiet" data-add-entry data-say-row="{new}">'
        f'{add}</button></p><p class="meta" data-without-script>{without_script}</p></div>\n'
    )
    return mark_safe("".join(lines))  # noqa: S308 - escaped here


def _row(legend, cells, written) -> str:
    inside = "".join([_cell(cell, written) for cell in cells])
    return f'\n<fieldset class="entry"><legend>{legend}</legend>{inside}</fieldset>'


@lru_cache(maxsize=KEPT_READY)
def _empty_row(legend, cells, written) -> str:
    """One in which nothing stands is the same for everybody; each page has two of them."""
    cells = [{"id": identity, "name": name, "label": label, "value": ""} for identity, name, label in cells]
    return _row(legend, cells, written)


def _cell(cell, written) -> str:
    identity, label, value = escape(cell["id"]), conditional_escape(cell["label"]), conditional_escape(cell["value"])
    box = f'name="{escape(cell["name"])}" id="{identity}" rows="2" dir="auto"{written}'
    return f'<div><label for="{identity}">{label}</label><textarea {box}>\n{value}</textarea></div>'


class RowsField(forms.Field):
    def __init__(self, *, columns, **kwargs):
        super().__init__(widget=RowsInput(columns), **kwargs)
        self.columns = columns
        self.hidden_widget = lambda: HiddenRows(columns)

    def clean(self, value):
        rows = [{key: without_control(cell).strip() for key, cell in row.items()} for row in value or []]
        if any(len(cell) > LONGEST_CELL for row in rows for cell in row.values()):
            raise forms.ValidationError(
                gettext_lazy("A cell may have at most %(most)d characters. Shorten it, or tell it in the text."),
                params={"most": LONGEST_CELL},
            )
        return [row for row in ({key: cell for key, cell in row.items() if cell} for row in rows) if row]
