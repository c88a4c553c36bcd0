"""The difference between a copy and the register as it is kept with the import: counts, and every row as a line."""

TABS = ("new", "gone", "changed", "touched")


def report_of(difference, fingerprint, copy) -> dict:
    """The report of an import; `fingerprint` marks the register that the copy was laid beside."""
    loud = [change for change in difference.changed if change.is_loud]
    return {
        "fingerprint": fingerprint,
        "counts": difference.counts,
        "columns": list(copy.columns),
        "new": [_described(row.name, row.country, row.status, line=row.line) for row in difference.new],
        "gone": [_described(entry.name, entry.country_id, entry.status) for entry in difference.gone],
        "changed": [
            {
                **_described(change.entry.name, change.entry.country_id, change.entry.status, line=change.row.line),
                "fields": [
                    {"field": name, "was": _words(was), "became": _words(became)}
                    for name, (was, became) in change.fields.items()
                ],
            }
            for change in loud
        ],
        "touched": [
            {
                "accreditation": touch.standing.pk,
                "organisation": touch.standing.organisation_id,
                "name": touch.standing.organisation.name,
                "forum": touch.standing.forum.slug,
                "what": touch.what,
                "was": touch.was,
                "became": touch.became,
            }
            for touch in difference.touched
        ],
    }


def _described(name, country, status, **more):
    return {"name": name, "country": country or "", "status": status, **more}


def _words(value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def lines_of(report, without=()):
    """Every line of the difference as cells, for a table of its own; `without` are organisations that stay unnamed."""
    yield ("kind", "line", "name", "country", "status", "column", "was", "became", "forum")
    for kind in ("new", "gone"):
        for row in report.get(kind, ()):
            yield (kind, row.get("line", ""), row["name"], row["country"], row["status"], "", "", "", "")
    for row in report.get("changed", ()):
        for field in row["fields"]:
            named = ("changed", row["line"], row["name"], row["country"], row["status"])
            yield (*named, field["field"], field["was"], field["became"], "")
    for row in touched_of(report, without):
        yield ("touched", "", row["name"], "", "", row["what"], row["was"], row["became"], row["forum"])


def touched_of(report, without=()) -> list:
    return [row for row in report.get("touched", ()) if row["organisation"] not in without]
