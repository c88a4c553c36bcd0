"""datapackage.json: what the files are, by Frictionless Data's Data Package, version 1. Pure."""

from submissions import licences
from submissions.describing import PUBLISHER
from submissions.open_data.rows import COLUMNS

# A list stands in one cell of the CSV, its parts with “; ” between them: for a reader of tables it is a text.
TYPE_IN_CSV = {"array": "string"}
CODES = (
    ("field", "Which column the code stands in."),
    ("code", "The code."),
    ("language", "Language of the word."),
    ("word", "What the code is called."),
)
TITLES = {
    "inputs.csv": "Inputs",
    "inputs.json": "Inputs with summary, text and public answers",
    "codes.csv": "Words of codes, in six languages",
}
MEMBERS = (*TITLES, "datapackage.json", "LICENCE.txt", "SHA256SUMS")


def package_of(parts, *, at, home, count) -> dict:
    """`parts` is member -> (bytes, sha256) of what was written; `home` the page of the open data."""
    return {
        "profile": "data-package",
        "name": "imrf-inputs",
        "title": "Inputs to the International Migration Review Forum",
        "description": f"{count} published inputs of States and stakeholders. In CSV, lists are joined with “; ”, and a "
        "cell that a spreadsheet would take for a formula begins with an apostrophe.",
        "homepage": home,
        "version": at.strftime("%Y.%m.%d.%H%M"),
        "created": at.isoformat(timespec="seconds"),
        "licenses": [{"name": licences.METADATA_CODE, "path": licences.METADATA_URL, "title": licences.METADATA_NAME}],
        "rights": licences.OF_TEXTS,
        "contributors": [{"title": PUBLISHER, "role": "publisher"}],
        "resources": [_resource(name, *measured) for name, measured in parts.items() if name in TITLES],
    }


def _resource(name, size, sha256):
    stem, _dot, ending = name.partition(".")
    resource = {
        "profile": "tabular-data-resource" if ending == "csv" else "data-resource",
        "name": name.replace(".", "-"),
        "title": TITLES[name],
        "path": name,
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/json",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }
    return {**resource, "schema": _schema(stem)} if ending == "csv" else resource


def _schema(stem):
    if stem == "codes":
        return {"fields": [{"name": name, "type": "string", "description": says} for name, says in CODES]}
    fields = [
        {"name": each.name, "type": TYPE_IN_CSV.get(each.type, each.type), "description": each.says} for each in COLUMNS
    ]
    return {"fields": fields, "primaryKey": "reference"}
