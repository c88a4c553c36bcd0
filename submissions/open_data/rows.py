"""The columns of the open data and of the files of lists: name, type, meaning, and how each is taken from a Described."""

from dataclasses import dataclass, replace

from django.conf import settings

from forums.cells import as_text

BETWEEN = "; "
LABEL = "_label"  # ends the name of a column with what the codes of another are called


@dataclass(frozen=True)
class Column:
    name: str
    type: str  # of a Table Schema
    says: str
    of: object  # of a Described
    words: object = None  # of a Described: what the codes are called, in the language that it was described in


def _codes(name):
    return lambda input: [code for code, _word in getattr(input, name)]


def _plain(name):
    return lambda input: getattr(input, name)


def _code(name):
    return lambda input: getattr(input, name)[0]


def _word(name):
    return lambda input: getattr(input, name)[1]


def _words(name):
    return lambda input: [word for _code, word in getattr(input, name)]


def _language(input):
    return str(dict(settings.LANGUAGES)[input.language])


def _instant(name):
    return lambda input: getattr(input, name).isoformat(timespec="seconds")


COLUMNS = (
    Column("reference", "string", "Permanent; never used twice.", _plain("reference")),
    Column("symbol", "string", "The reference with its revision, such as /Rev.1.", _plain("symbol")),
    Column("url", "string", "The permanent page.", _plain("url")),
    Column("title", "string", "As its authors wrote it.", _plain("title")),
    Column("title_is_described", "boolean", "The title describes the input; it has none.", _plain("title_is_described")),
    Column("language", "string", "Language of title and text (BCP 47).", _plain("language"), _language),
    Column("organisations", "array", "Who speaks, the lead first.", lambda input: [each.name for each in input.authors]),
    Column("organisation_urls", "array", "Their pages.", lambda input: [each.url for each in input.authors]),
    Column("kind", "string", "Kind of organisation; words in codes.csv.", _code("kind"), _word("kind")),
    Column("basis", "string", "Standing held at publication; empty: none recorded.", _code("basis"), _word("basis")),
    Column("level", "string", "Local, national, regional, global.", _code("level"), _word("level")),
    Column("forum", "string", "Address of the forum.", _code("forum"), _word("forum")),
    Column("year", "integer", "Year of the forum.", _plain("year")),
    Column(
        "objectives", "array", "Numbers of objectives of the Global Compact.", _codes("objectives"), _words("objectives")
    ),
    Column("round_tables", "array", "Numbers of round tables.", _codes("round_tables"), _words("round_tables")),
    Column("countries", "array", "ISO 3166-1 alpha-3.", _codes("countries"), _words("countries")),
    Column("regions", "array", "Codes of regions; words in codes.csv.", _codes("regions"), _words("regions")),
    Column("words", "integer", "Length of the text.", _plain("words")),
    Column("files", "integer", "Number of files.", _plain("files")),
    Column("dated", "date", "Day of this version, by which it is cited.", lambda input: input.dated.isoformat()),
    Column("received_at", "datetime", "When the input was first received.", _instant("received_at")),
    Column("published_at", "datetime", "Since when it is public.", _instant("published_at")),
    Column("changed_at", "datetime", "Last change of what is public.", _instant("changed_at")),
    Column("recorded_by_desk", "boolean", "Recorded on behalf of its author.", _plain("recorded_by_desk")),
    Column("source_url", "string", "Where the original stands.", _plain("source_url")),
    Column("source_title", "string", "Title at the source.", _plain("source_title")),
    Column("source_date", "string", "Date given by the source.", _plain("source_date")),
    Column("used_in", "array", "Official documents that drew on it.", lambda input: list(input.used_in)),
    Column("excerpt", "string", "Summary, or the beginning of the text.", _plain("excerpt")),
)


# In a file of a list what codes are called stands beside them: it comes without codes.csv.
WITH_WORDS = tuple(
    each
    for column in COLUMNS
    for each in (column, *([replace(column, name=column.name + LABEL, of=column.words)] if column.words else []))
)


def row_of(input, columns=COLUMNS) -> dict:
    return {column.name: column.of(input) for column in columns}


def cells(row) -> list[str]:
    """The row for CSV: lists joined, and nothing that a spreadsheet would take for a formula."""
    return [cell(value) for value in row.values()]


def cell(value) -> str:
    if isinstance(value, list):
        value = BETWEEN.join(map(str, value))
    elif isinstance(value, bool):
        value = "true" if value else "false"
    return as_text(str(value))
