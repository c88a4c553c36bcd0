# ruff: noqa: E501 - the templates stand as they were
"""Parts of an author's pages that are written without a template are what these templates would write."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from submissions.checklists import Checklist, _with_words, written
from submissions.places import place
from submissions.questions.fields import condition_in_words
from submissions.questions.rows import HiddenRows, RowsInput, _empty_row
from submissions.questions.showing import Answer
from submissions.written_parts import (
    answer_in_html,
    checked_answers,
    head_of_answer,
    section_in_html,
    steps_in_html,
    words_of_heads,
)

LOAD = "{% load i18n languages %}"
STEPS = """<nav aria-label="{% firstof label _("Steps") %}"><ol class="steps">{% for step in steps %}
<li class="{% if step.current %}current{% elif step.done %}done{% endif %}">{% if step.url %}<a href="{{ step.url }}"{% if step.current %} aria-current="step"{% endif %}>{% else %}<span class="step"{% if step.current %} aria-current="step"{% endif %}>{% endif %}<span>{{ step.label }}</span>{% if step.note or step.done %}<span class="meta">{% if step.note %}{{ step.note }}{% else %}{% translate "done" %}{% endif %}</span>{% endif %}{% if step.url %}</a>{% else %}</span>{% endif %}</li>{% endfor %}
</ol></nav>
"""
HEAD = """<dt class="row apart"><span>{{ answer.label }}</span> <span class="row">{% if answer.public and submission.publish_as == "named" %}<span class="status plain">{% translate "Public" %}</span>{% else %}<span class="status plain">{% translate "Only the Network" %}</span>{% endif %}{% if submission.is_writable and not answer.closed %}<a href="{{ answer.url }}">{% translate "Change" %}<span class="visually-hidden"> {{ answer.label }}</span></a>{% endif %}</span></dt>"""
LISTED = """{% if answer.value %}<ul class="plain-list">{% for name in answer.value %}<li><bdi>{{ name }}</bdi></li>{% endfor %}</ul>{% else %}<p>—</p>{% endif %}"""
TYPED = """{% if answer.value %}<p class="text kept-breaks" lang="{{ submission.language }}" dir="{{ submission.language|direction }}">{{ answer.value }}</p>{% else %}<p>—</p>{% endif %}"""
REST = """<p><bdi>{% if answer.name == "contact_email" %}{{ answer.value|default:"—" }}{% else %}{{ answer.value|join:", "|default:"—" }}{% endif %}</bdi></p>"""
CHECKLIST = """<div class="checklist" id="{{ widget.attrs.id }}" tabindex="-1" data-checklist>
<ul class="tags chosen" data-chosen aria-label="{% translate "Chosen entries" %}">{% for name in widget.chosen %}<li><bdi>{{ name }}</bdi></li>{% endfor %}</ul>
<div class="narrow" hidden><label for="{{ widget.attrs.id }}_narrow">{% translate "Type to narrow the list" %}</label><input type="search" id="{{ widget.attrs.id }}_narrow" autocomplete="off"><p class="meta" role="status" data-shown="{% translate "Shown: {count}" %}"></p></div>
<p class="meta count" role="status" data-limit="{% translate "Chosen: {count}; at most {most}" %}" hidden></p>
{{ widget.lines }}</div>
"""
ROWS = """<div class="entries" id="{{ widget.attrs.id }}" tabindex="-1" data-entries="{{ widget.name }}" data-most="{{ widget.most }}">{% for row in widget.rows %}
<fieldset class="entry"><legend>{% blocktranslate trimmed with number=row.number %}Row {{ number }}{% endblocktranslate %}</legend>{% for cell in row.cells %}<div><label for="{{ cell.id }}">{{ cell.label }}</label><textarea name="{{ cell.name }}" id="{{ cell.id }}" rows="2" dir="auto"{% if widget.language %} lang="{{ widget.language }}"{% endif %}>
{{ cell.value }}</textarea></div>{% endfor %}</fieldset>{% endfor %}
<p class="row" hidden><button type="button" class="button quiet" data-add-entry data-say-row="{% translate "Row {number}" %}">{% translate "Add a row" %}</button></p><p class="meta" data-without-script>{% translate "More rows appear when you save." %}</p></div>
"""
HIDDEN = """{% for row in widget.rows %}{% for cell in row.cells %}{% if cell.value or row.number == 1 %}<input type="hidden" name="{{ cell.name }}" value="{{ cell.value }}">{% endif %}{% endfor %}{% endfor %}"""
SECTION = """{% load questions %}<section id="section-{{ number }}" aria-labelledby="section-{{ number }}-head"><h2 id="section-{{ number }}-head">{{ part.section.title }}</h2>
{% if part.section.guidance %}<div class="help">{{ part.section.guidance|linebreaks }}</div>{% endif %}{% for field in part.fields %}{% with question=field.field.question %}<div class="asked"{% if question.shown_if %} data-only-if="q_{{ question.shown_if }}" data-only-when="{{ question.shown_if_answers|join:" " }}"{% endif %}>{% if field.sentence %}<p class="meta only-if">{{ field.sentence }}</p>{% endif %}{{ field.as_field_group }}</div>{% endwith %}{% endfor %}</section>
"""
CHECKED = """{% for answer in answers %}{{ answer.head }}
<dd>{% if answer.lack %}<p class="status stop">{{ answer.lack }}</p>{% endif %}
{% if answer.name == "text" %}{% if submission.text %}<div class="text" lang="{{ submission.language }}" dir="{{ submission.language|direction }}">{{ text_as_shown }}</div><p class="meta">{% blocktranslate trimmed with most=call.most_words count words=words %}{{ words }} word of {{ most }}{% plural %}{{ words }} words of {{ most }}{% endblocktranslate %}</p>{% else %}<p>—</p>{% endif %}
{% elif answer.shown %}{% include "components/_answer.html" with answer=answer.shown language=submission.language only %}
{% else %}{{ answer.body }}{% if answer.name == "objectives" and round_tables %}<p class="meta">{% translate "Round tables at which these objectives are discussed:" %} {{ round_tables|join:", " }}</p>{% endif %}
{% endif %}</dd>{% endfor %}"""
HOSTILE = '"><script>&\u202e</script>'
LANGUAGES = ["en", "ar", "fr", "zh-hans"]


def as_template(source, **context):
    return Template(LOAD + source).render(Context(context))


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps(language):
    steps = [
        {"label": HOSTILE, "url": f"/x/?a={HOSTILE}", "done": True, "note": ""},
        {"label": gettext_lazy("Files"), "url": "#files", "done": False, "note": gettext_lazy("to do")},
        {"label": "Files", "url": "#files", "done": True, "note": "3"},
        {"label": "None", "url": "#none", "done": False, "note": ""},
        {"label": "Send", "url": "/send/", "current": True},
    ]
    with override(language):
        label = Template('{% load i18n %}{% translate "Parts of this input" %}').render(Context())
        assert steps_in_html(steps) == as_template(STEPS, steps=steps, label=label)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("publish_as", ["named", "statistics"])
@pytest.mark.parametrize("is_writable", [True, False])
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("closed", [True, False])
def test_the_head_of_an_answer(language, publish_as, is_writable, public, closed):
    answer = {"label": HOSTILE, "public": public, "closed": closed, "url": f"/x/#{HOSTILE}"}
    submission = SimpleNamespace(publish_as=publish_as, is_writable=is_writable)
    with override(language):
        assert head_of_answer(answer, submission, words_of_heads()) == as_template(
            HEAD, answer=answer, submission=submission
        )


WORDS, LINES = ["", HOSTILE], [[], [HOSTILE], ["Kenya", "Côte d'Ivoire <&>"]]
ANSWERS = [(LISTED, ""), *((LISTED, lines) for lines in LINES), *((TYPED, words) for words in WORDS)]
ANSWERS += [(REST, value) for value in (*WORDS, *LINES)]


@pytest.mark.parametrize(("source", "value"), ANSWERS)
@pytest.mark.parametrize("language", ["", "ar", "en"])
def test_an_answer(source, value, language):
    answer = {"name": "contact_email" if isinstance(value, str) else "level", "value": value}
    answer |= {"listed": source is LISTED, "typed": source is TYPED}
    submission = SimpleNamespace(language=language)
    assert answer_in_html(answer, submission) == as_template(source, answer=answer, submission=submission)


def checked(name, value, **more):
    about = {"name": name, "label": HOSTILE, "value": value, "shown": None, "lack": "", "public": True, "closed": False}
    return about | {"typed": name == "text", "listed": name == "objectives", "url": "/x/#y"} | more


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "count", "most"), [("", 0, 1), ("one", 1, 1), ("many words", 1234, 12000)])
@pytest.mark.parametrize("round_tables", [[], [1, 3]])
def test_all_answers_before_sending(language, text, count, most, round_tables):
    call = SimpleNamespace(most_words=most)
    submission = SimpleNamespace(language="ar", publish_as="named", is_writable=True, text=text, call=call)
    answers = [
        checked("title", "", lack=gettext_lazy("Give the input a title.")),
        checked("objectives", [HOSTILE]),
        checked("text", text, lack=HOSTILE),
        checked("q_one", HOSTILE, shown=Answer(label="L", public=False, words=(HOSTILE, "b"))),
        checked("q_two", "", shown=Answer(label="L", public=False)),
    ]
    page = {"round_tables": round_tables, "text_as_shown": mark_safe(f"<p>{text}</p>"), "words": count}
    with override(language):
        for one in answers:
            one |= {"head": head_of_answer(one, submission, words_of_heads()), "body": answer_in_html(one, submission)}
        expected = as_template(CHECKED, answers=answers, submission=submission, call=call, **page)
        assert checked_answers(answers, submission, page) == expected


def asked_question(name, **more):
    question = SimpleNamespace(**{"shown_if": "", "shown_if_answers": [], "label": name, **more})
    return SimpleNamespace(
        field=SimpleNamespace(question=question), as_field_group=lambda: mark_safe(f"<b>{name}</b>"), sentence=""
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guidance", ["", f"One\n\n{HOSTILE}\nline"])
def test_a_section(language, guidance):
    other = SimpleNamespace(label=HOSTILE, words_of={"yes": gettext_lazy("Yes")})
    form = SimpleNamespace(form=SimpleNamespace(by_key={"first": other}))
    later = asked_question("later", shown_if="first", shown_if_answers=["yes", HOSTILE])
    part = {"section": SimpleNamespace(title=HOSTILE, guidance=guidance), "fields": [asked_question("first"), later]}
    with override(language):
        later.sentence = condition_in_words(form.form, later.field.question)
        assert HOSTILE not in later.sentence
        assert section_in_html(form, part, 3) == as_template(SECTION, part=part, number=3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", [[], ["KEN", "x"]])
def test_a_list_to_tick_from(language, value):
    widget = Checklist(
        choices=[("Africa <&>", [("KEN", "Kenya"), ("CIV", HOSTILE)]), ("x", "X & Y")], attrs={"data-most": 5}
    )
    with override(language):
        groups = written("one", (("data-most", 5), ("id", "id_one")), _with_words(widget.choices))
        about = {
            "attrs": {"id": "id_one"},
            "chosen": [one.label for group in groups for one in group.lines if one.key in value],
            "lines": Template("{% autoescape off %}{{ lines }}{% endautoescape %}").render(
                Context({"lines": "".join(group.html(set(value)) for group in groups)})
            ),
        }
        assert widget.render("one", value, {"id": "id_one"}) == as_template(CHECKLIST, widget=about)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "source"), [(RowsInput, ROWS), (HiddenRows, HIDDEN)])
@pytest.mark.parametrize("value", [None, [], [{"what": HOSTILE, "who": "Ü"}], [{"what": "a"}, {"who": "\n\nb"}]])
def test_a_table(language, kind, source, value):
    widget = kind(columns={"what": HOSTILE, "who": gettext_lazy("Files")})
    for widget.written in ("", "ar"):
        with override(language):
            context = widget.get_context("q_table", value, {"id": "id_q_table"})
            assert widget.render("q_table", value, {"id": "id_q_table"}) == as_template(source, **context)


def test_of_a_table_only_rows_in_which_nothing_stands_are_kept():
    _empty_row.cache_clear()
    widget = RowsInput(columns={"what": "What", "who": "Who"})
    for words in ("secret", "another secret"):
        assert words in widget.render("q_table", [{"what": words}], {"id": "id_q_table"})
    assert _empty_row.cache_info().currsize == 2
    widget.written = "ar"
    assert 'lang="ar"' in widget.render("q_table", [], {"id": "id_q_table"})
    with override("fr"):
        assert "Ligne" in widget.render("q_table", [], {"id": "id_q_table"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["edit", "check", "my_input"])
def test_an_address_is_the_one_that_django_finds(language, name):
    for key in (uuid4(), uuid4()):
        with override(language):
            assert place(f"submissions:{name}", key) == reverse(f"submissions:{name}", args=[key])
