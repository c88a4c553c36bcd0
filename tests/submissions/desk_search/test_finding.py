"""What each key of the search line finds, what it says when it is not understood, and that it widens nothing."""

from datetime import timedelta

import pytest
from django.utils import translation

from submissions import operations
from submissions.desk_search import KEYS, Asker, narrowed
from submissions.models import Submission, Version
from tests.factories import (
    NOW,
    join,
    make_call,
    make_forum,
    make_organisation,
    make_standing,
    make_submission,
    make_user,
)
from tests.hostile import as_received, strings
from tests.kept import kept

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=10)


@pytest.fixture(autouse=True)
def people(request, db):
    """A forum and its people; in tests that ask for inputs with these."""
    return kept(make_inputs if "inputs" in request.fixturenames else make_people)


@pytest.fixture
def forum(people):
    return people["forum"]


@pytest.fixture
def amina(people):
    return people["amina"]


@pytest.fixture
def ravi(people):
    return people["ravi"]


@pytest.fixture
def elena(people):
    return people["elena"]


@pytest.fixture
def inputs(people):
    return people["inputs"]


def make_people():
    roles = {"ravi": ["reviewer"], "elena": ["reviewer", "editor"]}
    desk = {name: make_user(name, staff=True, roles=held) for name, held in roles.items()}
    return {"forum": make_forum(), "amina": make_user("amina"), **desk}


def make_inputs():
    """Four inputs that differ in everything the keys ask about."""
    people = make_people()
    forum, amina, ravi, elena = (people[name] for name in ("forum", "amina", "ravi", "elena"))
    light = make_organisation("Harbour Light", focal_point=amina, acronym="HL")
    make_standing(light, forum)
    council = make_organisation("Rights Council", focal_point=amina, kind="nhri")
    first, second = make_call(forum, slug="first", name="First call"), make_call(forum, slug="second")
    made = {
        "a": make_submission(call=first, organisation=light, by=amina, title="Wages at sea", at=NOW),
        "b": make_submission(
            call=second, organisation=council, by=amina, title="Schools by the sea", language="fr", level="global",
            countries=["NPL"], objectives=[7], regions=["ECA"], at=NOW + timedelta(days=6),
        ),
        "c": make_submission(
            call=first, organisation=council, by=amina, status="under_review", reviewer=ravi, title="Return", language="es",
            level="local", at=NOW - timedelta(days=8),
        ),
        "d": make_submission(
            call=second, organisation=light, by=amina, status="accepted", reviewer=elena, title="Skills",
            level="local", at=NOW - timedelta(days=30),
        ),
    }  # fmt: skip
    Submission.objects.filter(pk=made["b"].pk).update(received_late=True)
    Submission.objects.filter(pk=made["c"].pk).update(publish_as="desk")
    operations.add_note(made["c"], by=ravi, at=NOW, text="Look again.")
    with_version(made["b"], 900)
    return {**people, "inputs": made}


def with_version(submission, words):
    """The count is set behind the back of the version, which is never changed otherwise."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE submissions_version SET words = %s WHERE submission_id = %s", [words, submission.pk])
    assert Version.objects.get(submission=submission).words == words


def found(line, user, inputs, at=LATER):
    kept, troubles = narrowed(Submission.objects.visible_to(user), line, Asker(user, at))
    assert troubles == [], line
    names = {submission.pk: name for name, submission in inputs.items()}
    return "".join(sorted(names[pk] for pk in kept.values_list("pk", flat=True)))


FINDS = {
    "": "abcd",
    "sea": "ab",
    "sea wages": "a",
    '"at sea"': "a",
    "sea -wages": "b",
    "harbour": "ad",
    "HL": "ad",
    "-harbour": "bc",
    "status:sent": "ab",
    "status:submitted": "ab",
    "status:review": "c",
    'status:"Under review"': "c",
    "status:review,accepted": "cd",
    "-status:review,accepted": "ab",
    "level:national": "a",
    "level:Local": "cd",
    "-level:national": "bcd",
    "lang:fr,es": "bc",
    "obj:7": "b",
    "obj:14": "acd",
    "obj:7,15": "abcd",
    "obj:14 obj:15": "acd",
    "obj:1..9": "b",
    "obj:>14": "acd",
    "-obj:7": "acd",
    "country:KE": "acd",
    "country:npl": "b",
    "country:Nepal": "b",
    "country:KE,NP": "abcd",
    "region:ECA": "b",
    "kind:nhri": "bc",
    'kind:"National human rights institution"': "bc",
    "basis:ecosoc": "ad",
    "-basis:ecosoc": "bc",
    "forum:2026": "abcd",
    "call:first": "ac",
    'call:"First call"': "ac",
    "reviewer:none": "ab",
    "unassigned": "ab",
    "-unassigned": "cd",
    "reviewer:any": "cd",
    "late": "b",
    '"late"': "",
    "has:notes": "c",
    "-has:notes": "abd",
    "has:files": "",
    "public:desk": "c",
    "words:>500": "b",
    "words:900": "b",
    "words:<500": "acd",
    "words:..900": "abcd",
    "words:901..": "",
    "age:>5d": "acd",
    "age:<5d": "b",
    "age:>10d": "cd",
    "age:>=10d": "acd",
    "age:5d..20d": "ac",
    "age:18d": "c",
    "age:>2w": "cd",
    "overdue": "acd",
    "-overdue": "b",
    "received:2026-01-20": "a",
    "received:>2026-01-20": "b",
    "received:2026-01-01..2026-01-26": "abc",
    "received:..2025-12-31": "d",
    "level:local lang:es reviewer:any": "c",
    "level:local lang:fr": "",
}


@pytest.mark.parametrize("line", FINDS)
def test_each_key_finds_what_it_says(inputs, elena, line):
    assert found(line, elena, inputs) == FINDS[line]


def test_every_key_has_an_example_that_is_understood(inputs, elena, ravi):
    for key in KEYS.values():
        line = key.example.replace("call:inputs", "call:first")
        assert narrowed(Submission.objects.visible_to(elena), line, Asker(elena, LATER))[1] == []


def test_me_is_who_asks(inputs, ravi, elena):
    assert (found("reviewer:me", ravi, inputs), found("reviewer:me", elena, inputs)) == ("c", "d")


def test_a_day_is_a_day_where_the_forum_meets(forum, call, organisation, amina, elena):
    night = NOW.replace(day=21, hour=3)  # still the 20th in New York
    made = {"a": make_submission(call=call, organisation=organisation, by=amina, at=night)}
    assert found("received:2026-01-20", elena, made) == "a"
    assert found("received:2026-01-21", elena, made) == ""


# What was not understood ----------------------------------------------------------------------------------------------

SENTENCES = {
    "colour:red": "there is no key “colour”",
    "level:planetary": "“planetary” is not known here. It can be: local, national, regional, global.",
    "lang:fr,xx": "“xx” is not known here",
    "obj:24": "“24” is not known here. It can be: 1, 2, …, 23.",
    "obj:seven": "give a number",
    "country:Atlantis": "no country here",
    "words:many": "give a number",
    "words:99999999999": "give a number",
    "age:5": "give a time",
    "age:>soon": "give a time",
    "received:yesterday": "give a day",
    "received:2026-02-30": "give a day",
    "received:9999-12-31": "give a day",
    "words:>1,2": "compare with one value",
    "level:>local": "takes no signs",
    "status:draft": "“draft” is not known here",
    "has:everything": "It can be: files, notes, cosponsors",
    'level:local "open': "quotation mark is not closed",
    "level:": "a value is missing",
    "x" * 10_000: "too long",
    "a " * 99: "too much at once",
}


@pytest.mark.parametrize("line", SENTENCES, ids=lambda line: line[:20])
def test_what_is_not_understood_is_said_and_nothing_is_listed(inputs, elena, line):
    kept, troubles = narrowed(Submission.objects.visible_to(elena), line, Asker(elena, LATER))
    assert list(kept) == []
    assert len(troubles) == 1
    assert SENTENCES[line] in troubles[0]


def test_values_may_be_said_in_the_words_of_the_page(inputs, elena):
    with translation.override("fr"):
        word = str(dict(Submission.Status.choices)["under_review"])
        assert found(f'status:"{word}"', elena, inputs) == "c"
        assert found('status:"Under review"', elena, inputs) == "c"


def test_hostile_lines_do_no_harm(inputs, elena):
    asker = Asker(elena, LATER)
    for text in map(as_received, strings(120)):
        for line in (text, f"level:{text}", f"words:{text}", f"received:{text}", f"country:{text}", f"reviewer:{text}"):
            kept, _troubles = narrowed(Submission.objects.visible_to(elena), line, asker)
            list(kept.values_list("pk"))


# Who finds what -------------------------------------------------------------------------------------------------------


def test_names_of_reviewers_are_for_those_who_oversee_them(inputs, ravi, elena):
    assert found("reviewer:Ravi", elena, inputs) == "c"
    kept, troubles = narrowed(Submission.objects.visible_to(ravi), "reviewer:Elena", Asker(ravi, LATER))
    assert list(kept) == []
    assert troubles == ["“reviewer:Elena”: “Elena” is not known here. It can be: me, none, any."]


def test_nothing_widens_what_may_be_seen(inputs, organisation, amina, call, forum):
    withdrawn = make_submission(call=call, organisation=organisation, by=amina, status="withdrawn", title="Taken back")
    reviewer = make_user(staff=True, roles=["reviewer"])
    join(inputs["b"].organisation, reviewer)
    for line in ("", "sea", "-nothing", "status:sent", "-status:published", "obj:7", "late", "country:NP", "words:>1"):
        kept = narrowed(Submission.objects.visible_to(reviewer), line, Asker(reviewer, LATER))[0]
        assert not kept.filter(pk__in=[inputs["b"].pk, inputs["c"].pk, withdrawn.pk]).exists(), line
    assert narrowed(Submission.objects.visible_to(reviewer), "status:withdrawn", Asker(reviewer, LATER))[1]


def test_while_its_author_changes_it_an_input_is_found_by_what_was_sent(call, organisation, amina, elena):
    submission = make_submission(call=call, organisation=organisation, by=amina, status="clarification_asked")
    changes = {"title": "Hidden words", "level": "global", "language": "fr", "objectives": [3], "countries": ["NPL"]}
    operations.revise(submission, by=amina, at=NOW, edition=submission.edition, **changes)
    made = {"a": Submission.objects.get(pk=submission.pk)}
    neither = ("level:national obj:3", "-level:national", "-obj:14", "-country:KE -lang:fr", "obj:>23")
    for line in ("hidden", "level:global", "lang:fr", "obj:3", "country:NP", *neither):
        assert found(line, elena, made) == "", line
    both = ("level:national obj:14 country:KE lang:en", "-level:global", "-obj:3 level:national", "-obj:3 -country:NP")
    for line in ("consular", "level:national", "lang:en", "obj:14", "country:KE", *both):
        assert found(line, elena, made) == "a", line
