"""Closing one's own account: first everything that will happen, then a word typed, then it is done."""

from allauth.account.decorators import reauthentication_required
from django.contrib import auth
from django.shortcuts import render
from django.utils.timezone import now

from accreditation.entrance import signed_in
from accreditation.personal import closing
from accreditation.personal.previewing import preview
from accreditation.personal.typed import TypedAddressForm
from accreditation.personal.who import who_is
from accreditation.standing_in import in_own_name
from forums.hints import look_soon
from forums.refusals import Refused


@signed_in
@in_own_name
@reauthentication_required(allow_get=True)
def close(request):
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
    about = {"form": form, "against": against, "preview": preview(who_is(person), in_words_of_others=False)}
    return render(request, "accreditation/participant/close_account.html", about)
