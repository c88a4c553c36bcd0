"""Rich text: its words without its commands, and the group in which it says who wrote it."""

import re

from submissions.extracting.found import answer, detail, time_is_up

ASIDE = {
    *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "themedata", "colorschememapping", "datastore"),
    *("latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "filetbl", "revtbl", "xmlnstbl"),
}
TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|(.)", re.IGNORECASE | re.DOTALL
)
BREAKS = {"par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "page": "\f", "sect": "\f"}
NAMED = {"author": "author", "operator": "last_by", "company": "company", "title": "title"}
INFO = re.compile(rb"\{\s*\\info\b")
REVISED = re.compile(r"\\(revised|deleted)\b")
FETCHES = re.compile(
    r"\{\\\*\\template\s+[^}]*(?:https?:|\\\\\\\\|file:)|INCLUDEPICTURE|\\objlink|\bDDEAUTO\b|\bDDE ", re.IGNORECASE
)


def read(file, _extension):
    raw = file.read_bytes().decode("latin-1")
    pages = "".join(_words(raw)).split("\f")
    hidden = {name: _named(raw, command) for command, name in NAMED.items()}
    hidden["changes"] = len(REVISED.findall(raw))
    hidden["comments"] = raw.count("\\*\\annotation")
    return answer(pages, hidden=hidden, hazards=["outside"] if FETCHES.search(raw) else [])


def _named(raw, command):
    found = re.search(rf"\{{\s*\\{command}\b([^{{}}]{{0,500}})", raw)
    return detail("".join(_words("{" + found[1] + "}"))) if found else ""


def _words(raw):
    """The text of what is not set aside; a sign that stands for another in old programs is skipped."""
    depth, aside, skip, page = 0, None, 0, "cp1252"
    for count, token in enumerate(TOKEN.finditer(raw)):
        if count % 4096 == 0 and time_is_up():
            return
        command, number, code, sign, brace, letter = token.groups()
        if brace:
            depth += 1 if brace == "{" else -1
            aside = None if aside is not None and depth < aside else aside
        elif aside is None and (sign == "*" or command in ASIDE):
            aside = depth
        elif aside is None and not (skip and (code or letter)):
            page = f"cp{number}" if command == "ansicpg" else page
            skip = 1 if command == "u" else skip
            yield _sign(command, number, code, letter, page)
        elif aside is None:
            skip -= 1


def _sign(command, number, code, letter, page) -> str:
    if command == "u" and number:
        return chr(int(number) % 65536)
    if command:
        return BREAKS.get(command, "")
    return _decoded(code, page) if code else letter or ""


def _decoded(code, page):
    try:
        return bytes([int(code, 16)]).decode(page)
    except (UnicodeDecodeError, LookupError):
        return "?"


def clean(file, to, _extension):
    """Takes out the group that names people; comments and tracked changes are its author's to settle."""
    raw = file.read_bytes()
    while found := INFO.search(raw):
        end = _end_of_group(raw, found.start())
        raw = raw[: found.start()] + raw[end:]
    to.write_bytes(raw)
    return {}


def _end_of_group(raw, start):
    depth = 0
    for place in re.finditer(rb"\\[{}\\]|[{}]", raw[start:]):
        depth += {b"{": 1, b"}": -1}.get(place[0], 0)
        if depth == 0:
            return start + place.end()
    return len(raw)
