"""The registers: look-up aids copied on a day, never proof of status."""

from pathlib import Path

from accreditation.models import Register, RegisterEntry, RegisterImport
from accreditation.registers.comparing import UNNAMED
from accreditation.registers.matching import keep_names
from forums.loading import Report, bring, day, parts, rows_of
from forums.models import Country

HERE = Path(__file__).parent
TYPES = {
    "un_system_entity": "United Nations system entity",
    "regional_commission": "Regional commission",
    "treaty_body": "Treaty body",
    "special_procedure": "Special procedure",
    "un_organ": "Principal organ",
}
STATES = {"member": "Member State", "observer": "Observer State"}
ROLES = {"executive_committee": "Network, Executive Committee", "member": "Network, member"}


def _enter(kind, entries, overwrite) -> Report:
    """Bring the entries of one register, its date, source and limits first.

    Once a newer copy was brought in, the shipped one says nothing any more: it would bring old names back.
    """
    if RegisterImport.objects.filter(kind=kind, state=RegisterImport.State.BROUGHT_IN).exists():
        return Report()
    about = next(row for row in rows_of(HERE / "registers.csv") if row["kind"] == kind)
    register = {"kind": kind, "as_of": day(about["as_of"]), "source": about["source"], "limits": about["limits"]}
    bring(Register, [register], key=["kind"], overwrite=overwrite)
    rows = [{"register_id": kind, "country_id": None, **entry} for entry in entries]
    report = bring(RegisterEntry, rows, key=["register_id", "name", "country_id"], overwrite=overwrite)
    if report.new or report.reset:
        keep_names(RegisterEntry.objects.filter(register=kind))
    return report


def load_ecosoc(overwrite=False) -> Report:
    """Names in the reports of the Committee on Non-Governmental Organizations."""
    entries = [
        {
            "name": row["name"],
            "former_names": parts(row["former_names"]),
            "status": row["status"],
            "status_as_of": row["year_granted"] or row["committee_session_date"] or row["committee_session_year"],
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows_of(HERE / "ecosoc_ngos.csv")
    ]
    return _enter("ecosoc", entries, overwrite)


def load_gcm(overwrite=False) -> Report:
    """Stakeholders accredited to the process or the conference of 2018: no copy was found, so it begins empty."""
    return _enter("gcm", [], overwrite)


def load_nhris(overwrite=False) -> Report:
    entries = [
        {
            "name": row["institution"] or f"National human rights institution of {row['country']}",
            "country_id": row["country_iso3"],
            "status": row["accreditation_status"],
            "status_as_of": row["status_as_of"],
            "network": row["regional_network"],
            "note": row["note"] if row["institution"] else f"{UNNAMED}; {row['note']}".strip("; "),
            "source": row["source"],
        }
        for row in rows_of(HERE / "nhri.csv")
    ]
    return _enter("nhri", entries, overwrite)


def load_un_entities(overwrite=False) -> Report:
    entries = [
        {
            "name": row["name"],
            "acronym": row["acronym"],
            "status": TYPES[row["type"]],
            "network": ROLES.get(row["un_network_on_migration_role"], ""),
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows_of(HERE / "un_entities.csv")
    ]
    return _enter("un_entity", entries, overwrite)


def load_states(overwrite=False) -> Report:
    """Member States and observers, from the countries that are there already."""
    entries = [
        {"name": country.name_en, "country_id": country.pk, "status": STATES[country.un_status]}
        for country in Country.objects.exclude(un_status="none")
    ]
    return _enter("state", entries, overwrite)
