"""The interface in six languages: nothing missing, nothing fuzzy, every placeholder where it belongs."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ["ar", "es", "fr", "ru", "zh_Hans"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")


def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    po = catalogue(language)
    assert len(po) > 1000
    assert [entry.msgid for entry in po if not entry.translated() or entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_kept(language):
    wrong = []
    for entry in catalogue(language):
        if entry.msgid_plural:
            allowed = set(PLACEHOLDER.findall(entry.msgid_plural))
            wrong += [entry.msgid for form in entry.msgstr_plural.values() if set(PLACEHOLDER.findall(form)) - allowed]
        elif sorted(PLACEHOLDER.findall(entry.msgstr)) != sorted(PLACEHOLDER.findall(entry.msgid)):
            wrong.append(entry.msgid)
    assert wrong == []


def messages_in_code():
    """Whole messages marked in Python and templates, as far as they stand in one line."""
    marked = re.compile(r"""(?:gettext(?:_lazy)?|\b_)\(\s*"((?:[^"\\]|\\.)+)"\s*\)|{%\s*translate\s+"([^"]+)"\s*%}""")
    for folder in ("forums", "accreditation", "submissions", "imrf_portal", "templates"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".py", ".html", ".txt") and file.is_file():
                yield from ((a or b) for a, b in marked.findall(file.read_text()))


def test_no_marked_message_is_missing_from_the_catalogues():
    known = {entry.msgid.replace("%%", "%") for entry in catalogue("fr")}
    missing = {message.replace('\\"', '"').replace("%%", "%") for message in messages_in_code()} - known
    assert {message for message in missing if "\\" not in message} == set()


def test_the_catalogues_hold_the_same_messages():
    sets = [{entry.msgid for entry in catalogue(language)} for language in LANGUAGES]
    assert all(messages == sets[0] for messages in sets)
