"""Forms of calls: a version is begun from the last one, published once and for all, copied to another forum."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator

from forums.refusals import Refused
from submissions.models import FormTemplate, FormVersion
from submissions.questions.checking import problems


@transaction.atomic
def begin_version(template):
    """Begin the next version as a copy of the last one, or go on with the one that is being written; returns it."""
    held = FormTemplate.objects.select_for_update().get(pk=template.pk)
    last = held.versions.order_by("-number").first()
    if last is not None and not last.is_kept:
        return last
    return _copy(last, held, number=last.number + 1) if last else FormVersion.objects.create(template=held, number=1)


@transaction.atomic
def publish_form(version, *, by, at):
    """Publish a version: calls that ask its template ask it from now on, and nothing of it changes any more.

    Refused with every sentence that stands against it. Drafts keep the version they began with.
    """
    held = FormVersion.objects.select_for_update().select_related("template").get(pk=version.pk)
    if held.is_kept:
        raise Refused(_("This version was published before. Begin a new one to change it."))
    if against := problems(held):
        raise Refused(" ".join(against))
    held.published_at, held.published_by = at, by
    held.save(update_fields=["published_at", "published_by"])
    return held


@transaction.atomic
def copy_form(template, *, forum, code):
    """A template of its own for another forum, with the newest published version copied as one to be written on."""
    source = template.published()
    if source is None:
        raise Refused(_("This form has no published version to copy. Publish one first."))
    if FormTemplate.objects.filter(code=code).exists():
        raise Refused(_("Another form has the code “%(code)s”. Choose another.") % {"code": code})
    names = {f.attname: getattr(template, f.attname) for f in _own_columns(FormTemplate) if f.name.startswith("name_")}
    made = FormTemplate.objects.create(code=code, kind=template.kind, forum=forum, **names)
    _copy(source, made, number=1)
    return made


def take_out(question):
    """Take a question out of a version that is being written."""
    _ask_whether_written(question.version)
    question.delete()


def move_question(question, *, up):
    """Change places with the question before or after it in its section; at an end nothing happens."""
    _ask_whether_written(question.version)
    row = list(question.section.questions.order_by("order", "pk"))
    here = row.index(question)
    there = here + (-1 if up else 1)
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for place, one in enumerate(row, start=1):
        type(one).objects.filter(pk=one.pk).exclude(order=place).update(order=place)


def place_of_next(section) -> int:
    return (section.questions.aggregate(last=Max("order"))["last"] or 0) + 1


def _ask_whether_written(version):
    if version.is_kept:
        raise Refused(_("This version was published and is never changed. Begin a new one."))


def _copy(source, template, *, number):
    made = FormVersion.objects.create(template=template, number=number, text_asked=source.text_asked, copied_from=source)
    for section in source.parts:
        copied = made.sections.create(**_values(section, without=("id", "version_id")))
        made.questions.bulk_create(
            type(question)(version=made, section=copied, **_values(question, without=("id", "version_id", "section_id")))
            for question in section.asked
        )
    return made


def _values(thing, *, without) -> dict:
    return {
        field.attname: getattr(thing, field.attname) for field in _own_columns(type(thing)) if field.attname not in without
    }


def _own_columns(model):
    """The columns as they are stored; a translated one is written through those of its languages."""
    return [field for field in model._meta.concrete_fields if field.name not in _translated(model)]


def _translated(model):
    return set(translator.get_options_for_model(model).get_field_names())
