"""A mirror: everything public copied over the API into a folder; broken off anywhere, it goes on with what is missing.

Each file is written beside its place and then put there, so that none is ever half. What was copied names the moment of
its last change, so a second run asks only for what changed; files of inputs are known by their SHA-256.
"""

import hashlib
import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

LISTS = (
    *("forums", "milestones", "calls", "round-tables", "sessions", "documents"),
    *("objectives", "regions", "countries", "organisations", "accreditations"),
)
SAFE = re.compile(r"[A-Za-z0-9_-]{1,60}")
TRIES, LONGEST_WAIT, TIMEOUT = 5, 60, 60


class NotMirrored(Exception):
    """Why the mirror stopped; run again it goes on."""


@dataclass
class Report:
    inputs: int = 0  # written, new or changed
    unchanged: int = 0
    files: int = 0
    gone: int = 0  # taken down since

    def __str__(self):
        return f"{self.inputs} inputs written, {self.unchanged} unchanged, {self.files} files, {self.gone} taken down"


@dataclass
class Mirror:
    """`ask` gives the status and the bytes of an address; tests ask a portal of their own."""

    site: str
    folder: Path
    ask: object = None
    report: Report = field(default_factory=Report)

    def run(self) -> Report:
        self.ask = self.ask or asked_over_http
        for name in LISTS:
            self.keep(self.folder / f"{name}.json", _json(self.walk(f"{self.site}/api/v1/{name}/?page_size=100")))
        listed = set()
        for row in self.walk(f"{self.site}/api/v1/inputs/?page_size=100"):
            listed.add(row["reference"])
            self.copy_input(row)
        self.take_down(listed)
        return self.report

    def walk(self, address):
        """The rows of a list, page by page."""
        while address:
            page = json.loads(self.got(address))
            yield from page["results"]
            address = page["next"] and self.of_site(page["next"])

    def copy_input(self, row):
        """One input with its files, unless it stands here as it is."""
        place = self.place_of(row["reference"])
        if _stands(place / "input.json", row):
            self.report.unchanged += 1
            return
        whole = json.loads(self.got(f"{self.site}/api/v1/inputs/{row['reference']}/"))
        files = [*whole["files"], *(each for addition in whole["additions"] for each in addition["files"])]
        wanted = {name_of(file): file for file in files}
        for name, file in wanted.items():
            self.copy_file(place / "files" / name, file)
        for there in (place / "files").glob("*"):
            if there.name not in wanted:
                there.unlink()
        self.keep(place / "input.json", _json(whole))  # last: while it is not here, the input counts as not copied
        self.report.inputs += 1

    def copy_file(self, place, file):
        if place.exists() and _sha256(place.read_bytes()) == file["sha256"]:
            return
        content = self.got(self.of_site(file["url"]))
        if _sha256(content) != file["sha256"]:
            raise NotMirrored(f"{file['url']} is not what it says it is.")
        self.keep(place, content)
        self.report.files += 1

    def take_down(self, listed):
        """What is here and is listed no more is asked for once more, and only the word about it stays."""
        for place in sorted((self.folder / "inputs").glob("*")):
            if place.name in listed or not (place / "input.json").exists():
                continue
            status, content = self.ask(f"{self.site}/api/v1/inputs/{place.name}/")
            if status not in (404, 410):
                continue
            self.keep(place / "taken_down.json", content)
            for file in [*(place / "files").glob("*"), place / "input.json"]:
                file.unlink()
            self.report.gone += 1

    def got(self, address) -> bytes:
        status, content = self.ask(address)
        if status != 200:
            raise NotMirrored(f"{address} answered {status}.")
        return content

    def place_of(self, reference) -> Path:
        if not SAFE.fullmatch(reference):
            raise NotMirrored(f"{reference[:60]!r} is no reference.")
        return self.folder / "inputs" / reference

    def of_site(self, address):
        """Only addresses of the site that is mirrored are followed."""
        if urlsplit(address)[:2] != urlsplit(self.site)[:2]:
            raise NotMirrored(f"{address} leads to another site.")
        return address

    def keep(self, place, content):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.part")
        beside.write_bytes(content)
        beside.replace(place)


def name_of(file) -> str:
    """A name of our own making: its key, and the extension of what its author called it."""
    key = urlsplit(file["url"]).path.rstrip("/").rpartition("/")[2]
    extension = file["name"].rpartition(".")[2].lower()
    if not SAFE.fullmatch(key) or not SAFE.fullmatch(extension):
        raise NotMirrored(f"{file['url']} has no key.")
    return f"{key}.{extension}"


def asked_over_http(address):
    """Status and bytes; waits as the answer says where there were too many requests, and tries again after a failure."""
    for turn in range(TRIES):
        try:
            with urlopen(Request(address, headers={"User-Agent": "imrf-mirror"}), timeout=TIMEOUT) as answer:  # noqa: S310
                return answer.status, answer.read()
        except HTTPError as why:
            if why.code not in (429, 502, 503, 504) or turn == TRIES - 1:
                return why.code, why.read()
            wait = why.headers.get("Retry-After", "")
            time.sleep(min(int(wait) if wait.isdigit() else 2**turn, LONGEST_WAIT))
        except OSError as why:
            if turn == TRIES - 1:
                raise NotMirrored(f"{address}: {why}") from why
            time.sleep(2**turn)
    raise NotMirrored(address)


def _stands(place, row) -> bool:
    """Whether an input was copied as it is now; one whose files were not all there yet is asked for again."""
    try:
        whole = json.loads(place.read_bytes())
        return whole["changed_at"] == row["changed_at"] and len(whole["files"]) == row["file_count"]
    except (OSError, ValueError, KeyError):
        return False


def _json(rows) -> bytes:
    whole = rows if isinstance(rows, dict) else list(rows)
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _sha256(content) -> str:
    return hashlib.sha256(content).hexdigest()
