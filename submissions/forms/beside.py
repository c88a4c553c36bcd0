"""What stands beside a draft: notes to those who write it, and which files its call takes."""

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from submissions.typed_fields import Text
from submissions.uploads import PIECE, TYPES


class DraftNoteForm(forms.Form):
    """A note to the others who write a draft."""

    text = Text(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Everybody who writes drafts for your organisation gets it by mail, at most once an hour."),
        error_messages={"required": _("The note is empty. Write it first.")},
    )
    part = forms.ChoiceField(label=_("About which part?"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = [("", _("The whole draft")), *parts]


def file_rules(call) -> dict:
    """What files this call takes: said before anybody chooses one."""
    return {
        "most": min(call.most_files, settings.UPLOAD_MOST_FILES),
        "bytes": settings.UPLOAD_MOST_BYTES,
        "size": filesizeformat(settings.UPLOAD_MOST_BYTES),
        "together": filesizeformat(call.most_bytes),
        "piece": PIECE,
        "types": ", ".join(sorted({extension.lstrip(".").upper() for extension in TYPES})),
        "accept": ",".join(TYPES),
    }
