"""Objective by region, level or kind of organisation, for everybody: only inputs that are shown stand in a crossing."""

from django.utils.translation import gettext_lazy as _

from submissions.coverage.counting import Table, laid_out

TITLES = {
    "region": _("Objective by region"),
    "level": _("Objective by level"),
    "kind": _("Objective by kind of organisation"),
}


def coverage(numbers, words, across) -> Table:
    return laid_out(across, numbers.crossed.get(across, {}), words)


def gaps(table) -> list:
    """Objectives on which nothing at all was said, as pairs of code and word."""
    return [(code, word) for code, word, found in table.rows if not any(found)]


def described(table) -> str:
    """The picture in one sentence."""
    empty = sum(not number for *_row, found in table.rows for number in found)
    whole = len(table.rows) * len(table.columns)
    said = {"empty": empty, "whole": whole}
    return (
        _("A grid of %(whole)d fields with a number in each that has inputs; %(empty)d are empty. The table below has all.")
        % said
    )
