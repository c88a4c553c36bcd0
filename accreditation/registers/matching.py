"""The likeliest entries of the registers for a name. A match is never a decision: a person confirms it."""

from accreditation import likeness
from accreditation.candidates import candidates, judged
from accreditation.models import RegisterEntry, RegisterName

MOST = 5
ELSEWHERE = 0.97  # an entry of another country counts a little less


def match(name, *, kind=None, country=None, acronym="", most=MOST, gone=True) -> list[likeness.Match]:
    """Entries called like this name, best first, each with its likeness and the reason.

    `kind` asks one register only, `country` (ISO alpha-3) puts entries of other countries a little lower, `gone` takes in
    entries that are no longer on their list.
    """
    names = RegisterName.objects.select_related("entry__register", "entry__country")
    if kind:
        names = names.filter(entry__register=kind)
    if not gone:
        names = names.filter(entry__gone_on__isnull=True)
    rows = candidates(names, name, acronym=acronym)
    found = judged(rows, name, lambda row: row.entry, acronym=acronym)
    return likeness.best((_placed(each, country) for each in found if each.score >= likeness.WORTH_A_LOOK), most)


def _placed(found, country):
    elsewhere = country and found.thing.country_id and found.thing.country_id != country
    return likeness.weighed(found, ELSEWHERE) if elsewhere else found


def keep_names(entries) -> int:
    """Make the rows of names of these entries anew; returns how many there are."""
    entries = list(entries)
    RegisterName.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    rows = [RegisterName(entry=entry, use=use, name=name).spell() for entry in entries for use, name in names_of(entry)]
    RegisterName.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def names_of(entry: RegisterEntry):
    """Every name under which an entry is looked up, with its use."""
    yield "main", entry.name
    if entry.acronym:
        yield "acronym", entry.acronym
    yield from (("acronym", short) for short in likeness.in_brackets(entry.name) if " " not in short)
    yield from (("former", former) for former in entry.former_names if former)
