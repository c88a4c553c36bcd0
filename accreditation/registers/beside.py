"""A copy laid beside the register as the database holds it now: countries it may name, standings it would touch."""

from django.utils.translation import gettext as _

from accreditation.models import Accreditation, RegisterEntry
from accreditation.names import fold
from accreditation.registers import comparing, reading
from accreditation.registers.faults import Unreadable
from forums.models import Country

MOST_CLASHES = 20


def copy_of(run, on_progress=lambda done, total: None):
    """What the kept file of an import says."""
    with run.file.open("rb") as file:
        return reading.read(file, kind=run.kind, countries=known_countries(), on_progress=on_progress)


def beside_register(kind, copy):
    """The difference between the register and this copy, and the mark of the register; refused where two would be one."""
    entries = list(RegisterEntry.objects.filter(register=kind))
    difference = comparing.compare(copy, entries, standings_of(kind))
    said = _("Line %(line)d: another entry of the register would then have the same name and country: “%(name)s”.")
    if found := comparing.clashes(difference, entries)[:MOST_CLASHES]:
        raise Unreadable([said % {"line": row.line, "name": row.name} for row in found])
    return difference, comparing.fingerprint(entries)


def mark_of(kind) -> str:
    """The mark of the register as it is kept now."""
    return comparing.fingerprint(RegisterEntry.objects.filter(register=kind))


def standings_of(kind):
    """Standings that rest on an entry of this register."""
    standing = Accreditation.objects.standing().filter(basis__register=kind, register_entry__register=kind)
    return standing.select_related("organisation", "forum").order_by("pk")


def known_countries() -> dict:
    """Codes and names in six languages, folded -> ISO alpha-3. What two countries are called in two languages is English."""
    columns = [field.name for field in Country._meta.get_fields() if field.name.startswith("name_")]
    rows = list(Country.objects.values("iso3", *columns))
    found = {}
    for column in columns:
        for row in rows:
            if row[column]:
                found.setdefault(fold(row[column]), set()).add(row["iso3"])
    alone = {name: min(codes) for name, codes in found.items() if len(codes) == 1}
    english = {fold(row["name_en"]): row["iso3"] for row in rows if row["name_en"]}
    return {**alone, **english, **{row["iso3"].casefold(): row["iso3"] for row in rows}}
