"""Real inputs to the forums of 2022 and 2026, recorded on behalf of their authors: who, what, where it stands."""

from pathlib import Path

from accreditation.models import Organisation, OrganisationName
from forums.clock import database_now
from forums.loading import Report, bring, parts, rows_of, six
from forums.models import Call, Forum
from submissions.models import Submission
from submissions.operations import record_on_behalf

HERE = Path(__file__).parent
FORUMS = ("2022", "2026")
SOURCE = "Named as the author of an input to a forum; see where the input stands."


def load_calls(overwrite=False) -> Report:
    """One call for each forum that was held, in which only the desk records."""
    rows = [
        {
            "forum_id": Forum.objects.get(slug=slug).pk,
            "slug": row["slug"],
            **six(row, "name_", column="name"),
            **six(row, "guidance_", column="guidance"),
            "most_objectives": 23,
            "recorded_by_desk_only": True,
        }
        for row in rows_of(HERE / "calls.csv")
        for slug in FORUMS
    ]
    return bring(Call, rows, key=["forum_id", "slug"], overwrite=overwrite)


def load_organisations(overwrite=False) -> Report:
    at = database_now()
    there = dict(Organisation.objects.values_list("slug", "made_at"))
    rows = [
        {
            "slug": row["slug"],
            "name": row["name"],
            "acronym": row["acronym"],
            "kind": row["kind"],
            "country_id": row["country"] or None,
            "website": row["website"],
            "source": SOURCE,
            "made_at": there.get(row["slug"], at),
        }
        for row in rows_of(HERE / "organisations.csv")
    ]
    report = bring(Organisation, rows, key=["slug"], overwrite=overwrite)
    for organisation in Organisation.objects.filter(names__isnull=True):  # rows made in bulk
        OrganisationName.objects.follow(organisation)
    return report


def load_inputs(overwrite=False) -> Report:
    """Record and publish the inputs that are missing. What was published is never changed from here.

    Rows with the symbol of a document are left out: the forum's documents hold them.
    """
    at, report = database_now(), Report()
    recorded = Submission.objects.filter(recorded_by_desk=True)
    there = set(recorded.values_list("call__forum__slug", "organisation__slug", "title"))
    calls = {call.forum.slug: call for call in Call.objects.filter(slug="recorded").select_related("forum")}
    bodies = {body.slug: body.merged_into or body for body in Organisation.objects.select_related("merged_into")}
    for row in rows_of(HERE / "inputs_2022_2026.csv"):
        if row["document_symbol"]:
            continue
        if (row["forum"], bodies[row["organisation_slug"]].slug, row["title"]) in there:
            report.unchanged += 1
            continue
        _record(row, calls[row["forum"]], bodies[row["organisation_slug"]], at)
        report.new += 1
    return report


def _record(row, call, organisation, at):
    record_on_behalf(
        call=call,
        organisation=organisation,
        by=None,
        at=at,
        title=row["title"],
        title_is_described=not row["title_is"].startswith("exact"),
        language=row["title_language"],
        level=row["level"],
        countries=parts(row["countries"]),
        regions=parts(row["regions"]),
        objectives=parts(row["objectives"]),
        source_url=row["source_url"],
        source_title=row["source_title"],
        source_seen=row["date_seen"].split("/")[0].split(";")[0],
    )
