"""Promise 15 by the API: any text is safe text through every field, and nothing is changed beyond what is stated."""

import json

import pytest

from accreditation.models import ApiAnswer
from submissions.models import Submission
from submissions.questions.rows import MOST_ROWS
from tests import hostile
from tests.factories import ask_form, make_form
from tests.pages.turns import next_of
from tests.programs import OWN, make_program
from tests.submissions.test_form_answers import EVERY_KIND

pytestmark = pytest.mark.django_db
STRINGS = hostile.strings(2000)
ONE_LINE, TEXTS = ("title",), ("summary", "text")
CHOSEN = ("language", "level", "contact_email")
LISTS = ("countries", "regions")
BEGUN = 4  # the place of the answer to a beginning whose language is hostile


def as_json(sent) -> bytes:
    """As a hostile program writes it: lone surrogates as escapes, which JSON allows."""
    return json.dumps(sent, ensure_ascii=True).encode()


def without_surrogates(typed) -> str:
    """What the API makes of them: they are taken out, where bytes of a form become the sign for what is no UTF-8."""
    return "".join(sign for sign in typed if not "\ud800" <= sign <= "\udfff")


def as_text(typed):
    return hostile.as_text(without_surrogates(typed))


def as_line(typed):
    return hostile.as_line(without_surrogates(typed))


class Draft:
    """A draft whose call asks one question of every kind, changed by a program."""

    def __init__(self, program, call):
        self.program, begun = program, program.begin(call).json()
        self.pk, self.edition = begun["id"], begun["edition"]
        self.last = self.says()
        self.questions = {each["key"]: each["kind"] for each in self.last["questions"]}

    def says(self):
        return self.program.get(f"{OWN}{self.pk}/").json()

    def change(self, sent):
        return self.program.ask("patch", f"{OWN}{self.pk}/", raw=as_json(sent), edition=self.edition)

    def try_one(self, field, typed):
        """One string through one field: it stands there as is stated, or nothing at all was changed."""
        before, answer = self.last, self.change(sent_as(field, typed, self.questions))
        assert answer.status_code in (200, 400, 422), (field, typed, answer.status_code, answer.content)
        after = self.last = answer.json() if answer.status_code == 200 else self.says()
        if answer.status_code == 200:
            self.edition = after["edition"]
            wrong = [] if stands(field, typed, after, self.questions) else [(field, typed, value_in(field, after))]
            return wrong + [(field, typed, name) for name in elsewhere(field, before, after)]
        return [] if before == after else [(field, typed, "refused and changed")]


def sent_as(field, typed, questions):
    if field in LISTS:
        return {field: [typed]}
    if field not in questions:
        return {field: typed}
    kind = questions[field]
    return {"answers": {field: [typed] if kind == "several" else [{"measure": typed}] if kind == "table" else typed}}


def value_in(field, said):
    return said["answers"].get(field, "") if field not in said else said[field]


def stands(field, typed, said, questions) -> bool:
    value, kind = value_in(field, said), questions.get(field)
    if field in ONE_LINE or kind == "short":
        return value == as_line(typed)
    if field in TEXTS or kind == "long":
        return value == as_text(typed)
    if kind == "table":
        cell = as_text(typed)
        return value == ([{"measure": cell}] if cell else "")
    if kind in ("number", "date"):  # these have a writing of their own
        return value == "" or value.replace("-", "").replace(".", "").isdigit()
    return value in ("", []) or hostile.as_line(str(value)) in (as_line(typed), f"['{as_line(typed)}']")


def elsewhere(field, before, after) -> list:
    """Fields beside this one that say something else afterwards."""
    moving = {"edition", "saved_at", "questions", "answers", field}
    wrong = [name for name in before if name not in moving and before[name] != after[name]]
    others = ({key: value for key, value in each["answers"].items() if key != field} for each in (before, after))
    return wrong + ([] if len({json.dumps(each, sort_keys=True) for each in others}) == 1 else ["answers"])


@pytest.fixture
def program(organisation, amina):
    return make_program(organisation, amina)


@pytest.fixture
def draft(program, call):
    ask_form(call, make_form(*EVERY_KIND))
    return Draft(program, call)


def fields_of(draft):
    return [*ONE_LINE, *TEXTS, *CHOSEN, *LISTS, *draft.questions]


@pytest.mark.parametrize("many", [500, pytest.param(len(STRINGS), marks=pytest.mark.soak)])
def test_hostile_strings_change_nothing_beyond_what_is_stated(draft, many):
    """Many at once: each text field of each request has another one. In four weeks all two thousand have their turn."""
    strings = list(next_of(STRINGS, "many at once", many))
    free = [*ONE_LINE, *TEXTS, *(key for key, kind in draft.questions.items() if kind in ("short", "long", "table"))]
    tried = 0
    for turn, start in enumerate(range(0, many, len(free))):
        row = [strings[(start + place) % many] for place in range(len(free))]
        typed = {name: row[(place + turn) % len(free)] for place, name in enumerate(free)}
        sent = {}
        for name, word in typed.items():
            one = sent_as(name, word, draft.questions)
            sent = {**sent, **one, "answers": {**sent.get("answers", {}), **one.get("answers", {})}}
        answer = draft.change(sent)
        if answer.status_code == 422:  # one that is too long: each alone
            assert [wrong for name, word in typed.items() for wrong in draft.try_one(name, word)] == []
            continue
        assert answer.status_code == 200, (typed, answer.content)
        said = draft.last = answer.json()
        draft.edition, tried = said["edition"], tried + 1
        assert [(name, word) for name, word in typed.items() if not stands(name, word, said, draft.questions)] == []
    assert tried > many // 20


def test_hostile_choices_lists_and_shapes_are_taken_or_refused(draft):
    """A third of the classes for each field in a week: strings next to each other are of different classes."""
    wrong = []
    for field in fields_of(draft):
        for typed in next_of(STRINGS, field, -(-len(hostile.CLASSES) // 3)):
            wrong += draft.try_one(field, typed)
    assert wrong == []


@pytest.mark.soak
def test_every_hostile_string_through_every_field_by_the_api(draft):
    assert [wrong for field in fields_of(draft) for typed in STRINGS for wrong in draft.try_one(field, typed)] == []


def test_hostile_names_keys_addresses_and_bodies_break_nothing(program, draft, call):
    """No 500 anywhere, and whatever is not understood stores nothing; a language of signs that nobody sees is none."""
    count = Submission.objects.count()
    for typed in STRINGS[::89]:
        plain = hostile.as_received(typed).translate({0: None, 10: None, 13: None}).encode().decode("latin-1")[:3000]
        answers = [
            draft.change({typed: "x"}),
            draft.change({"answers": {typed: "x"}}),
            draft.change({"answers": {"measures": [{typed: "x"}] * (MOST_ROWS + 1)}}),
            program.ask("post", OWN, raw=as_json({"forum": typed, "call": typed, "language": "en"})),
            program.ask("post", OWN, raw=as_json({"forum": call.forum.slug, "call": call.slug, "language": typed})),
            program.ask("post", f"{OWN}{draft.pk}/uploads/", raw=as_json({"name": typed, "size": 3, "mark": typed[:64]})),
            program.ask(
                "post", f"{OWN}{draft.pk}/send/", raw=as_json({"edition": 1, "publish_as": typed, "declared": True})
            ),
            program.ask("patch", f"{OWN}{draft.pk}/", {"title": "x"}, **{"if-match": plain}),
            program.ask("get", OWN, authorization=f"Bearer {plain}"),
            program.ask("get", f"{OWN}?status={hostile.percent(typed)}"),
            program.ask("get", f"{OWN}{hostile.percent(typed)}/"),
            program.ask("patch", f"{OWN}{draft.pk}/", raw=typed.encode("utf-8", "surrogatepass"), edition=1),
        ]
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == [], typed
        assert all(answer.status_code >= 400 or answer.status_code in (201, 301) for answer in answers), typed
        count += answers[BEGUN].status_code == 201 and not as_line(typed)
    assert Submission.objects.count() == count


def test_hostile_keys_are_keys_or_are_refused(program, call):
    for typed in STRINGS[::80]:
        key = hostile.as_received(typed).translate({0: None, 10: None, 13: None}).encode().decode("latin-1")[:400]
        answer = program.begin(call, key=key or " ")
        assert answer.status_code in (201, 400, 409), typed
        if answer.status_code == 409:
            Submission.objects.all().delete()
    assert ApiAnswer.objects.exclude(key__regex=r"^[!-~]{1,255}$").count() == 0


def test_control_a_draft_that_changes_words_is_seen(draft, monkeypatch):
    from submissions import operations

    honest = operations.revise
    monkeypatch.setattr(operations, "revise", lambda *args, **more: honest(*args, **{**more, "summary": "changed"}))
    assert draft.try_one("title", "Typed") == [("title", "Typed", "summary")]


def test_honest_texts_of_the_world_pass_unchanged(draft):
    texts = hostile.honest_texts()
    for start in range(0, len(texts), 3):
        sent = dict(zip(("title", "summary", "text"), texts[start : start + 3], strict=False))
        answer = draft.change(sent)
        assert answer.status_code == 200
        draft.edition = answer.json()["edition"]
        assert {name: answer.json()[name] for name in sent} == sent
