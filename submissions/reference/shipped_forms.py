"""The shipped forms: each made once, published, and given to calls of its kind. What staff make of it is never touched."""

import tomllib
from pathlib import Path

from django.utils.translation import override

from forums.clock import database_now
from forums.loading import LANGUAGES, Report
from forums.models import Call
from submissions.models import CallForm, FormTemplate
from submissions.operations.form_templates import begin_version, publish_form

HERE = Path(__file__).parent / "forms"
COLUMNS = list(LANGUAGES.values())  # in the order of the files
TEXTS = ("label", "help", "example", "why")


def load_forms(overwrite=False) -> Report:
    """Make the forms that are missing and give them to the calls of their kind that ask none; a form that is there stays.

    `overwrite` sets nothing back: what was published is never changed.
    """
    report, bank = Report(), _read("questions.toml")
    there = set(FormTemplate.objects.values_list("code", flat=True))
    shipped = _read("forms.toml")
    with override("en"):
        for form in shipped["form"]:
            if form["code"] in there:
                report.unchanged += 1
                continue
            template = _make(form, shipped["sections"], bank)
            give(template, Call.objects.all())
            report.new += 1
    return report


def give(template, calls):
    """Let those of these calls ask this form that ask for its kind of input and have no form yet."""
    asking = calls.for_inputs().filter(kind=template.kind, recorded_by_desk_only=False, forms=None)
    CallForm.objects.bulk_create(CallForm(call=call, template=template) for call in asking)


def give_shipped(forum):
    """Give the shipped forms to the calls of a forum that was made after they were loaded."""
    for template in FormTemplate.objects.filter(forum=None).exclude(kind=""):
        give(template, forum.calls.all())


def _read(name) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _make(form, titles, bank):
    template = FormTemplate.objects.create(code=form["code"], kind=form["kind"], **_six("name", form["name"]))
    version = begin_version(template)
    version.text_asked = form["text_asked"]
    version.save(update_fields=["text_asked"])
    for place, (title, asked) in enumerate(form["sections"], start=1):
        section = version.sections.create(order=place, **_six("title", titles[title]))
        for number, one in enumerate(asked, start=1):
            differs = {"key": one} if isinstance(one, str) else one
            columns = _columns({**bank[differs["key"]], **differs})
            version.questions.create(section=section, order=number, **columns)
    publish_form(version, by=None, at=database_now())
    return template


def _six(column, words) -> dict:
    return {f"{column}_{language}": text for language, text in zip(COLUMNS, words, strict=True)}


def _columns(question) -> dict:
    plain = {name: value for name, value in question.items() if name not in (*TEXTS, "options")}
    for name in TEXTS:
        if name in question:
            plain |= _six(name, question[name])
    if "options" in question:
        lines = zip(*([f"{key} = {text}" for text in words] for key, *words in question["options"]), strict=True)
        plain |= _six("options", ["\n".join(one) for one in lines])
    return plain
