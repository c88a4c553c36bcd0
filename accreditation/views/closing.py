"""Closing one's own account: first everything that will happen, then a word typed, then it is done."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import auth
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.entrance import signed_in
from accreditation.personal import closing
from accreditation.personal.previewing import preview
from accreditation.personal.who import who_is
from accreditation.standing_in import is_standing_in
from forums.hints import look_soon
from forums.refusals import Refused


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


@signed_in
@reauthentication_required(allow_get=True)
def close(request):
    if is_standing_in(request):
        raise PermissionDenied
    person, at = request.user, now()
    form = TypedAddressForm(person.email, request.POST or None)
    against = closing.against_closing(person, at)
    if request.method == "POST" and form.is_valid() and not against:
        try:
            closing.close(person, at=at)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("forums.tasks.send_letters")
            auth.logout(request)
            return render(request, "accreditation/participant/account_closed.html")
    about = {"form": form, "against": against, "preview": preview(who_is(person))}
    return render(request, "accreditation/participant/close_account.html", about)
