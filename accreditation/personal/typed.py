"""The form before an erasure: the address typed by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TypedAddressForm(forms.Form):
    """The address of who is erased, typed by hand: nobody does it by a slip."""

    use_required_attribute = False
    email = forms.EmailField(label=_("To confirm, type the e-mail address of the account"))

    def __init__(self, address, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        if self.cleaned_data["email"].strip().lower() != self.address.lower():
            raise forms.ValidationError(_("This is another address."))
        return self.cleaned_data["email"]
