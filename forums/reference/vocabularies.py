"""Objectives, principles, regions, countries: from the files of this folder into their tables."""

from functools import cache
from pathlib import Path

from forums.loading import LANGUAGES, Report, bring, day, parts, rows_of, six
from forums.models import Country, GuidingPrinciple, Objective, Region

HERE = Path(__file__).parent


@cache
def terms() -> dict[str, dict[str, str]]:
    """UN terms by key and then by language, as terms.csv has them."""
    return {row["key"]: row for row in rows_of(HERE / "terms.csv")}


def _seen(row) -> list[str]:
    """The languages whose wording was seen in a source, as the portal writes their codes."""
    return sorted(LANGUAGES[code].replace("_", "-") for code in parts(row["seen_languages"]))


def load_objectives(overwrite=False) -> Report:
    labels = {row["number"]: row for row in rows_of(HERE / "gcm_objectives.csv")}
    rows = [
        {
            "number": int(row["number"]),
            **six(row, column="title"),
            **six(labels[row["number"]], "label_", column="label"),
            "verified_languages": _seen(row),
            "source": row["source"],
        }
        for row in rows_of(HERE / "objectives_six.csv")
    ]
    return bring(Objective, rows, key=["number"], overwrite=overwrite)


def load_principles(overwrite=False) -> Report:
    rows = [
        {
            "number": int(row["number"]),
            "letter": row["letter"],
            **six(row, column="title"),
            "verified_languages": _seen(row),
            "source": row["source"],
        }
        for row in rows_of(HERE / "principles_six.csv")
    ]
    return bring(GuidingPrinciple, rows, key=["number"], overwrite=overwrite)


def load_regions(overwrite=False) -> Report:
    rows = [
        {"code": row["code"], **six(row, "name_", column="name"), **six(terms()[row["term"]], column="commission")}
        for row in rows_of(HERE / "regions.csv")
    ]
    return bring(Region, rows, key=["code"], overwrite=overwrite)


def load_countries(overwrite=False) -> Report:
    rows = [
        {
            "iso3": row["iso_alpha3"],
            "iso2": row["iso_alpha2"],
            "m49": row["m49"],
            **six(row, "name_", column="name"),
            "un_status": row["un_status"],
            "regional_group": row["un_regional_group"],
            "regions": parts(row["regional_commissions"]),
            "ldc": row["ldc"] == "yes",
            "ldc_graduation": day(row["ldc_graduation_scheduled"]),
            "lldc": row["lldc"] == "yes",
            "sids": row["sids"] == "yes",
        }
        for row in rows_of(HERE / "countries.csv")
    ]
    return bring(Country, rows, key=["iso3"], lists=["regions"], overwrite=overwrite)
