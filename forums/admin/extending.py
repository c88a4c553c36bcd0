"""The page on which a call is extended or opened again: new closing, reason, whom to tell; the letters are shown first."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.models import Call, Extension, Follower
from forums.operations.calling import LONGEST_REASON, ask_extension
from forums.refusals import Refused
from forums.second_person_acts import EXTEND
from forums.templatetags.moments import in_words
from forums.typed import posted_by
from forums.windows import Phase
from forums.zoned_fields import InForumZone, WallClockField


class ExtensionForm(InForumZone, forms.ModelForm):
    """`seen` is the closing that its reader saw; whoever is second sees what the first one did."""

    closes_at = WallClockField(label=_("New closing (this instant is already outside)"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It stands on the public page, in the feed and in the letters."),
    )
    authority = forms.CharField(
        label=_("Who decided it"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"})
    )
    told = forms.ChoiceField(
        label=_("Who is told by letter"),
        choices=Extension.Told,
        initial=Extension.Told.CONCERNED,
        widget=forms.RadioSelect,
        help_text=_("The page of the forum and the feed of changes show it in any case."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Call
        fields = ()

    def clean(self):
        cleaned = super().clean()
        call = self.instance
        if cleaned.get("seen") and cleaned["seen"] != call.closes_at.isoformat():
            self.data = self.data.copy()
            self.data["seen"] = call.closes_at.isoformat()
            self.add_error(
                None,
                _("Somebody else has moved the closing: it is now %(closing)s. Look at it, then press again.")
                % {"closing": in_words(call.closes_at, call.forum.zone)},
            )
        return cleaned

    @property
    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("closes_at", "reason", "authority", "told")}

    def extension(self, at) -> Extension:
        """As it would be stored, for the letters that are shown before."""
        as_it_would_be = Call.objects.select_related("forum").get(pk=self.instance.pk)
        kind = "reopened" if as_it_would_be.phase(at) is Phase.CLOSED else "extended"
        was, as_it_would_be.closes_at = as_it_would_be.closes_at, self.cleaned_data["closes_at"]
        words = {name: self.cleaned_data[name] for name in ("reason", "authority", "told")}
        became = as_it_would_be.closes_at
        return Extension(call=as_it_would_be, was=was, became=became, kind=kind, at=at, **words)


class Extending:
    """Mixed into the room of calls: one more page, and the way to it."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.extend_view)
        return [path("<int:pk>/extend/", page, name="forums_call_extend"), *super().get_urls()]

    def extend_view(self, request, pk):
        call = Call.objects.select_related("forum", "feeds__forum").filter(pk=pk).first()
        if call is None or call.closes_at is None:
            raise Http404
        if not self.has_change_permission(request, call):
            raise PermissionDenied
        at, typed = now(), posted_by(request)
        form = ExtensionForm(typed, instance=call, initial={"seen": call.closes_at.isoformat()}, label_suffix="")
        shown = None
        if form.is_valid():
            try:
                return self._extend(request, call, form, at) if "extend" in typed else self._look(request, call, form, at)
            except Refused as why:
                form.add_error(None, str(why))
        return self._extension_page(request, call, form, at, shown)

    def _extend(self, request, call, form, at):
        """Everybody relies on a closing, so a second person has to agree before it moves."""
        ask_extension(call, **form.words, at=at)
        words = {**form.words, "closes_at": form.words["closes_at"].isoformat(), "told": str(form.words["told"])}
        asked = operations.ask_second_person(
            EXTEND,
            subject=f"call:{call.pk}",
            args={"call": call.pk, **words},
            reason=form.words["reason"],
            by=request.user,
            at=at,
        )
        messages.success(request, _("It is asked for. The call closes later once a second person agrees."))
        return redirect(reverse("admin:forums_secondpersonrequest_change", args=[asked.pk]))

    def _look(self, request, call, form, at):
        """Nothing is stored: what would be refused is refused, what would be sent is shown."""
        ask_extension(call, **form.words, at=at)
        return self._extension_page(request, call, form, at, form.extension(at))

    def _extension_page(self, request, call, form, at, extension):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Extend or reopen"),
            "opts": self.opts,
            "call": call,
            "forum": call.forum,
            "phase": call.phase(at),
            "form": form,
            "extension": extension,
            "at": at,
            "followers": Follower.objects.standing().of(call.forum).count(),
        }
        return TemplateResponse(request, "admin/forums/call/extend.html", context)
