"""Promise 15 on the draft: any text is safe text, and nothing is changed beyond what is stated.

The fields are read from the form as it stands, so that a new question is tried without being named here.
"""

import json
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from submissions import operations
from submissions.forms import DraftForm
from submissions.models import Attachment, Submission
from submissions.questions.rows import RowsField
from submissions.uploads import clean_name
from tests import hostile
from tests.factories import NOW, ask_form, make_draft, make_form
from tests.pages.turns import next_of
from tests.submissions.test_form_answers import EVERY_KIND

pytestmark = pytest.mark.django_db
STRINGS = hostile.strings(2000)
FORM = "application/x-www-form-urlencoded"


SHAPED = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d")  # a number or a day, which have a writing of their own
OF_THE_PAGE = ("edition", "asks")


class Page:
    """The edit page of one draft: what its form holds, and what of it is stored."""

    def __init__(self, client, draft):
        self.client, self.pk = client, draft.pk
        fields = DraftForm(submission=draft).fields
        self.fields = {name: field for name, field in fields.items() if name not in OF_THE_PAGE}
        self.free = [name for name, field in self.fields.items() if is_free(field)]

    def stored(self):
        """What the fields of the page would show now; a question without an answer shows nothing."""
        form = DraftForm(submission=Submission.objects.get(pk=self.pk))
        return {name: form.initial.get(name) or "" for name in form.fields}

    def save(self, answers, **of_the_page):
        """Post these answers as the script of the page does."""
        now = {name: value for name, value in self.stored().items() if name in OF_THE_PAGE} | of_the_page
        pairs = [(name, str(value)) for name, value in now.items()]
        for name, typed in answers.items():
            pairs += [(posted, typed) for posted in posted_names(name, self.fields.get(name))]
        address = reverse("submissions:autosave", args=[self.pk])
        return self.client.post(address, hostile.form_body(pairs), content_type=FORM, headers={"accept": "application/json"})


def posted_names(name, field) -> list:
    """Under which names a browser posts a field: a table posts each of its cells."""
    return [f"{name}-0-{column}" for column in field.columns] if isinstance(field, RowsField) else [name]


def is_free(field) -> bool:
    """Whether people write into it what they like: no list to choose from, no shape such as that of an address."""
    shaped = isinstance(field, forms.EmailField | forms.URLField | forms.UUIDField)
    return isinstance(field, forms.CharField | RowsField) and not shaped


def as_stated(field, typed):
    """What must stand there afterwards: one line for a field of one line, else the text; in a table in every cell."""
    if isinstance(field, RowsField):
        cell = hostile.as_text(typed)
        return [dict.fromkeys(field.columns, cell)] if cell else ""
    return hostile.as_text(typed) if isinstance(field.widget, forms.Textarea) else hostile.as_line(typed)


def is_shaped(field, answer) -> bool:
    kinds = forms.DecimalField | forms.IntegerField | forms.DateField
    return isinstance(field, kinds) and bool(SHAPED.fullmatch(str(answer)))


@pytest.fixture
def page(client, amina, call, organisation):
    """Of a draft whose call asks one question of every kind."""
    ask_form(call, make_form(*EVERY_KIND))
    client.force_login(amina)
    return Page(client, make_draft(call=call, organisation=organisation, by=amina))


def changed_beyond(page, before, typed, answer) -> list:
    """Fields that hold neither what was typed, as it is stated, nor what stood there with a word that it was not taken."""
    said, after, wrong = json.loads(answer.content), page.stored(), []
    for name, field in page.fields.items():
        kept = name in page.free and after[name] == as_stated(field, typed[name])
        left = after[name] == before[name] and str(field.label) in said.get("message", "")
        empty = after[name] in ("", []) and not hostile.as_line(typed[name])
        if not (kept or left or empty or is_shaped(field, after[name])):
            wrong.append((name, typed[name], after[name]))
    return wrong


@pytest.mark.parametrize("many", [500, pytest.param(len(STRINGS), marks=pytest.mark.soak)])
def test_hostile_strings_change_nothing_beyond_what_is_stated(page, many):
    """Another one in each field of each request; in four weeks all two thousand have their turn."""
    strings = list(next_of(STRINGS, "many at once", many))
    assert {"title", "summary", "text", "q_where", "q_what", "q_measures"} <= set(page.free)
    names = list(page.fields)
    for turn, start in enumerate(range(0, many, len(names))):
        row = [strings[(start + place) % many] for place in range(len(names))]
        typed = {name: row[(place + turn) % len(names)] for place, name in enumerate(names)}  # each class meets each field
        before = page.stored()
        answer = page.save(typed)
        assert answer.status_code == 200, typed
        assert changed_beyond(page, before, typed, answer) == []


@pytest.mark.soak
def test_every_hostile_string_through_every_field_of_a_draft(page):
    for typed in STRINGS:
        everywhere = dict.fromkeys(page.fields, typed)
        before = page.stored()
        answer = page.save(everywhere)
        assert answer.status_code == 200, typed
        assert changed_beyond(page, before, everywhere, answer) == []


def test_control_a_draft_that_changes_words_is_seen(page, monkeypatch):
    honest = operations.revise
    changed = {"text": "changed"}
    monkeypatch.setattr(operations, "revise", lambda *args, **more: honest(*args, **(more | changed)))
    before, typed = page.stored(), {**dict.fromkeys(page.fields, ""), "text": "<b>typed</b>", "title": "Typed"}
    assert [name for name, *_ in changed_beyond(page, before, typed, page.save(typed))] == ["text"]


def test_hostile_editions_save_nothing_and_break_nothing(page):
    before = page.stored()
    for edition in STRINGS[::50]:
        answer = page.save({"title": "Not to be saved"}, edition=f"x{edition}")
        assert answer.status_code == 409, edition
    assert page.stored() == before


def test_hostile_names_of_fields_are_no_fields(page):
    title = page.stored()["title"]
    for name in STRINGS[::50]:
        answer = page.save({f"{name}[]": "x", name: "y"})
        assert answer.status_code == 200, name
    assert page.stored()["title"] == title


def test_honest_texts_of_the_world_pass_unchanged(page):
    texts = hostile.honest_texts()
    assert len(texts) >= 200
    names = page.free
    for start in range(0, len(texts), len(names)):
        typed = {name: texts[(start + place) % len(texts)] for place, name in enumerate(names)}
        assert page.save(typed).status_code == 200
        stored = page.stored()
        assert {name: stored[name] for name in names} == {name: as_stated(page.fields[name], typed[name]) for name in names}
        assert {hostile.as_text(text) for text in typed.values()} == set(typed.values())


# Names of files ------------------------------------------------------------------------------------------------------


def test_a_hostile_name_of_a_file_is_a_harmless_name_afterwards():
    for typed in STRINGS:
        name = clean_name(f"{hostile.as_received(typed)}.txt")
        assert name
        assert len(name) <= 120
        assert not set(name) & set("/\\\r\n\x00\u202e\u2028"), (typed, name)
        assert clean_name(name) == name


def test_files_with_hostile_names_are_taken_listed_and_given_back(client, amina, call, organisation, settings):
    client.force_login(amina)
    for start in range(0, 100, 10):
        draft = make_draft(call=call, organisation=organisation, by=amina)
        for typed in STRINGS[start : start + 10]:
            file = SimpleUploadedFile("x.txt", b"Harmless.")
            file.name = f"{hostile.as_received(typed)}.txt"  # as a multipart name may say it, past what Django would cut
            operations.attach(draft, file, by=amina, at=NOW)
        Attachment.objects.filter(submission=draft).update(verdict="clean", reading="read", scanned_at=NOW)
        assert client.get(reverse("submissions:edit", args=[draft.pk])).status_code == 200
        for file in draft.attachments.all():
            answer = client.get(reverse("submissions:my_file", args=[draft.pk, file.pk]))
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert b"".join(answer.streaming_content) == b"Harmless."
            assert set(answer.headers) & {"Set-Cookie", "X-Hostile", "Location", "Bcc"} == set()
