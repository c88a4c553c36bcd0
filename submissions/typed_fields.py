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
