"""Room: requests for a second person. What is asked, exactly; agreed to, turned down or taken back on its own page."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.rooms import Choice, ReadOnlyRoom, badge
from forums.models import SecondPersonRequest
from forums.refusals import Refused
from forums.second_person import act_of, seen_by
from forums.typed import posted_by

TONES = {"agreed": "done", "turned_down": "stop", "stale": "stop", "ran_out": "plain", "taken_back": "plain"}


class AnswerForm(forms.Form):
    use_required_attribute = False
    answer = forms.CharField(
        label=_("Why you do not agree (whoever asked reads it)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class WaitingFilter(Choice):
    title, parameter_name = _("state"), "waits"

    def lookups(self, request, model_admin):
        return [("others", _("Waits for a second person")), ("no", _("Decided"))]

    def narrow(self, request, queryset, value):
        if value == "others":
            return queryset.undecided(now()).exclude(asked_by=request.user)
        return queryset.filter(decided_at__isnull=False)


@admin.register(SecondPersonRequest)
class SecondPersonRoom(ReadOnlyRoom):
    list_display = ("what", "asked_by", "asked_at", "expires_at", "state")
    list_select_related = ("asked_by",)
    list_filter = (WaitingFilter,)
    ordering = ("-asked_at", "-pk")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(seen_by(request.user))

    @admin.display(description=_("what is asked"), ordering="act")
    def what(self, request):
        act = act_of(request.act)
        return act.name if act else request.act

    @admin.display(description=_("state"))
    def state(self, request):
        return badge(*state_of(request, now()))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, unquote(object_id))
        if found is None or act_of(found.act) is None:
            raise Http404
        typed = posted_by(request)
        if typed is None:
            return self._page(request, found, AnswerForm())
        return self._press(request, found, typed)

    def _press(self, request, found, typed):
        verbs = {
            "agree": operations.agree_as_second,
            "turn_down": operations.turn_down_as_second,
            "take_back": operations.take_back_request,
        }
        verb = verbs.get(typed.get("decision"))
        if verb is None:
            raise Http404
        more = {"answer": typed.get("answer", "")} if typed["decision"] == "turn_down" else {}
        try:
            decided = verb(found, by=request.user, at=now(), **more)
        except Refused as why:
            return self._page(request, self.get_object(request, str(found.pk)), AnswerForm(typed), str(why), 409)
        tell = messages.success if decided.outcome in ("agreed", "turned_down", "taken_back") else messages.error
        tell(request, decided.get_outcome_display())
        return redirect(request.path)

    def _page(self, request, found, form, wrong="", status=200):
        act, at = act_of(found.act), now()
        word, tone = state_of(found, at)
        mine = found.asked_by_id == request.user.pk
        waits = found.decided_at is None and found.expires_at > at
        context = {
            **self.admin_site.each_context(request),
            "title": act.name,
            "opts": self.opts,
            "found": found,
            "words": act.words(found.args),
            "about": act.page(found.args),
            "word": word,
            "tone": tone,
            "form": form,
            "wrong": wrong,
            "may_decide": waits and not mine and request.user.has_perm(act.permission),
            "may_take_back": waits and mine,
            "waits": waits,
        }
        return TemplateResponse(request, "admin/forums/secondpersonrequest/page.html", context, status=status)


def state_of(request, at):
    """The word and the tone of where a request stands."""
    if request.decided_at is not None:
        return request.get_outcome_display(), TONES[request.outcome]
    if request.expires_at <= at:
        return _("Ran out"), "plain"
    return _("Waits for a second person"), "wait"
