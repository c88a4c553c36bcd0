"""Editions of the forum with their former dates, round tables, duties, documents and the regional reviews."""

from pathlib import Path

from forums.loading import LANGUAGES, Report, bring, day, parts, rows_of, six
from forums.models import FormerDates, Forum, Milestone, OfficialDocument, RegionalReview, RoundTable
from forums.reference.vocabularies import terms

HERE = Path(__file__).parent
# How an edition is called: the forum's name and its year, as each language puts them together.
EDITION = {"zh": "{year}年{name}", "ru": "{name} {year} года"}
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
    return report + bring(FormerDates, former, key=["forum_id", "first_day", "last_day"], overwrite=overwrite)


def _forum(row):
    city, _, venue = row["place"].partition(", ")
    return {
        "slug": row["year"],
        "ordinal": int(row["edition"]),
        "year": int(row["year"]),
        **name_of_edition(row["year"]),
        "first_day": day(row["start_date"]),
        "last_day": day(row["end_date"]),
        "city": city,
        "venue": venue,
        "chair": row["chair"],
        "status": "held" if row["start_date"] else "announced",
        "source": row["source"],
    }


def _former(row):
    first, last = row["originally_announced_dates"].split("/")
    forum = Forum.objects.get(slug=row["year"])
    return {"forum_id": forum.pk, "first_day": day(first), "last_day": day(last), "source": row["source"]}


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


def load_duties(overwrite=False) -> Report:
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
    """The duties that the resolutions lay on any forum, one background note for each of its round tables, as columns."""
    tables = list(forum.round_tables.all())
    return [
        {
            "forum_id": forum.pk,
            "kind": row["kind"],
            "round_table_id": table and table.pk,
            **six(row, "name_", column="name", number=table and table.number),
            "weeks_before": int(row["weeks_before"]),
            "days_before": int(row["days_before"]),
            "on_last_day": row["on_last_day"] == "yes",
            "basis": row["basis"],
        }
        for row in rows_of(HERE / "duties.csv")
        for table in (tables if row["kind"] == "note" else [None])
    ]


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
    return bring(RegionalReview, rows, key=["round", "name"], overwrite=overwrite)
