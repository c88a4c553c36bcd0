"""What its author says about a file: its language, and of which other file it is a translation."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from submissions.models import Attachment


class FileForm(forms.Form):
    language = forms.ChoiceField(choices=[("", "—"), *settings.LANGUAGES], required=False, label=_("Language"))
    translates = forms.ModelChoiceField(queryset=Attachment.objects.none(), required=False, label=_("Translation of"))
    translation = forms.ChoiceField(choices=[("", "—"), *Attachment.Translation.choices], required=False)

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["translates"].queryset = files
