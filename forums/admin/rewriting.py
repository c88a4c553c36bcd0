"""What is pressed on the page of a letter, and the page on which its words are changed before it goes out."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.letters import frame
from forums.models import Letter
from forums.operations.outbox import preview_of_rewriting
from forums.refusals import Refused
from forums.templatetags.languages import direction
from forums.typed import posted_by

# name: what it does, what is said when it is done, for which letters it is offered
ACTS = {
    "hold": (lambda letter, at: operations.hold(letter), _("The letter is held."), _("Hold")),
    "release": (lambda letter, at: operations.release(letter), _("The letter is released."), _("Release")),
    "send_now": (lambda letter, at: operations.send_now(letter, at=at), _("The letter goes out now."), _("Send now")),
    "send_again": (
        lambda letter, at: operations.send_again(letter, at=at),
        _("The letter is tried again."),
        _("Send again"),
    ),
    "settle": (lambda letter, at: operations.settle(letter), _("It is off the work list."), _("Dealt with")),
}


def acts_of(letter) -> list[str]:
    """What can be pressed now."""
    fits = {
        "hold": not letter.held and not letter.failed,
        "release": letter.held and not letter.failed,
        "send_now": not letter.failed,
        "send_again": letter.failed,
    }
    found = [name for name, suits in fits.items() if suits and letter.sent_at is None]
    lost = (letter.failed or letter.bounced_at) and not letter.settled
    return [*found, "settle"] if lost else found


class WordsForm(forms.Form):
    """`seen` is the text that its writer saw; whoever is second sees what the first one wrote."""

    subject = forms.CharField(label=_("Subject"), max_length=frame.LONGEST_SUBJECT)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, letter, data=None):
        body = frame.split(letter.text)[0]
        edition = str(letter.former_words.count())
        super().__init__(data, initial={"subject": letter.subject, "text": body, "seen": edition}, label_suffix="")
        self.edition = edition
        for name in ("subject", "text"):
            self.fields[name].widget.attrs |= {"lang": letter.language, "dir": direction(letter.language)}
        self.fields["subject"].widget.attrs["class"] = "vTextField"

    def clean(self):
        if self.cleaned_data.get("seen") != self.edition:
            self.data = self.data.copy()
            self.data["seen"] = self.edition
            raise forms.ValidationError(
                _("Somebody else has rewritten this letter meanwhile: their words stand below. Press again to use yours.")
            )
        return self.cleaned_data


class Rewriting:
    """Mixed into the room of letters."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/rewrite/", wrap(self.rewrite_view), name="forums_letter_rewrite"),
            path("<uuid:pk>/act/", wrap(self.act_view), name="forums_letter_act"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may = obj is not None and self.has_handle_permission(request)
        context["acts"] = [(name, ACTS[name][2]) for name in acts_of(obj)] if may else []
        context["may_rewrite"] = may and not (obj.private or obj.sent_at)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def act_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        letter = self._letter(request, pk)
        if request.POST.get("act") not in ACTS:
            raise Http404
        act, done, _label = ACTS[request.POST["act"]]
        try:
            act(letter, now())
        except Refused as why:
            messages.warning(request, str(why))
        else:
            messages.success(request, done)
        return redirect("admin:forums_letter_change", letter.pk)

    def rewrite_view(self, request, pk):
        """Other words are looked at first, then kept; what was refused stays typed."""
        letter, typed = self._letter(request, pk), posted_by(request)
        if letter.private or letter.sent_at:
            messages.warning(request, _("A letter that was sent, or that carries a code, is not rewritten."))
            return redirect("admin:forums_letter_change", letter.pk)
        form, preview = WordsForm(letter, typed), None
        if form.is_valid():
            words = {name: form.cleaned_data[name] for name in ("subject", "text")}
            try:
                if "keep" in typed:
                    operations.rewrite(letter, **words, by=request.user, at=now())
                    messages.success(request, _("The letter says so now. The former words are kept below."))
                    return redirect("admin:forums_letter_change", letter.pk)
                preview = preview_of_rewriting(letter, **words)
            except Refused as why:
                form.add_error(None, str(why))
        return self._page(request, letter, form, preview)

    def _letter(self, request, pk):
        if not self.has_handle_permission(request):
            raise PermissionDenied
        letter = get_object_or_404(Letter.objects.visible_to(request.user).select_related("forum"), pk=pk)
        letter.subject, letter.text = letter.as_read(letter.subject), letter.as_read(letter.text)
        return letter

    def _page(self, request, letter, form, preview):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rewrite"),
            "opts": self.opts,
            "letter": letter,
            "its_page": reverse("admin:forums_letter_change", args=[letter.pk]),
            "form": form,
            "foot": frame.split(letter.text)[1],
            "preview": preview,
            "theirs": letter if form.is_bound and not form.is_valid() else None,
        }
        return TemplateResponse(request, "admin/forums/letter/rewrite.html", context)
