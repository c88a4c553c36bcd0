"""A newer copy of a register: compared first, brought in whole by a second word or not at all."""

# ruff: noqa: T201 - the benchmark prints what it measured

from datetime import date, timedelta
from io import StringIO
from statistics import median

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction

from accreditation.models import Accreditation, Basis, Register, RegisterEntry, RegisterImport, RegisterTouch
from accreditation.reference import FILES
from accreditation.registers import bringing, importing
from accreditation.registers.faults import Unreadable
from accreditation.registers.matching import keep_names, match
from forums.refusals import MovedMeanwhile, Refused
from tests.accreditation import importing_bench as bench
from tests.factories import NOW, make_forum, make_organisation, make_standing, make_user, make_vocabularies

pytestmark = pytest.mark.django_db
State = RegisterImport.State
KEPT = (  # name, status, former names
    ("Amber Guild", "special", []),
    ("Birch Weavers", "special", []),
    ("Cobalt Circle", "special", []),
    ("Delta Depot", "special", []),
    ("Ember Potters", "special", ["Ember Pots"]),
)
NEWER = b"""name,former_names,status
Amber Guild,,special
Birch Weavers,,roster
Cobalt Ring,Cobalt Circle,special
Ember Potters,Ember Pots | Pots of Ember,special
Fjord Rowers,,general
"""


@pytest.fixture
def register(db):
    make_vocabularies()
    Basis.objects.filter(pk="ecosoc").update(register="ecosoc")
    made = Register.objects.create(kind="ecosoc", as_of="2025-08-22", source="A list", limits="Much is missing.")
    for name, status, former in KEPT:
        made.entries.create(name=name, status=status, former_names=former)
    keep_names(made.entries.all())
    return made


@pytest.fixture
def standings(register):
    """A standing resting on each entry."""
    return {entry.name: rest_on(entry) for entry in register.entries.all()}


def rest_on(entry):
    standing = make_standing(make_organisation(entry.name), make_forum())
    Accreditation.objects.filter(pk=standing.pk).update(register_entry=entry)
    return standing


def begin(content=NEWER, *, by=None, at=NOW, as_of=date(2026, 1, 15), **more):
    file = SimpleUploadedFile("newer.csv", content)
    return importing.begin(file, kind="ecosoc", as_of=as_of, source="iCSO", by=by, at=at, **more)


def read(content=NEWER, **more):
    run = begin(content, **more)
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    return run


def bring(run, by=None, at=NOW):
    importing.bring_in(run, by=by, at=at)
    importing.work_on_imports(at=at)
    run.refresh_from_db()
    return run


def whole():
    """The register as it stands, for a comparison before and after."""
    columns = ("name", "status", "former_names", "country", "gone_on", "names__name")
    return list(
        RegisterEntry.objects.order_by("pk", "names__name").values_list("pk", *columns)
    ), Register.objects.values().get()


def test_a_copy_is_read_and_compared_and_nothing_has_changed(standings):
    before = whole()
    run = begin()
    assert (run.state, run.report) == ("waiting", {})
    assert importing.work_on_imports(at=NOW) == 1
    run.refresh_from_db()
    assert (run.state, run.done_rows, run.all_rows, run.claimed_until) == ("read", 5, 5, None)
    assert run.report["counts"] == {"new": 1, "gone": 1, "changed": 3, "same": 1, "touched": 3}
    assert [row["name"] for row in run.report["new"]] == ["Fjord Rowers"]
    assert [row["name"] for row in run.report["gone"]] == ["Delta Depot"]
    changed = {row["name"]: {each["field"]: each["became"] for each in row["fields"]} for row in run.report["changed"]}
    assert changed == {
        "Birch Weavers": {"status": "roster"},
        "Cobalt Circle": {"name": "Cobalt Ring", "former_names": "Cobalt Circle"},
        "Ember Potters": {"former_names": "Ember Pots; Pots of Ember"},
    }
    touched = [(row["name"], row["what"], row["was"], row["became"]) for row in run.report["touched"]]
    assert touched == [
        ("Delta Depot", "gone", "Delta Depot", ""),
        ("Birch Weavers", "status", "special", "roster"),
        ("Cobalt Circle", "name", "Cobalt Circle", "Cobalt Ring"),
    ]
    assert whole() == before
    assert not RegisterTouch.objects.exists()
    assert importing.work_on_imports(at=NOW) == 0


def test_the_second_word_brings_it_in_and_no_standing_changes(register, standings, dalia):
    ids = dict(register.entries.values_list("name", "pk"))
    granted = list(Accreditation.objects.order_by("pk").values())
    run = bring(read(), by=dalia)
    assert (run.state, run.by, run.brought_in_at, run.claimed_until) == ("brought_in", dalia, NOW, None)
    register.refresh_from_db()
    assert (register.as_of, register.source, register.limits) == (date(2026, 1, 15), "iCSO", "")
    entries = {entry.pk: entry for entry in register.entries.all()}
    gone, renamed = entries[ids["Delta Depot"]], entries[ids["Cobalt Circle"]]
    assert (gone.name, gone.gone_on) == ("Delta Depot", date(2026, 1, 15))
    assert (renamed.name, renamed.former_names, renamed.gone_on) == ("Cobalt Ring", ["Cobalt Circle"], None)
    assert len(entries) == 6
    assert [each.thing.name for each in match("Cobalt Circle")][:1] == ["Cobalt Ring"]
    assert match("Fjord Rowers")[0].reason == "exact"
    assert match("Pots of Ember")[0].use == "former"
    assert list(Accreditation.objects.order_by("pk").values()) == granted
    touches = {(each.accreditation_id, each.what) for each in run.touches.all()}
    expected = {("Delta Depot", "gone"), ("Birch Weavers", "status"), ("Cobalt Circle", "name")}
    assert touches == {(standings[name].pk, what) for name, what in expected}


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        ({"status": "withdrawn"}, 0),
        ({"status": "draft"}, 0),
        ({"basis_id": "special"}, 0),
        ({"register_entry": None}, 0),
        ({}, 1),
    ],
)
def test_only_standings_on_this_register_are_touched(register, change, touched):
    standing = rest_on(register.entries.get(name="Delta Depot"))
    Accreditation.objects.filter(pk=standing.pk).update(**change)
    assert read().report["counts"]["touched"] == touched


def test_what_comes_back_to_the_list_is_the_entry_that_went(register):
    bring(read())
    gone = register.entries.get(gone_on__isnull=False)
    assert read(b"name,status\nDelta Depot,special\n", as_of=date(2026, 1, 16)).report["counts"]["changed"] == 1
    bring(RegisterImport.objects.filter(state="read").get())
    assert RegisterEntry.objects.get(gone_on=None) == gone


def test_where_it_was_read_is_kept_anew_without_being_a_change(register):
    run = read(b"name,source,status_as_of\n" + b"".join(f"{name},iCSO,2026\n".encode() for name, *_rest in KEPT))
    assert run.report["counts"] == {"new": 0, "gone": 0, "changed": 0, "same": 5, "touched": 0}
    bring(run)
    assert set(register.entries.values_list("source", "status_as_of", "status")) == {("iCSO", "2026", "special")}


def test_a_column_that_the_copy_lacks_says_nothing(register):
    register.entries.update(acronym="X", country_id="KEN")
    run = read(b"name\n" + b"".join(f"{name}\n".encode() for name, *_rest in KEPT))
    assert run.report["counts"]["same"] == 5


def test_equal_names_are_told_apart_by_country(register):
    register.entries.all().delete()
    for country in ("KEN", "NPL"):
        register.entries.create(name="National Commission", country_id=country, status="special")
    run = read(b"name,country,status\nNational Commission,NPL,roster\nNational Commission,KEN,special\n")
    assert [(row["country"], row["fields"][0]["field"]) for row in run.report["changed"]] == [("NPL", "status")]
    assert run.report["counts"]["same"] == 1
    bring(run)
    assert set(register.entries.values_list("country", "status")) == {("NPL", "roster"), ("KEN", "special")}


def test_a_name_that_moved_to_another_body_is_not_followed_twice(register):
    """The entry called like the row comes first; a former name counts only where nothing is called like it."""
    run = read(b"name,former_names,status\nAmber Guild,Birch Weavers,special\nBirch Weavers,,special\n")
    assert (run.report["counts"]["new"], run.report["counts"]["gone"]) == (0, 3)
    assert [row["name"] for row in run.report["changed"]] == ["Amber Guild"]


def test_an_institution_known_by_its_country_alone_gets_its_name(db):
    make_vocabularies()
    made = Register.objects.create(kind="nhri", as_of="2024-05-31", source="A list")
    unnamed = made.entries.create(
        name="National human rights institution of Kenya", country_id="KEN", note="the source does not name it", status="A"
    )
    other = made.entries.create(name="Human Rights Office", country_id="NPL", status="A")
    content = b"name,country,status\nKenya National Commission,KEN,A\nOffice of Rights,NPL,A\n"
    file = SimpleUploadedFile("nhri.csv", content)
    run = importing.begin(file, kind="nhri", as_of=date(2026, 1, 15), source="GANHRI", by=None, at=NOW)
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    bring(run)
    assert made.entries.get(pk=unnamed.pk).name == "Kenya National Commission"
    assert made.entries.get(pk=other.pk).gone_on == date(2026, 1, 15)
    assert made.entries.filter(name="Office of Rights", country_id="NPL").exists()


def test_two_entries_would_become_one_is_refused_with_the_line(register):
    register.entries.filter(name="Amber Guild").update(country_id="KEN")
    register.entries.filter(name="Birch Weavers").update(country_id="NPL")
    register.entries.create(name="Amber Guild", country_id="NPL")
    run = read(b"name,former_names,status\nAmber Guild,Birch Weavers,special\n")
    assert run.state == "refused"
    assert run.refusal.startswith("Line 2: another entry of the register would then have the same name and country")


# Refusals ------------------------------------------------------------------------------------------------------------


def test_a_file_with_faults_is_refused_in_the_language_of_who_sent_it(register):
    before = whole()
    run = read(b"name,status\n,special\nAmber Guild,gold\n", by=make_user(language="en"))
    assert (run.state, run.report, run.claimed_until) == ("refused", {}, None)
    assert run.refusal.splitlines()[0] == "Line 2: the name is empty."
    assert run.refusal.splitlines()[1].startswith("Line 3: the status “gold” is unknown")
    assert whole() == before
    with pytest.raises(MovedMeanwhile):
        importing.bring_in(run, by=None, at=NOW)


@pytest.mark.parametrize(
    ("content", "as_of", "sentence"),
    [
        (b"%PDF-1.7", date(2026, 1, 15), "neither a CSV file nor an XLSX"),
        (b"", date(2026, 1, 15), "is empty"),
        (NEWER, date(2025, 8, 21), "is of 2025-08-22 already"),
        (NEWER, date(2026, 2, 1), "day to come"),
    ],
)
def test_what_is_no_newer_copy_is_not_even_kept(register, content, as_of, sentence):
    with pytest.raises(Refused, match=sentence):
        begin(content, as_of=as_of)
    assert not RegisterImport.objects.exists()


def test_a_hundred_megabytes_are_refused_unread_and_unkept(register, settings):
    class Untouchable(SimpleUploadedFile):
        def read(self, *_sizes):
            raise AssertionError("it was read")

    file = Untouchable("ecosoc.csv", b"")
    file.size = 100 * 1024 * 1024
    with pytest.raises(Unreadable, match=r"100\.0.MB"):
        importing.begin(file, kind="ecosoc", as_of=NOW.date(), source="iCSO", by=None, at=NOW)
    assert not RegisterImport.objects.exists()


def test_the_same_file_begun_twice_is_one_import(register):
    assert begin() == begin()
    assert begin(as_of=date(2026, 1, 16)) != begin()


def test_what_is_set_aside_never_comes_in(register):
    run, before = read(), whole()
    importing.set_aside(run, at=NOW)
    with pytest.raises(MovedMeanwhile):
        importing.bring_in(run, by=None, at=NOW)
    with pytest.raises(MovedMeanwhile):
        importing.set_aside(run, at=NOW)
    assert importing.work_on_imports(at=NOW) == 0
    assert whole() == before


# Two at once ---------------------------------------------------------------------------------------------------------


def test_of_two_copies_the_second_is_compared_again_before_it_comes_in(register):
    first, second = read(), read(NEWER.replace(b"general", b"roster"))
    bring(first)
    with pytest.raises(importing.ChangedMeanwhile):
        importing.bring_in(second, by=None, at=NOW)
    second.refresh_from_db()
    assert second.state == "waiting"
    importing.work_on_imports(at=NOW)
    second.refresh_from_db()
    assert second.state == "read"
    assert second.report["counts"] == {"new": 0, "gone": 0, "changed": 1, "same": 4, "touched": 0}
    assert bring(second).state == "brought_in"


def test_a_register_that_changes_after_the_second_word_is_compared_again_too(register):
    run = read()
    importing.bring_in(run, by=None, at=NOW)
    register.entries.filter(name="Amber Guild").update(status="roster")
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    assert (run.state, register.entries.count()) == ("waiting", 5)
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    assert (run.state, run.report["counts"]["changed"]) == ("read", 4)


def test_the_second_word_said_twice_is_said_once(register):
    run = read()
    importing.bring_in(run, by=None, at=NOW)
    with pytest.raises(MovedMeanwhile):
        importing.bring_in(run, by=None, at=NOW)


def test_a_copy_that_a_worker_holds_is_left_to_it_until_its_claim_runs_out(register):
    run = begin(claimed=True)
    assert importing.work_on_imports(at=NOW) == 0
    assert importing.work_on_imports(at=NOW + importing.CLAIM + timedelta(seconds=1)) == 1
    run.refresh_from_db()
    assert run.state == "read"


def test_an_error_in_the_middle_leaves_the_old_register_whole(standings, monkeypatch):
    run, before = read(), whole()
    importing.bring_in(run, by=None, at=NOW)
    monkeypatch.setattr(bringing, "keep_names", lambda entries: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    assert (run.state, whole()) == ("bringing", before)
    monkeypatch.undo()
    importing.work_on_imports(at=NOW + importing.CLAIM + timedelta(seconds=1))
    run.refresh_from_db()
    assert (run.state, run.touches.count()) == ("brought_in", 3)


# The command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def newer(tmp_path):
    file = tmp_path / "newer.csv"
    file.write_bytes(NEWER)
    return file


def command(*words):
    out = StringIO()
    call_command("import_register", *map(str, words), stdout=out)
    return out.getvalue()


def test_the_dry_run_says_everything_and_keeps_nothing(standings, newer):
    before = whole()
    said = command("ecosoc", newer, "--dry-run")
    for line in (
        "read: 5 of 5 rows",
        "new: 1",
        "gone: 1\n  Delta Depot · special",
        "changed: 3",
        "Birch Weavers · special; status: special → roster",
        "touched: 3\n  Delta Depot · 2026 · gone: Delta Depot → –",
        "A dry run: nothing was changed.",
    ):
        assert line in said
    assert whole() == before
    assert not RegisterImport.objects.exists()


def test_the_command_brings_in(standings, newer):
    said = command("ecosoc", newer, "--as-of", "2026-01-15", "--source", "iCSO")
    assert "brought in: 5 of 5 rows" in said
    assert "Standings touched wait at the desk: 3." in said
    run = RegisterImport.objects.get()
    assert (run.state, run.as_of, run.source, run.name) == ("brought_in", date(2026, 1, 15), "iCSO", "newer.csv")
    assert Register.objects.get().as_of == date(2026, 1, 15)


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_the_command_refuses_with_lines_and_changes_nothing(register, newer, more):
    newer.write_bytes(b"name,status\nAmber Guild,gold\nAmber guild,special\n")
    before = whole()
    with pytest.raises(CommandError) as why:
        command("ecosoc", newer, *more)
    assert str(why.value).splitlines() == [
        "Line 2: the status “gold” is unknown. Known are: general, special, roster.",
        "Refused. Nothing was changed.",
    ]
    assert whole() == before
    assert not RegisterImport.objects.exists()


def test_the_command_says_what_is_wrong_with_its_words(register, newer, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command("ecosoc", tmp_path / "missing.csv")
    with pytest.raises(CommandError, match="no day such as"):
        command("ecosoc", newer, "--as-of", "yesterday")
    with pytest.raises(CommandError, match="invalid choice"):
        command("guilds", newer)


def test_a_first_copy_makes_the_register(db, newer):
    make_vocabularies()
    newer.write_bytes(b"name,country\nHarbour Light,Kenya\n")
    command("gcm", newer)
    assert [entry.name for entry in Register.objects.get(pk="gcm").entries.all()] == ["Harbour Light"]


def test_the_shipped_copy_does_not_come_back_over_a_newer_one(db, newer):
    make_vocabularies()
    FILES["ecosoc_ngos.csv"]()
    newer.write_bytes(b"name,status\nAmber Guild,special\n")
    command("ecosoc", newer)
    before = whole()
    assert FILES["ecosoc_ngos.csv"]().rows == 0
    assert whole() == before


# How long it takes ---------------------------------------------------------------------------------------------------


@pytest.mark.soak
def test_the_figures_of_an_import():
    make_vocabularies()
    FILES["ecosoc_ngos.csv"]()
    content, took = bench.newer_copy(), []
    for _each in range(3):
        with transaction.atomic():
            run, reading, bringing_in = bench.bring_in_newer(content)
            took.append(reading + bringing_in)
            print(f"\n{reading:.1f} s to read and compare, {bringing_in:.1f} s to bring in: {run.report['counts']}")
            assert run.state == State.BROUGHT_IN
            assert RegisterEntry.objects.filter(gone_on=None).count() == bench.ROWS
            transaction.set_rollback(True)
    print(f"median of {len(took)}: {median(took):.1f} s for {bench.ROWS} rows")
    assert median(took) < 20
