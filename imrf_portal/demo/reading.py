"""The files of this folder as plain values."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One invented input, as its file has it."""

    number: int
    title: str
    summary: str
    text: str
    organisation: str
    level: str
    language: str
    status: str
    call: str
    countries: tuple
    regions: tuple
    objectives: tuple
    note: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the form would take it: the bodies of Exampland have no country, and the form asks for one."""
        place = self.countries if self.level in ("local", "national") else self.regions
        return self.level == "global" or bool(place)


def calendar() -> dict:
    return json.loads((HERE / "calendar.json").read_text(encoding="utf-8"))


def programme() -> dict:
    return json.loads((HERE / "programme.json").read_text(encoding="utf-8"))


def participation() -> dict:
    return json.loads((HERE / "participation.json").read_text(encoding="utf-8"))


def organisations() -> list[dict]:
    return json.loads((HERE / "organisations.json").read_text(encoding="utf-8"))


def people() -> list[dict]:
    return json.loads((HERE / "people.json").read_text(encoding="utf-8"))


def entries() -> list[Entry]:
    return [_entry(path) for path in sorted((HERE / "inputs").glob("*.md"))]


def _entry(path) -> Entry:
    _nothing, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in tomllib.loads(head).items()}
    return Entry(number=int(path.name[:2]), text=text.strip(), **values)
