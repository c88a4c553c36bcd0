"""The arrows run one way; every letter has its trio."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["forums", "accreditation", "submissions", "imrf_portal"]  # each may import those before it

# Inside an app: a layer may import those after it in this list, and its own.
LAYERS = [
    ("urls",),
    ("views", "admin", "api", "tasks", "feeds"),
    ("forms", "operations", "permissions", "notifications", "serializers"),
    ("models",),
]


def imports_of(file):
    """Dotted names that a file imports, inner imports too."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def apps_imported_by(file):
    return {name.partition(".")[0] for name in imports_of(file)}


@pytest.mark.parametrize(("floor", "app"), list(enumerate(FLOORS)))
def test_an_app_imports_only_the_floors_below(floor, app):
    above = set(FLOORS[floor + 1 :])
    assert [file for file in (ROOT / app).rglob("*.py") if above & apps_imported_by(file)] == []


def test_the_check_of_floors_can_fail(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def f():\n    from submissions.models import Submission\n")
    assert apps_imported_by(wrong) == {"submissions"}


def layer_of(parts):
    return next((depth for depth, names in enumerate(LAYERS) if parts and parts[0] in names), None)


@pytest.mark.parametrize("app", FLOORS[:3])
def test_inside_an_app_the_arrows_run_one_way(app):
    wrong = []
    for file in (ROOT / app).rglob("*.py"):
        own = layer_of([part.removesuffix(".py") for part in file.relative_to(ROOT / app).parts])
        for name in imports_of(file):
            other = layer_of(name.split(".")[1:]) if name.startswith(f"{app}.") else None
            if own is not None and other is not None and other < own:
                wrong.append(f"{file.relative_to(ROOT)} imports {name}")
    assert wrong == []


def is_letter(text):
    return text.count("/") == 1 and text.partition("/")[0] in FLOORS[:3] and re.fullmatch(r"\w+/\w+", text)


def letters_named():
    """Templates of letters named anywhere in the code: the strings given to write() and the TEMPLATES tables."""
    for file in (file for app in FLOORS[:3] for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_letter(node.value):
                yield node.value


def test_every_letter_has_its_trio():
    names = set(letters_named())
    assert {"submissions/received", "forums/milestone_due", "accreditation/accredited"} <= names
    emails = ROOT / "templates" / "emails"
    missing = [
        f"{n}{end}"
        for n in sorted(names)
        for end in (".subject.txt", ".txt", ".html")
        if not (emails / f"{n}{end}").exists()
    ]
    assert missing == []


def test_only_the_clock_and_the_doors_ask_what_time_it_is():
    """Models, operations and pure modules take `at`; only views, tasks, commands, admin and the roof call now()."""
    asking = ("views", "admin", "tasks", "management", "api", "feeds", "signup", "clock", "standing_in")
    wrong = []
    for app in FLOORS[:3]:
        for file in (ROOT / app).rglob("*.py"):
            parts = {part.removesuffix(".py") for part in file.relative_to(ROOT / app).parts}
            if not parts & set(asking) and {"django.utils.timezone.now", "time.time"} & set(imports_of(file)):
                wrong.append(str(file.relative_to(ROOT)))
    assert wrong == []
