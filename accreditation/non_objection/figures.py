"""The balance of a list, beside it while it is built: regions, kinds, countries' groups, gender of representation."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.models.organisation import Kind


@dataclass(frozen=True)
class Table:
    """One figure: rows of a word, how many, and the share of all in percent."""

    title: str
    rows: list


def balance(lines) -> list[Table]:
    """Figures of the lines that count; `lines` come with accreditation and country loaded."""
    lines = [line for line in lines if line.struck_at is None]
    kinds = dict(Kind.choices)
    return [
        _table(_("UN regional group"), (_group(line.country) for line in lines), len(lines)),
        _table(_("Kind of organisation"), (str(kinds[line.kind]) for line in lines), len(lines)),
        _table(_("Least developed countries"), (_ldc(line.country) for line in lines), len(lines)),
        _gender(lines),
    ]


def _table(title, words, total) -> Table:
    counted = Counter(words)
    rows = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return Table(title, [(word, number, round(100 * number / total)) for word, number in rows])


def _group(country) -> str:
    if country is None:
        return _("No country")
    return country.regional_group or _("No regional group")


def _ldc(country) -> str:
    return _("Least developed country") if country is not None and country.ldc else _("Another country or none")


def _gender(lines) -> Table:
    """Of the representatives that applications named, voluntarily; who said nothing is counted as applications."""
    sums = {word: sum(getattr(line.accreditation, name) or 0 for line in lines) for name, word in _genders()}
    total = sum(sums.values()) or 1
    rows = [(word, number, round(100 * number / total)) for word, number in sums.items()]
    silent = sum(all(getattr(line.accreditation, name) is None for name, _word in _genders()) for line in lines)
    return Table(_("Gender of representatives"), [*rows, (_("Applications that do not say"), silent, None)])


def _genders():
    return (("women", _("Women")), ("men", _("Men")), ("others", _("Others")))
