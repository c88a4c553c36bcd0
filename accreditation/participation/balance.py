"""Balance beside the list of wishes to speak: of all, and of who would be chosen. It counts; it ranks nobody. Pure."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accreditation.models.organisation import Kind
from accreditation.models.participation import Gender


@dataclass(frozen=True)
class Line:
    """One word of a figure: how many of all, how many of the chosen, and what share of each in percent."""

    word: str
    all: int
    chosen: int
    share: int
    share_chosen: int


@dataclass(frozen=True)
class Figure:
    title: str
    lines: list


def is_chosen(wish) -> bool:
    """Chosen already, or staged to be."""
    return (wish.staged or wish.status) == "chosen"


def balance(wishes) -> list[Figure]:
    """Figures of the wishes that were not withdrawn; they come with organisation and country loaded."""
    wishes = [wish for wish in wishes if wish.status != "withdrawn"]
    kinds, genders = dict(Kind.choices), dict(Gender.choices)
    return [
        _figure(_("UN regional group"), wishes, lambda wish: group_of(_country(wish))),
        _figure(_("Kind of organisation"), wishes, lambda wish: str(kinds[wish.accreditation.organisation.kind])),
        _figure(_("Gender of the speaker"), wishes, lambda wish: str(genders[wish.gender])),
        _figure(_("First-time speakers"), wishes, lambda wish: _("Spoke before") if wish.spoke_before else _("First time")),
        _figure(_("Least developed countries"), wishes, lambda wish: ldc_of(_country(wish))),
    ]


def _country(wish):
    return wish.accreditation.organisation.country


def group_of(country) -> str:
    """The UN regional group of a country, in words for a table."""
    if country is None:
        return _("No country")
    return country.regional_group or _("No regional group")


def ldc_of(country) -> str:
    return _("Least developed country") if country is not None and country.ldc else _("Another country or none")


def _figure(title, wishes, word_of) -> Figure:
    everybody = Counter(word_of(wish) for wish in wishes)
    chosen = Counter(word_of(wish) for wish in wishes if is_chosen(wish))
    rows = sorted(everybody.items(), key=lambda row: (-row[1], row[0]))
    return Figure(
        title,
        [
            Line(word, number, chosen[word], _share(number, everybody.total()), _share(chosen[word], chosen.total()))
            for word, number in rows
        ],
    )


def _share(part, whole) -> int:
    return round(100 * part / whole) if whole else 0
