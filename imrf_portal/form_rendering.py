"""How forms become HTML: Django's widgets without their templates, and what stands around a box made once for everybody.

The template of a field (components/_field.html) sees nothing but a `Frame`. Equal frames therefore give the same HTML, and
where a form says that its words are the same for everybody, this HTML is kept. What a person typed or ticked stands in the
box, which is put in afterwards, and what was wrong with it is never kept.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from django.forms.renderers import TemplatesSetting
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from imrf_portal.written_boxes import written_box
from imrf_portal.written_widgets import WRITTEN, choices

KEPT_READY = 1024  # frames in the memory of a process, about a kilobyte each
PLACE = mark_safe("\0box\0")  # nothing that can be stored or typed holds a NUL
WITH_CHOICES = ("radioselect", "checkboxselectmultiple")


class Renderer(TemplatesSetting):
    def render(self, template_name, context, request=None):
        if template_name == self.field_template_name:
            return field_group(context["field"])
        write = WRITTEN.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


@dataclass(frozen=True)
class Frame:
    """All that the template of a field sees; words are HTML already."""

    language: str
    label: str
    help_text: str
    errors: str
    auto_id: str
    id_for_label: str
    described_by: str
    widget_type: str
    is_hidden: bool
    use_fieldset: bool
    is_optional: bool
    words_limit: int | None
    seen_by: str
    box = PLACE

    @property
    def lists_choices(self) -> bool:
        return self.widget_type in WITH_CHOICES


def field_group(bound) -> str:
    """A bound field with its question, help, errors, word count and who can read the answer."""
    frame = frame_of(bound)
    keeps = getattr(bound.form, "same_for_everybody", False) and not frame.errors
    before, after = (kept if keeps else around)(frame)
    return mark_safe(f"{before}{_box_of(bound, frame)}{after}")  # noqa: S308 - a template and a widget


def frame_of(bound) -> Frame:
    """As the attributes of a BoundField say, each looked up once; tests/imrf_portal/test_form_rendering.py compares."""
    field, widget, auto_id = bound.field, bound.field.widget, bound.auto_id
    errors, optional = bound.form.errors.get(bound.name), not (field.required or field.disabled)
    return Frame(
        language=get_language() or "",
        label=conditional_escape(bound.label),
        help_text=str(bound.help_text),
        errors=str(errors) if errors else "",
        auto_id=auto_id,
        id_for_label=widget.id_for_label(widget.attrs.get("id") or auto_id),
        described_by=(bound.aria_describedby or "") if widget.use_fieldset else "",
        widget_type=_type_of(widget.__class__),
        is_hidden=widget.is_hidden,
        use_fieldset=widget.use_fieldset,
        is_optional=optional and not getattr(field, "needed_to_send", False),
        words_limit=widget.attrs.get("data-words-limit"),
        seen_by=conditional_escape(getattr(field, "seen_by", "") or ""),
    )


@cache
def _type_of(kind) -> str:
    """As BoundField.widget_type."""
    return re.sub("widget$|input$", "", kind.__name__.lower())


def around(frame) -> tuple:
    """The HTML before the box and behind it."""
    page = get_template(TemplatesSetting.field_template_name).render({"field": frame})
    before, _place, after = page.partition(PLACE)
    return before.lstrip(), after.rstrip()


kept = lru_cache(maxsize=KEPT_READY)(around)


def _box_of(bound, frame) -> str:
    written = None if frame.errors else written_box(bound, frame.help_text)
    if written is not None:
        return written
    if frame.lists_choices:
        return choices(option.data for option in bound.subwidgets)
    return bound.as_widget()
