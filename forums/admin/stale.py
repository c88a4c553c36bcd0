"""Two people on the same form: whoever saves second sees what the first one changed, and overwrites nothing unknowingly."""

import json
from zlib import crc32

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def mark(value) -> str:
    """A short mark of a field's value as stored; other values almost always have another."""
    if isinstance(value, list | tuple):
        value = sorted(str(getattr(item, "pk", item)) for item in value)
    return f"{crc32(repr(value).encode()):08x}"


class SeenForm(forms.ModelForm):
    """Carries what its reader saw. If the row has changed since, it is shown again with what now stands there."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._stored = {}
        if self.instance.pk is not None and not self.instance._state.adding:
            self._stored = {name: mark(self.initial.get(name)) for name in self._meta_fields()}
            self.initial["seen"] = json.dumps(self._stored)

    def _meta_fields(self):
        return [name for name in self.fields if name != "seen" and name in self.initial]

    def clean(self):
        cleaned = super().clean()
        changed = self._changed_meanwhile()
        if changed:
            for name in changed:
                self.add_error(
                    name, _("Somebody else has changed this: it is now “%(value)s”.") % {"value": self._now(name)}
                )
            self.add_error(
                None,
                _(
                    "Somebody saved this page after you opened it, so nothing of yours was saved yet. What they changed is "
                    "named below beside what you typed. Save again to put yours in its place."
                ),
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = json.dumps(self._stored)
        return cleaned

    def _changed_meanwhile(self):
        try:
            seen = json.loads(self.data.get(self.add_prefix("seen")) or "{}")
        except ValueError:
            seen = {}
        if not isinstance(seen, dict):
            return []
        return [name for name, now in self._stored.items() if seen.get(name, now) != now]

    def _now(self, name):
        value = self.initial.get(name)
        if isinstance(value, list | tuple):
            return ", ".join(str(item) for item in value)
        choices = dict(getattr(self.fields[name], "choices", None) or ()) if not hasattr(value, "isoformat") else {}
        return capfirst(str(choices.get(value, "" if value is None else value)))
