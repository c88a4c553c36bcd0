"""Tokens of an organisation: which there are, making one after saying once more who one is, revoking one."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import operations, permissions
from accreditation.entrance import signed_in
from accreditation.models import ApiToken, Organisation
from accreditation.second_factor import freshly_proved
from accreditation.standing_in import in_own_name
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import a_name, posted_by

Scope = ApiToken.Scope
DAYS = (
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("180 days")),
    (365, gettext_lazy("A year")),
)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy("By this name you find it again. Example: “Our document system”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do besides reading?"),
        choices=[(scope.value, scope.label) for scope in (Scope.WRITE, Scope.SEND)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It can always read your drafts, inputs and receipts. Give it no more than it needs."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"), choices=DAYS, coerce=int, initial=90, widget=forms.RadioSelect
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_name(self):
        if not (name := a_name(self.cleaned_data["name"])):
            raise forms.ValidationError(_("Write a name."))
        return name


def _own(request, slug, may=permissions.represents):
    """An organisation for which this person speaks; anything else is as a missing one."""
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    if not may(request.user, organisation):
        raise Http404
    return organisation


@signed_in
def tokens(request, slug):
    """Every token, those that hold first: name, what it may do, who made it, when it was last used, until when."""
    organisation, at = _own(request, slug), now()
    every = organisation.api_tokens.select_related("made_by", "revoked_by")
    holding = list(every.standing(at).of_speakers())
    ended = every.exclude(pk__in=[token.pk for token in holding])
    about = {
        "organisation": organisation,
        "holding": holding,
        "ended": ended[:50],
        "may_make": permissions.may_make_tokens(request.user, organisation),
        "at": at,
    }
    return render(request, "accreditation/participant/tokens.html", about)


@signed_in
@in_own_name
@freshly_proved
def new_token(request, slug):
    """The form; and, in the one answer that nobody keeps, the word of the token."""
    organisation = _own(request, slug, may=permissions.may_make_tokens)
    form = TokenForm(posted_by(request))
    if form.is_valid():
        try:
            token, word = operations.make_token(organisation, **form.cleaned_data, by=request.user, at=now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("forums.tasks.send_letters")
            return _never_kept(request, "token_made", {"organisation": organisation, "token": token, "word": word})
    return render(request, "accreditation/participant/new_token.html", {"organisation": organisation, "form": form})


def _never_kept(request, name, about):
    response = render(request, f"accreditation/participant/{name}.html", about)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@signed_in
def revoke(request, slug, pk):
    """End a token; whoever speaks for the organisation may, at once and without more questions: it may have leaked."""
    organisation = _own(request, slug)
    token = get_object_or_404(organisation.api_tokens, pk=pk)
    if request.method == "POST":
        operations.revoke_token(token, by=request.user, at=now())
        messages.success(request, _("The token was revoked. Programs that use it are refused from now on."))
    return redirect("accreditation:tokens", slug)
