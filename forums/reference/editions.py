"""Editions of the forum with their former dates, round tables, duties, documents and the regional reviews."""

from pathlib import Path

from forums.loading import LANGUAGES, Report, bring, day, parts, rows_of, six
from forums.models import FormerDates, Forum, Milestone, OfficialDocument, RegionalReview, RoundTable, Rule
from forums.reference.vocabularies import terms

HERE = Path(__file__).parent
# How an edition is called: the forum's name and its year, as each language puts them together.
EDITION = {"zh": "{year}年{name}", "ru": "{name} {year} года"}
# The regional commission whose area a regional review is named by.
AREAS = {
    "UNECE region": "ECE",
    "Arab region": "ESCWA",
    "Asia and the Pacific": "ESCAP",
    "Latin America and the Caribbean": "ECLAC",
    "Africa": "ECA",
}
# The map of 2026 was not seen: it begins as a copy of 2022, marked indicative.
MAPS = {"2022": False, "2026": True}
KINDS = {
    "sg_report": "sg_report",
    "sg_biennial_report": "sg_report",
    "modalities_resolution": "resolution",
    "resolution": "resolution",
    "progress_declaration": "declaration",
    "draft_resolution": "declaration",
    "agenda": "agenda",
    "outcome_document": "other",
}


def name_of_edition(year) -> dict:
    """The name of one edition in six languages, as translated columns."""
    names = terms()["imrf"]
    return {
        f"name_{column}": EDITION.get(code, "{name} {year}").format(name=names[code], year=year)
        for code, column in LANGUAGES.items()
    }


def load_forums(overwrite=False) -> Report:
    editions = rows_of(HERE / "forums.csv")
    report = bring(Forum, [_forum(row) for row in editions], key=["slug"], overwrite=overwrite)
    former = [_former(row) for row in editions if row["originally_announced_dates"]]
    return report + bring(FormerDates, former, key=["forum_id", "edition"], overwrite=overwrite)


def _forum(row):
    words = {said["column"]: said for said in rows_of(HERE / "forums_six.csv") if said["year"] == row["year"]}
    return {
        "slug": row["year"],
        "ordinal": int(row["edition"]),
        "year": int(row["year"]),
        **name_of_edition(row["year"]),
        "first_day": day(row["start_date"]),
        "last_day": day(row["end_date"]),
        **{name: value for column in words for name, value in six(words[column], column=column).items()},
        "status": "held" if row["start_date"] else "announced",
        "edition_of_dates": 2 if row["originally_announced_dates"] else 1,
        "source": row["source"],
    }


def _former(row):
    first, last = row["originally_announced_dates"].split("/")
    forum = Forum.objects.get(slug=row["year"])
    return {"forum_id": forum.pk, "edition": 1, "first_day": day(first), "last_day": day(last), "source": row["source"]}


def load_round_tables(overwrite=False) -> Report:
    rows = [
        {"forum_id": Forum.objects.get(slug=slug).pk, **table, "indicative": indicative}
        for slug, indicative in MAPS.items()
        for table in round_tables()
    ]
    for table, row in zip(rows[4:], rows_of(HERE / "round_tables_2026.csv"), strict=True):
        table.update(note_leads="", source=f"{row['status']} ; {row['source']}")
    return bring(RoundTable, rows, key=["forum_id", "number"], lists=["objectives"], overwrite=overwrite)


def round_tables() -> list[dict]:
    """The four round tables of 2022 as columns, for the forums that begin with a copy of them."""
    return [
        {
            "number": int(row["number"]),
            **six(row, "title_", column="title"),
            "note_leads": ", ".join(parts(row["background_note_leads"])),
            "source": row["source"],
            "objectives": [int(number) for number in parts(row["objectives"])],
        }
        for row in rows_of(HERE / "round_tables_2022.csv")
    ]


def load_rules(overwrite=False) -> Report:
    """The duties that the resolutions lay on every forum, and what they are for the forums that are known."""
    rows = [
        {
            "code": row["code"],
            "kind": row["kind"],
            **six(row, "name_", column="name"),
            "weeks_before": int(row["weeks_before"]),
            "days_before": int(row["days_before"]),
            "on_last_day": row["on_last_day"] == "yes",
            "each_round_table": row["each_round_table"] == "yes",
            "resolution": row["resolution"],
            "paragraph": row["paragraph"],
        }
        for row in rows_of(HERE / "rules.csv")
    ]
    return bring(Rule, rows, key=["code"], overwrite=overwrite) + _load_duties(overwrite)


def _load_duties(overwrite) -> Report:
    report = Report()
    for row in rows_of(HERE / "forums.csv"):
        met = {
            "report": day(row["sg_report_date"]),
            "hearing": day(row["hearing_date"]),
            "declaration": day(row["declaration_agreed_on"]),
        }
        duties = duties_of(Forum.objects.get(slug=row["year"]))
        rows = [{**duty, "met_on": met.get(duty["kind"])} for duty in duties]
        report += bring(Milestone, rows, key=["forum_id", "kind", "round_table_id"], overwrite=overwrite)
    return report


def duties_of(forum) -> list[dict]:
    """The duties that the rules lay on this forum, one background note for each of its round tables, as columns."""
    tables = list(forum.round_tables.all())
    return [
        {
            "forum_id": forum.pk,
            "rule_id": rule.pk,
            "kind": rule.kind,
            "round_table_id": table and table.pk,
            **_named(rule, table),
            "weeks_before": rule.weeks_before,
            "days_before": rule.days_before,
            "on_last_day": rule.on_last_day,
            "resolution": rule.resolution,
            "paragraph": rule.paragraph,
        }
        for rule in Rule.objects.filter(in_force=True)
        for table in (tables if rule.each_round_table else [None])
    ]


def _named(rule, table) -> dict:
    """The name of the duty in six languages; the place in braces is the number of the round table."""
    names = {f"name_{column}": getattr(rule, f"name_{column}") for column in LANGUAGES.values()}
    if table is None:
        return names
    return {column: name and name.replace("{number}", str(table.number)) for column, name in names.items()}


def load_documents(overwrite=False) -> Report:
    """Events and deadlines stand in the same file; they are no documents and are left out."""
    papers = [_document(row) for row in rows_of(HERE / "forum_documents.csv") if row["type"] in KINDS]
    with_symbol = [paper for paper in papers if paper["symbol"]]
    without = [paper for paper in papers if not paper["symbol"]]
    return bring(OfficialDocument, with_symbol, key=["symbol"], overwrite=overwrite) + bring(
        OfficialDocument, without, key=["title", "forum_id"], overwrite=overwrite
    )


def _document(row):
    forum = Forum.objects.filter(ordinal=int(row["forum_edition"])).first() if row["forum_edition"] else None
    duty = forum.milestones.filter(kind=row["meets"]).first() if forum and row["meets"] else None
    address = row["source"].split(" ")[0]
    return {
        "forum_id": forum and forum.pk,
        "kind": KINDS[row["type"]],
        "symbol": row["symbol"],
        "title": row["title"],
        "dated_on": day(row["date"]),
        "available_on": day(row["date"]) if duty else None,
        "date_is": row["date_kind"],
        "url": address if address.startswith("http") else "",
        "note": row["note"],
        "source": row["source"],
        "meets_id": duty and duty.pk,
    }


def load_reviews(overwrite=False) -> Report:
    """The ten regional reviews; the consultative processes in the same file are kept for later."""
    rows = [
        {
            "round": int(row["round"]),
            "name": row["name"],
            "region": row["region"],
            "regions": [AREAS[row["region"]]],
            "first_day": day(row["start_date"]),
            "last_day": day(row["end_date"]),
            "hearing_on": day(row["stakeholder_hearing_date"]),
            "place": row["place"],
            "format": row["format"],
            "led_by": ", ".join(parts(row["lead"])),
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows_of(HERE / "regional_processes.csv")
        if row["type"] == "regional_review"
    ]
    return bring(RegionalReview, rows, key=["round", "name"], lists=["regions"], overwrite=overwrite)
