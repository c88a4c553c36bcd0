"""The page on which a forum gets its days or moves: what follows is shown first, and only what was shown is done."""

from types import SimpleNamespace

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
from forums.models import Follower, Forum
from forums.operations.correcting import people_told
from forums.operations.dating import LONGEST_REASON
from forums.planning import against_days
from forums.refusals import MovedMeanwhile, Refused
from forums.typed import posted_by

DAY = {"type": "date"}


class DatesForm(forms.Form):
    """First and last day; a forum that moves also says why and who decided it. `seen` marks what was shown."""

    use_required_attribute = False
    first_day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Reason for other dates"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("It stands beside the former dates on the public page, in the feed and in the letters."),
    )
    authority = forms.CharField(
        label=_("Who decided the other dates"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, forum):
        days = {"first_day": forum.first_day, "last_day": forum.last_day, "authority": forum.chair}
        super().__init__(data, initial=days, label_suffix="")
        self.forum = forum
        if forum.status == Forum.Status.ANNOUNCED:
            del self.fields["reason"], self.fields["authority"]

    @property
    def presses(self) -> bool:
        """Whether more was asked than to be shown what follows."""
        return "set" in self.data

    def clean(self):
        cleaned = super().clean()
        first_day, last_day = cleaned.get("first_day"), cleaned.get("last_day")
        if first_day and last_day and (sentence := against_days(self.forum, first_day, last_day)):
            self.add_error("last_day", sentence)
        if self.presses and "reason" in self.fields and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Give the reason for the new dates: it is shown beside the old ones."))
        return cleaned

    @property
    def days(self) -> dict | None:
        """The two days if they make sense together, whatever else is still wrong."""
        days = {name: self.cleaned_data.get(name) for name in ("first_day", "last_day")} if self.is_bound else {}
        return days if days and all(days.values()) and not {"first_day", "last_day"} & set(self.errors) else None

    def chosen(self) -> dict | None:
        """The calls and sessions ticked on what was shown; None where nothing was shown yet: then all move."""
        if "chosen" not in self.data:
            return None
        return {
            name: list(getattr(self.forum, name).filter(pk__in=[key for key in self.data.getlist(name) if key.isdecimal()]))
            for name in ("calls", "sessions")
        }


class Dating:
    """Mixed into the room of forums: one more page."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.dates_view)
        return [path("<int:pk>/dates/", page, name="forums_forum_dates"), *super().get_urls()]

    def dates_view(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        forum = Forum.objects.filter(pk=pk).first()
        if forum is None or forum.status == Forum.Status.HELD:
            raise Http404
        form = DatesForm(posted_by(request), forum=forum)
        at, status = now(), 200
        if form.is_valid() and form.presses and form.cleaned_data["seen"]:
            try:
                return self._set(request, forum, form, at)
            except MovedMeanwhile as why:
                form.add_error(None, str(why))
                forum.refresh_from_db()
                status = 409
            except Refused as why:
                form.add_error(None, str(why))
        return self._dates_page(request, forum, form, at, status)

    def _set(self, request, forum, form, at):
        words = form.cleaned_data
        shown = {**form.days, "by": request.user, "at": at, "seen": words["seen"]}
        if forum.status == Forum.Status.ANNOUNCED:
            operations.date_forum(forum, **shown)
            said = _("The dates are set and the duties laid out.")
        else:
            more = {name: words[name] for name in ("reason", "authority")}
            operations.move_forum(forum, **shown, **more, **(form.chosen() or {"calls": [], "sessions": []}))
            said = _("The forum has moved. Those who were told an older day get one letter each.")
        messages.success(request, said)
        return redirect(reverse("admin:forums_forum_change", args=[forum.pk]))

    def _dates_page(self, request, forum, form, at, status):
        form.is_valid()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Set the dates") if forum.status == Forum.Status.ANNOUNCED else _("Move the forum"),
            "opts": self.opts,
            "forum": forum,
            "form": form,
            # What somebody signed out had typed is given back through it (imrf_portal/desk.py).
            "adminform": SimpleNamespace(form=form),
            "former": forum.former_dates.select_related("by"),
            **self._what_follows(forum, form, at),
        }
        part = "_follows" if request.htmx else "dates"
        return TemplateResponse(request, f"admin/forums/forum/{part}.html", context, status=status)

    def _what_follows(self, forum, form, at):
        if form.days is None:
            return {"plan": None}
        chosen = form.chosen()
        chosen = None if chosen is None else {thing for things in chosen.values() for thing in things}
        plan = operations.follows(forum, **form.days, at=at, chosen=chosen)
        return {
            "plan": plan,
            "is_move": forum.status != Forum.Status.ANNOUNCED,
            "is_same": plan.was == plan.becomes,
            "without_tables": not forum.round_tables.exists(),
            "told": people_told(forum, at=at) if forum.first_day else [],
            "followers": Follower.objects.standing().of(forum).count(),
        }
