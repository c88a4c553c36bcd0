"""Fields of the author's forms: a line, a text, a list to tick from; what cannot be stored is taken out, nothing is cut."""

from django import forms

from forums.typed import one_line, without_control
from submissions.checklists import Checklist


class Line(forms.CharField):
    def to_python(self, value):
        return one_line(super().to_python(value))


class Text(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value):
        return without_control(super().to_python(value))


class Ticks(forms.MultipleChoiceField):
    """A list to tick from; `in_groups` folds a long one into groups that open."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, in_groups=False, **kwargs):
        super().__init__(**({"widget": Checklist} if in_groups else {}), **kwargs)


class _Fields(dict):
    """The fields of a form, copied for each page no deeper than a page may change them."""

    def __deepcopy__(self, memo):
        return {name: _for_one_page(field) for name, field in self.items()}


def for_each_page(form):
    """Of a form whose pages set attributes of its fields and widgets, and put other lists in place of theirs.

    Django copies what they share as well, pair by pair of each list.
    """
    for name, field in form.base_fields.items():
        if getattr(field, "queryset", None) is not None or hasattr(field, "fields") or hasattr(field.widget, "widgets"):
            raise TypeError(f"{name} has more in it than is copied here")
    form.base_fields = _Fields(form.base_fields)
    return form


def _for_one_page(field):
    own = _another(field)
    own.widget = _another(field.widget)
    own.widget.attrs = dict(field.widget.attrs)
    own.error_messages, own.validators = dict(field.error_messages), list(field.validators)
    return own


def _another(thing):
    other = object.__new__(type(thing))
    other.__dict__.update(vars(thing))
    return other
