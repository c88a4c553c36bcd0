"""What is asked when an input is sent, and after it was: the declaration, who may see it, why it is withdrawn or wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from submissions.models import Submission
from submissions.typed_fields import Text, for_each_page


@for_each_page
class DeclarationForm(forms.Form):
    """The last page before sending: which edition was checked, and the declaration."""

    same_for_everybody = True  # what stands around its boxes: see imrf_portal/form_rendering.py

    agreed = forms.BooleanField(
        label=_("I may speak for this organisation, and I agree that this input is published under its name."),
        error_messages={"required": _("Tick the declaration: without it the input cannot be sent.")},
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
    sponsors = forms.CharField(required=False, widget=forms.HiddenInput)

    CHOICES = {
        "statistics": _("I may speak for this organisation, and I agree that this input is counted and not shown."),
        "desk": _("I may speak for this organisation. This input is for the Network only: it is neither shown nor counted."),
    }

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        if declared := self.CHOICES.get(submission.publish_as):
            self.fields["agreed"].label = declared


@for_each_page
class PublicityForm(forms.Form):
    """What the public may see of an input, on the page before it is sent."""

    same_for_everybody = True  # what stands around its boxes: see imrf_portal/form_rendering.py

    publish_as = forms.ChoiceField(label=_("Your choice"), choices=Submission.PublishAs.choices, widget=forms.RadioSelect)
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, submission, **kwargs):
        shown = {"publish_as": submission.publish_as, "edition": submission.edition}
        super().__init__(data, initial=shown, prefix="public", **kwargs)
        self.fields["publish_as"].needed_to_send = True


class WithdrawForm(forms.Form):
    reason = Text(
        label=_("Why do you withdraw it?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It helps the desk to understand. The public page, if there is one, only says that you withdrew it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].seen_by = "organisation"


class CorrectionForm(forms.Form):
    reason = Text(
        label=_("What is wrong in the published text?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The desk decides by it. It is not published; what changes is."),
        error_messages={"required": _("Say what is wrong in the published text: the desk decides by it.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].seen_by = "network"
