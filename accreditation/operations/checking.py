"""What a register says today about an organisation: the likeliest entries with score and reason. Never a decision."""

from dataclasses import dataclass

from accreditation.likeness import Match
from accreditation.models import RegisterEntry
from accreditation.registers.matching import match

MOST = 5
MOST_NAMES = 4


def likely_in_register(organisation, basis, *, most=MOST) -> list[Match]:
    """Entries of the register of a basis that are called like the organisation by any of its names, the likeliest first."""
    if not basis.register:
        return []
    names = {organisation.name: None} | {each.name: None for each in organisation.names.exclude(use="acronym")}
    best = {}
    for name in list(names)[:MOST_NAMES]:
        asked = {"kind": basis.register, "country": organisation.country_id, "acronym": organisation.acronym, "most": most}
        for found in match(name, **asked):
            if found.thing.pk not in best or found.score > best[found.thing.pk].score:
                best[found.thing.pk] = found
    return sorted(best.values(), key=lambda found: -found.score)[:most]


def passes_on(basis, entry) -> bool:
    """Whether the register's own word on this entry is evidence by itself, as status A of the Paris Principles is."""
    return bool(basis.passes_on) and entry is not None and entry.gone_on is None and entry.status in basis.passes_on


def needs_word(basis, entry) -> bool:
    """Whether who decides must be asked: what the register says is no evidence by itself."""
    return bool(basis.passes_on) and not passes_on(basis, entry)


def evidence_of(entry) -> str:
    """The sentence that names an entry as evidence."""
    return f"{entry.register} ({entry.register.as_of}): {entry.name}, {entry.status} {entry.status_as_of}".strip()


@dataclass(frozen=True)
class Recheck:
    """What became of the entry that a former standing named: `state` is same, changed, gone or unnamed."""

    state: str
    was: RegisterEntry | None
    likely: list[Match]


def check_again(former, *, most=MOST) -> Recheck:
    """Look again at what a former standing rests on, in the register as it is kept today."""
    entry = former.register_entry
    likely = likely_in_register(former.organisation, former.basis, most=most)
    if entry is None:
        return Recheck("unnamed", None, likely)
    if entry.gone_on is not None:
        return Recheck("gone", entry, likely)
    changed = former.basis.passes_on and entry.status not in former.basis.passes_on
    return Recheck("changed" if changed else "same", entry, likely)
