"""Questions of a form as fields of a page: what each takes, and the shape in which its answer is kept."""

from copy import copy
from decimal import Decimal

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from submissions.questions.conditions import fitting
from submissions.questions.rows import RowsField
from submissions.typed_fields import Line, Text, Ticks

LONGEST_LINE = 300
LONGEST_ANSWER = 50_000
FEW = 8  # choices shown as radio buttons; more fold into a list that opens


class NumberField(forms.DecimalField):
    """Kept as digits: 1250000, 12.5. Spaces between thousands are taken out."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 20})

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.split())
        return super().to_python(value)

    def clean(self, value):
        number = super().clean(value)
        return "" if number is None else format(number.normalize() if number else Decimal(0), "f")


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value):
        day = super().clean(value)
        return day.isoformat() if day else ""


def field_of(question, language):
    """The field of one question, a copy for one page; it carries the question as `question`, for whoever shows it.

    Made once for each language of the page and of the text and kept with the question: a published one is in memory and
    never changes. A page may set attributes of its copy; what the copies share (widget, choices) it must leave as it is.
    """
    kept, languages = question.__dict__.setdefault("kept_fields", {}), (get_language(), language)
    if languages not in kept:
        kept[languages] = _made(question, language)
    return copy(kept[languages])


def _made(question, language):
    kind = question.kind
    label, help_text = words_about(question)
    given = {"label": label, "help_text": help_text, "required": False}
    field = BUILDERS[kind](question, given)
    field.question, field.seen_by = question, "public" if question.is_public else "network"
    field.needed_to_send = question.required
    if question.is_written:
        field.widget.attrs.update({"dir": "auto", **({"lang": language} if language else {})})
        field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted
        if question.word_limit and kind == "long":
            field.widget.attrs["data-words-limit"] = question.word_limit
    if kind == "table":
        field.widget.written = language
    return field


def _long(question, given):
    rows = 4 if (question.word_limit or 999) <= 150 else 8
    return Text(max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": rows}), **given)


def _choice(question, given):
    choices = list(question.words_of.items())
    if not question.required:
        choices.append(("", _("No answer")))
    if len(choices) > FEW:
        return forms.ChoiceField(choices=[("", "—"), *question.words_of.items()], **given)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)


BUILDERS = {
    "short": lambda question, given: Line(max_length=LONGEST_LINE, **given),
    "long": _long,
    "choice": _choice,
    "yes_no": _choice,
    "several": lambda question, given: Ticks(choices=list(question.words_of.items()), **given),
    "number": lambda question, given: NumberField(max_digits=18, decimal_places=4, **given),
    "date": lambda question, given: DayField(**given),
    "table": lambda question, given: RowsField(columns=question.words_of, **given),
}


def words_about(question):
    """Label and help in the language of the page, kept with the question: a published one is in memory and never changes."""
    kept, language = question.__dict__.setdefault("kept_words", {}), get_language()
    if language not in kept:
        kept[language] = (question.label, help_of(question))
    return kept[language]


def help_of(question):
    """Help, example, reason and limit of a question, as its page shows them between the question and the answer."""
    parts = [question.help] if question.help else []
    if question.example:
        parts.append(format_lazy(_("Example: {example}"), example=question.example))
    if question.why:
        parts.append(format_lazy(_("Why this is asked: {why}"), why=question.why))
    if question.word_limit and question.kind != "long":
        parts.append(format_lazy(_("At most {most} words."), most=question.word_limit))
    return format_html_join("", "<p>{}</p>", ((part,) for part in parts)) if parts else mark_safe("")


def condition_in_words(form, question):
    """On which earlier answer a question depends, as a sentence; empty where it is always asked."""
    other = form.by_key.get(question.shown_if)
    if other is None:
        return ""
    answers = [str(other.words_of.get(key, key)) for key in question.shown_if_answers]
    words = format_html_join(" / ", "“{}”", ((answer,) for answer in answers))
    return format_html(_("Only if you answered {answers} to: {question}"), answers=words, question=other.label)


def initial_of(form, answers) -> dict:
    """The answers as the fields of a form show them; what does not fit a question is not shown and stays where it is."""
    return {q.field: answer for q in form.asked if (answer := fitting(q, answers.get(q.key))) is not None}


def empty_of(question):
    return [] if question.kind in ("several", "table") else ""
