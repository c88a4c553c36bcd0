"""The shipped forms: whole in six languages, fit to be published, given once, never put back over what staff decided."""

import pytest

from forums.models import Call
from submissions import operations
from submissions.models import CallForm, FormTemplate, FormVersion, Question
from submissions.questions.checking import problems
from submissions.questions.fields import field_of
from submissions.reference.shipped_forms import give_shipped, load_forms
from tests.factories import NOW, make_call, make_form

pytestmark = pytest.mark.django_db
SIX = ("en", "fr", "es", "ru", "ar", "zh_hans")


@pytest.fixture
def shipped(db):
    load_forms()
    return list(FormTemplate.objects.all())


def test_every_kind_of_input_has_a_form_that_can_be_asked(shipped):
    assert {one.kind for one in shipped} == set(Call.Kind.values)
    assert [problems(one.published()) for one in shipped] == [[]] * 7


@pytest.mark.parametrize("language", SIX)
def test_every_text_of_every_form_is_there_in_each_language(shipped, language):
    for question in Question.objects.all():
        for column in ("label", "help", "example", "why", "options"):
            there, here = getattr(question, f"{column}_en"), getattr(question, f"{column}_{language}")
            assert bool(there) == bool(here), (question.key, column)
            assert language == "en" or not there or len(there) < 25 or there != here, (question.key, column)
        assert len(getattr(question, f"label_{language}")) <= 300
    for form in shipped:
        assert getattr(form, f"name_{language}")
        assert all(getattr(section, f"title_{language}") for section in form.published().sections.all())


def test_the_national_review_asks_for_parliaments_and_local_authorities(shipped):
    form = FormTemplate.objects.get(code="national-review").published()
    assert form.by_key["parliament_consulted"].required
    assert form.by_key["local_consulted"].required
    assert form.by_key["parliament_how"].shown_if == "parliament_consulted"


def test_the_round_table_asks_three_guiding_questions(shipped):
    assert [q.key for q in FormTemplate.objects.get(code="round-table").published().asked] == [
        "rt_achieved",
        "rt_obstacles",
        "rt_recommend",
    ]


def test_every_question_can_be_drawn(shipped):
    assert all(field_of(question, "en").label for question in Question.objects.all())


def test_calls_get_the_form_of_their_kind_and_keep_one_that_they_have(forum):
    asked, other = make_call(forum, kind="stakeholder"), make_form(("what", "long"))
    had = make_call(forum, kind="stakeholder")
    CallForm.objects.create(call=had, template=other.template)
    for recorded in ({"recorded_by_desk_only": True}, {"purpose": "speaking"}, {"kind": ""}):
        make_call(forum, **{"kind": "stakeholder", **recorded})
    load_forms()
    assert set(CallForm.objects.values_list("call", "template__code")) == {
        (asked.pk, "stakeholder"),
        (had.pk, other.template.code),
    }


def test_loading_again_changes_nothing_and_puts_nothing_back(forum, shipped):
    call = make_call(forum, kind="stakeholder")
    assert load_forms().new == 0
    assert not CallForm.objects.filter(call=call).exists()
    template = FormTemplate.objects.get(code="stakeholder")
    second = operations.begin_version(template)
    second.questions.update(label_en="Ours")
    template.name_en = "Our own"
    template.save()
    report = load_forms(overwrite=True)
    assert (report.new, report.unchanged) == (0, 7)
    assert FormTemplate.objects.get(code="stakeholder").name_en == "Our own"
    assert set(FormVersion.objects.get(pk=second.pk).questions.values_list("label_en", flat=True)) == {"Ours"}
    assert operations.publish_form(second, by=None, at=NOW).number == 2


def test_a_forum_made_later_gets_the_shipped_forms(forum, shipped):
    call = make_call(forum, kind="report")
    give_shipped(forum)
    assert CallForm.objects.get(call=call).template.code == "report"
