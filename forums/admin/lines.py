"""The lines of a list of the desk as Django draws them, at a fraction of what it takes.

For each of five hundred cells Django finds out anew what its column is, whether it leads somewhere and what counts as
empty. Here that is found out once a list. What a list shows beside methods of its room and plain fields, Django draws.
"""

from datetime import date, time
from html import escape

from django.contrib.admin.templatetags.admin_list import results
from django.contrib.admin.utils import display_for_field, display_for_value
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

NOWRAP = (date, time)
NOWRAP_FIELDS = (models.DateField, models.TimeField, models.ForeignKey)
NOTHING = (None, "")


def lines_of(shown) -> list:
    """The cells of each row of this list, one text a row."""
    texts = [_text_of(shown, name) for name in shown.list_display]
    if shown.formset or shown.is_popup or shown.to_field or None in texts:
        return [mark_safe("".join(cells)) for cells in results(shown)]  # noqa: S308  each cell was escaped by Django
    linked, cells = _linked(shown), []
    for name, text in zip(shown.list_display, texts, strict=True):
        cells.append(_cell(shown, name, text, linked.get(name)))
    return [mark_safe("".join([cell(row) for cell in cells])) for row in shown.result_list]  # noqa: S308  escaped by _written


def _linked(shown) -> dict:
    """Columns that lead to the page of their row, each with its kind of cell: the first of them heads its line."""
    links = shown.list_display_links
    if links is None:
        return {}
    places = [name for name in shown.list_display if name in links] if links else shown.list_display[:1]
    return {name: "td" if place else "th" for place, name in enumerate(places)}


def _cell(shown, name, text, kind):
    """What draws this column in a row."""
    word = "action-checkbox" if name == "action_checkbox" else f"field-{name}"
    plain, nowrap = f'<{kind or "td"} class="{word}">', f'<{kind or "td"} class="{word} nowrap">'

    def draw(row):
        said, is_nowrap = text(row)
        return f"{nowrap if is_nowrap else plain}{_written(said)}</td>"

    def draw_linked(row):
        said, is_nowrap = text(row)
        try:
            said = f'<a href="{escape(shown.url_for_result(row))}">{_written(said)}</a>'
        except NoReverseMatch:
            said = _written(said)
        return f"{nowrap if is_nowrap else plain}{said}</{kind}>"

    return draw_linked if kind else draw


def _written(said):
    return said if hasattr(said, "__html__") else escape(said) if isinstance(said, str) else conditional_escape(said)


# What a cell says, and whether it stays in one line --------------------------------------------------------------------


def _text_of(shown, name):
    """A function of the row; None where only Django knows."""
    try:
        field = shown.opts.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        method = getattr(shown.model_admin, name, None)
        return _by_method(shown, method) if callable(method) and name != "__str__" else None
    if not isinstance(field, models.Field) or field.auto_created or field.attname == name != field.name:
        return None
    return _by_field(shown, field)


def _by_method(shown, method):
    empty = getattr(method, "empty_value_display", shown.model_admin.get_empty_value_display())
    boolean = getattr(method, "boolean", False)

    def text(row):
        try:
            said = method(row)
        except ObjectDoesNotExist:
            return empty, False
        if isinstance(said, Promise):
            said = str(said)
        if boolean or not isinstance(said, str):
            return display_for_value(said, empty, boolean), isinstance(said, NOWRAP)
        return said if said.strip() else empty, False

    return text


def _by_field(shown, field):
    empty = shown.model_admin.get_empty_value_display()
    name, nowrap = field.name, isinstance(field, NOWRAP_FIELDS)
    linked = name in (_linked(shown))

    def related(row):
        found = getattr(row, name, None)
        return (empty if found is None else found), nowrap

    def plain(row):
        said = getattr(row, name)
        return said if said and said.strip() else empty, nowrap

    def other(row):
        said = getattr(row, name)
        said = "" if isinstance(said, str) and not said.strip() else said
        return display_for_field(said, field, empty, avoid_link=linked), nowrap

    if isinstance(field.remote_field, models.ManyToOneRel):
        return related
    is_words = type(field) in (models.CharField, models.TextField) and not field.choices
    return plain if is_words else other
