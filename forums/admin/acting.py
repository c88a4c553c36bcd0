"""The line of actions above a list: as Django's, whose one select takes twenty templates."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as as_django_says


class PlainSelect(forms.Select):
    """A select without groups, written by a function."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        options = ((key, " selected" if str(key) in chosen else "", word) for key, word in self.choices)
        lines = format_html_join("\n", '<option value="{}"{}>{}</option>', options)
        return format_html(
            "<select{}>\n{}\n</select>", flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})), lines
        )


class Actions(ActionForm):
    action = forms.ChoiceField(label=as_django_says("Action:"), widget=PlainSelect)
