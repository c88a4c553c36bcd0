"""The box of a field in which nothing is wrong, for the kinds of boxes that most pages have: Django's, without its detours.

A short list to choose from is written once, and a page only marks what is chosen: in forms that say that their words are the
same for everybody, and never a list of rows. What is kept depends on the list alone: its name, its attributes, its choices
in their words. What somebody chose or typed is kept nowhere.
tests/imrf_portal/test_written_boxes.py compares each with what Django's widgets write.
"""

from functools import lru_cache

from django import forms
from django.forms import ModelChoiceField
from django.utils.functional import Promise
from django.utils.safestring import mark_safe

from imrf_portal.written_widgets import box, choices, select, text_area

KEPT_READY = 256  # lists in the memory of a process, a kilobyte each
LONGEST = 60  # choices; longer lists are written by submissions/checklists.py
PLACE = "\0"  # where a mark may stand; nothing that can be stored or typed holds a NUL
TYPED = {forms.TextInput: box, forms.EmailInput: box, forms.URLInput: box, forms.Textarea: text_area}
MARKS = {forms.RadioSelect: " checked", forms.CheckboxSelectMultiple: " checked", forms.Select: " selected"}


def written_box(bound, help_text):
    """The HTML of its widget; None where Django has to write it."""
    kind = type(bound.field.widget)
    if bound.field.localize or bound.field.show_hidden_initial:
        return None
    if kind in TYPED:
        return _typed(bound, kind, help_text)
    if kind in MARKS and getattr(bound.form, "same_for_everybody", False) and not isinstance(bound.field, ModelChoiceField):
        return _list(bound, kind, help_text)
    return None  # rows of a person's own, for instance


def _typed(bound, kind, help_text):
    widget = bound.field.widget
    said = {
        "type": getattr(widget, "input_type", None),
        "name": bound.html_name,
        "value": widget.format_value(bound.value()),
        "attrs": _attributes(bound, help_text, {}),
    }
    return TYPED[kind](said)


def _attributes(bound, help_text, first) -> dict:
    """Those of the widget and those that a field without errors gives it, in the order in which Django has them."""
    field, widget, identity, given = bound.field, bound.field.widget, bound.auto_id, first
    if field.required and bound.form.use_required_attribute and widget.use_required_attribute(bound.initial):
        given["required"] = True
    if field.disabled:
        given["disabled"] = True
    if help_text and identity and not widget.use_fieldset and not widget.attrs.get("aria-describedby"):
        given["aria-describedby"] = f"{identity}_helptext"
    if identity and "id" not in widget.attrs:
        given.setdefault("id", identity)
    return widget.attrs | given


# Lists -----------------------------------------------------------------------------------------------------------


def _list(bound, kind, help_text):
    widget = bound.field.widget
    lines = _lines_of(widget.choices)
    if lines is None:
        return None
    identity = widget.attrs.get("id") or bound.auto_id
    first = {"id": identity} if identity and kind is not forms.Select else {}
    attrs = tuple(_attributes(bound, help_text, first).items())
    begin, rest = _written(kind, bound.html_name, attrs, lines)
    if len(rest) != len(lines):
        return None  # a key stands there twice
    chosen, mark = set(widget.format_value(bound.value())), MARKS[kind]
    return mark_safe(begin + "".join([mark + rest[key] if key in chosen else rest[key] for key, _label in lines]))  # noqa: S308


def _lines_of(offered):
    """Keys and words, as texts; None for groups, for words that are HTML, for numbers as a language writes them."""
    offered = offered.as_kept() if hasattr(offered, "as_kept") else offered
    if not isinstance(offered, list) or len(offered) > LONGEST:
        return None
    lines = tuple([(_word(key), _word(label)) for key, label in offered])
    return lines if all(type(key) is type(label) is str for key, label in lines) else None


def _word(said):
    return str(said) if isinstance(said, Promise) else said


@lru_cache(maxsize=KEPT_READY)
def _written(kind, name, attrs, lines) -> tuple:
    """The HTML up to the first place of a mark, and by key what follows its place."""
    widget = kind(choices=lines).get_context(name, [], dict(attrs))["widget"]
    options = [option for _group, inside, _number in widget["optgroups"] for option in inside]
    for option in options:
        option["attrs"] = {**option["attrs"], PLACE: True}
    begin, *rest = (select(widget) if kind is forms.Select else choices(options)).split(f" {PLACE}")
    return begin, {key: more for (key, _label), more in zip(lines, rest, strict=True)}
