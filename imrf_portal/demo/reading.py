"""The files of this folder as plain values."""

import json
import tomllib
from dataclasses import dataclass, field
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
    answers: dict = field(default_factory=dict)

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


def answers() -> dict:
    """Answers to the form of the call, by number of the input."""
    return json.loads((HERE / "answers.json").read_text(encoding="utf-8"))


def entries() -> list[Entry]:
    given = answers()
    return [_entry(path, given) for path in sorted((HERE / "inputs").glob("*.md"))]


def _entry(path, given) -> Entry:
    _nothing, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in tomllib.loads(head).items()}
    number = path.name[:2]
    return Entry(number=int(number), text=text.strip(), answers=given.get(number, {}), **values)
