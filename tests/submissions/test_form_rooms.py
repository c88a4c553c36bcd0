"""Forms at the desk: written without code, looked at, published once and for all, copied, given to calls."""

import re

import pytest
from django.urls import reverse

from forums.refusals import Refused
from submissions import operations
from submissions.models import FormTemplate, FormVersion, Question
from submissions.questions.asking import form_for
from submissions.questions.checking import problems
from tests.factories import NOW, ask_form, make_call, make_form, make_user

pytestmark = pytest.mark.django_db
SIX = ("ar", "en", "es", "fr", "ru", "zh_hans")


@pytest.fixture
def desk(desk_client):
    return desk_client(make_user(staff=True, roles=["administrator"]))


def six(column, words):
    return {f"{column}_{code}": words if code == "en" else "" for code in SIX}


def question_form(section, **changes):
    columns = {"section": section.pk, "key": "what", "kind": "long", "seen_by": "public", "word_limit": "", "shown_if": ""}
    columns |= {"shown_if_answers": "", **six("label", "What was done?"), **six("help", ""), **six("example", "")}
    return columns | six("why", "") | six("options", "") | changes


def page(name, *args):
    return reverse(f"admin:submissions_{name}", args=args)


# One whole way through the pages -------------------------------------------------------------------------------------


def test_a_form_is_made_written_published_and_asked_by_a_call_without_code(desk, call):
    made = {"code": "visits", "kind": "stakeholder", "forum": "", **six("name", "Visits")}
    desk.post(page("formtemplate_add"), made)
    template = FormTemplate.objects.get(code="visits")
    desk.post(page("formtemplate_begin", template.pk))
    version = template.versions.get()
    sections = {"sections-TOTAL_FORMS": 1, "sections-INITIAL_FORMS": 0, "sections-0-order": 1}
    sections |= {f"sections-0-{key}": value for key, value in (six("title", "Doing") | six("guidance", "")).items()}
    desk.post(page("formversion_change", version.pk), {"text_asked": "none", **sections})
    section = version.sections.get()
    desk.post(page("question_add"), question_form(section))
    choice = {"key": "how", "kind": "choice", **six("label", "How far?"), **six("options", "all = All\npart = A part")}
    desk.post(page("question_add"), question_form(section, **choice))
    assert [(q.key, q.order, q.version_id) for q in version.questions.all()] == [
        ("what", 1, version.pk),
        ("how", 2, version.pk),
    ]
    assert "What was done?" in desk.get(page("formversion_preview", version.pk)).content.decode()
    assert "Publish this version" in desk.get(page("formversion_publish", version.pk)).content.decode()
    desk.post(page("formversion_publish", version.pk))
    assert FormVersion.objects.get(pk=version.pk).is_kept
    calls = {"calls-TOTAL_FORMS": 1, "calls-INITIAL_FORMS": 0, "calls-0-call": call.pk, "calls-0-level": ""}
    desk.post(page("formtemplate_change", template.pk), {**made, **calls})
    assert form_for(call, "national") == version.pk


def test_a_published_version_is_shown_and_not_changed(desk):
    form = make_form(("what", "long"))
    shown = desk.get(page("formversion_change", form.pk)).content.decode()
    assert "It is never changed" in shown
    assert desk.post(page("formversion_change", form.pk), {"text_asked": "none"}).status_code == 403
    question = form.questions.get()
    assert desk.post(page("question_change", question.pk), question_form(question.section)).status_code == 403
    desk.post(page("formversion_arrange", form.pk), {"question": question.pk, "act": "out"})
    assert Question.objects.filter(pk=question.pk).exists()


def test_questions_change_places_and_are_taken_out(desk):
    form = make_form(("one", "short"), ("two", "short"), ("three", "short"), published=False)
    one, _two, three = form.questions.all()
    desk.post(page("formversion_arrange", form.pk), {"question": three.pk, "act": "up"})
    desk.post(page("formversion_arrange", form.pk), {"question": one.pk, "act": "up"})
    assert [q.key for q in form.questions.all()] == ["one", "three", "two"]
    desk.post(page("formversion_arrange", form.pk), {"question": one.pk, "act": "out"})
    assert [q.key for q in form.questions.all()] == ["three", "two"]


def test_a_section_with_questions_is_not_taken_out_with_them(desk):
    form = make_form(("one", "short"), published=False)
    section = form.sections.get()
    posted = {"sections-TOTAL_FORMS": 1, "sections-INITIAL_FORMS": 1, "sections-0-id": section.pk, "sections-0-DELETE": "on"}
    posted |= {"sections-0-version": form.pk, "sections-0-order": 1}
    posted |= {f"sections-0-{key}": value for key, value in (six("title", "Doing") | six("guidance", "")).items()}
    answer = desk.post(page("formversion_change", form.pk), {"text_asked": "none", **posted})
    assert "Move or take them out first" in answer.content.decode()
    assert form.sections.exists()


# What cannot work is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([], "has no question"),
        ([{"key": "a", "kind": "choice", "options": ""}], "nothing to choose from"),
        ([{"key": "a", "kind": "several", "options": "one = One"}], "nothing to choose from"),
        ([{"key": "a", "kind": "table", "options": ""}], "needs a column"),
        ([{"key": "a", "kind": "choice", "options": "one = One\nOne two\nthree = Three"}], "“One two” (en) is not a key"),
        (
            [{"key": "a", "kind": "choice", "options": "one = One\none = Two\nthree = Three"}],
            "“one” (en) stands there twice",
        ),
        ([{"key": "a", "kind": "choice", "options_fr": "un = Un"}], "“un” (fr) is not among the English ones"),
        ([{"key": "a", "kind": "short", "shown_if": "b", "shown_if_answers": ["yes"]}, ("b", "yes_no")], "comes later"),
        ([{"key": "a", "kind": "short", "shown_if": "z", "shown_if_answers": ["yes"]}], "“z”, which is not in this form"),
        (
            [("b", "long"), {"key": "a", "kind": "short", "shown_if": "b", "shown_if_answers": ["x"]}],
            "not answered by choosing",
        ),
        (
            [("b", "yes_no"), {"key": "a", "kind": "short", "shown_if": "b", "shown_if_answers": ["maybe"]}],
            "Name answers of “b”",
        ),
        ([("b", "yes_no"), {"key": "a", "kind": "short", "shown_if": "b"}], "Name answers of “b”"),
        ([{"key": "a", "kind": "short", "shown_if_answers": ["yes"]}], "no question that has them"),
    ],
)
def test_what_cannot_work_is_not_published_and_is_said(questions, sentence):
    form = make_form(*questions, published=False)
    assert sentence in " ".join(problems(form))
    with pytest.raises(Refused, match=re.escape(sentence)):
        operations.publish_form(form, by=None, at=NOW)
    assert not FormVersion.objects.get(pk=form.pk).is_kept


def test_control_a_form_with_a_question_of_every_kind_and_a_condition_can_be_published():
    kinds = [(f"a_{kind}", kind) for kind in Question.Kind.values]
    kinds.append({"key": "b", "kind": "short", "shown_if": "a_choice", "shown_if_answers": ["fully"]})
    form = make_form(*kinds, published=False)
    assert problems(form) == []
    assert operations.publish_form(form, by=None, at=NOW).is_kept


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "taken"}, "Another question of this form has this key"),
        ({"key": "Not a key"}, "Small letters"),
        ({"kind": "choice"}, "nothing to choose from"),
        ({"shown_if": "gone", "shown_if_answers": "yes"}, "no other question with this key"),
        ({"shown_if": "taken", "shown_if_answers": "perhaps"}, "has no such answers: perhaps. It has: yes, no."),
    ],
)
def test_a_question_that_cannot_work_is_refused_on_its_page(desk, changes, sentence):
    form = make_form(("taken", "yes_no"), published=False)
    answer = desk.post(page("question_add"), question_form(form.sections.get(), **changes))
    assert sentence in answer.content.decode()
    assert form.questions.count() == 1


def test_a_form_without_a_published_version_is_not_given_to_a_call(desk, call):
    template = make_form(("what", "long"), published=False).template
    calls = {"calls-TOTAL_FORMS": 1, "calls-INITIAL_FORMS": 0, "calls-0-call": call.pk, "calls-0-level": ""}
    answer = desk.post(page("formtemplate_change", template.pk), {"kind": "", "forum": "", **six("name", "X"), **calls})
    assert "without a published version" in answer.content.decode()
    assert form_for(call, "") is None


def test_a_call_asks_one_form_on_a_level(desk, call):
    ask_form(call, make_form(("what", "long"), name="The first"))
    other = make_form(("what", "long")).template
    calls = {"calls-TOTAL_FORMS": 1, "calls-INITIAL_FORMS": 0, "calls-0-call": call.pk, "calls-0-level": ""}
    answer = desk.post(page("formtemplate_change", other.pk), {"kind": "", "forum": "", **six("name", "X"), **calls})
    assert "asks the form “The first” on this level" in answer.content.decode()


# Versions and copies -------------------------------------------------------------------------------------------------


def test_the_next_version_begins_as_a_copy_and_calls_ask_it_once_it_is_published(call):
    condition = {"key": "b", "kind": "short", "shown_if": "a", "shown_if_answers": ["yes"], "label_fr": "Quoi ?"}
    form = make_form(("a", "yes_no"), condition, text_asked="none")
    ask_form(call, form)
    second = operations.begin_version(form.template)
    assert operations.begin_version(form.template) == second
    assert (second.number, second.text_asked, second.copied_from) == (2, "none", form)
    assert [(q.key, q.label_fr, q.shown_if_answers) for q in second.asked] == [("a", None, []), ("b", "Quoi ?", ["yes"])]
    assert form_for(call, "") == form.pk
    operations.publish_form(second, by=None, at=NOW)
    assert form_for(call, "") == second.pk


def test_a_form_is_copied_to_another_forum_and_is_one_of_its_own_there(desk, forum):
    form = make_form(("a", "yes_no"), name="Review", name_fr="Examen")
    desk.post(page("formtemplate_copy", form.template_id), {"forum": forum.pk, "code": "review-2030"})
    copy = FormTemplate.objects.get(code="review-2030")
    assert (copy.forum, copy.name_fr) == (forum, "Examen")
    version = copy.versions.get()
    assert (version.number, version.copied_from, version.is_kept) == (1, form, False)
    version.questions.update(label="Other")
    assert form.questions.get().label != "Other"
    again = desk.post(page("formtemplate_copy", form.template_id), {"forum": forum.pk, "code": "review-2030"})
    assert "Another form has the code" in again.content.decode()


def test_a_call_of_a_level_it_does_not_take_gets_no_form_for_it(desk, forum):
    call, template = make_call(forum, levels=["national"]), make_form(("what", "long")).template
    calls = {"calls-TOTAL_FORMS": 1, "calls-INITIAL_FORMS": 0, "calls-0-call": call.pk, "calls-0-level": "local"}
    answer = desk.post(page("formtemplate_change", template.pk), {"kind": "", "forum": "", **six("name", "X"), **calls})
    assert "takes no inputs of this level" in answer.content.decode()


@pytest.mark.parametrize("role", ["reviewer", "editor", "accreditation"])
def test_others_of_the_desk_neither_see_nor_write_forms(desk_client, role):
    form = make_form(("what", "long"), published=False)
    client = desk_client(make_user(staff=True, roles=[role]))
    for name in ("preview", "publish", "arrange"):
        assert client.post(page(f"formversion_{name}", form.pk)).status_code == 403
    for name in ("begin", "copy"):
        assert client.post(page(f"formtemplate_{name}", form.template_id)).status_code == 403
    assert not FormVersion.objects.get(pk=form.pk).is_kept
