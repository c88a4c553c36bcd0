"""What the desk decides about a duty: met or not, waived by two people, taken back; each from its own page."""

from dataclasses import dataclass
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums import operations
from forums.admin import decisions as deciding
from forums.admin.decisions import Decision, Words
from forums.models import Follower, Milestone
from forums.operations.meeting import BY_DOCUMENT
from forums.refusals import MovedMeanwhile, Refused


class Day(Words):
    on = forms.DateField(label=_("Met on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Reason(Words):
    reason = forms.CharField(
        label=_("Reason (it is public once a second person agrees)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class TakenBack(Words):
    reason = forms.CharField(
        label=_("Why it is taken back"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


@dataclass(frozen=True)
class OfDuty(Decision):
    """A decision on a duty, which has no status of its own: whether it fits is asked of the duty and its waiver."""

    tells: bool = False  # those who follow the calendar

    def fits(self, duty) -> bool:
        return self.suits(duty)


def waiver_of(duty):
    """The waiver of a duty that waits or stands."""
    live = duty.waivers.filter(withdrawn_at__isnull=True).exclude(agreed=False).select_related("asked_by", "decided_by")
    return live.order_by("-asked_at").first()


def _waits(duty) -> bool:
    waiver = waiver_of(duty)
    return waiver is not None and waiver.is_open


def _is_second(user, duty) -> bool:
    waiver = waiver_of(duty)
    return waiver is not None and waiver.asked_by_id != user.pk


def _on_waiver(operation):
    def act(duty, **words):
        waiver = waiver_of(duty)
        if waiver is None:
            raise MovedMeanwhile(_("Nobody asks for a waiver of this duty any more. Open the page again."))
        waiver.milestone = duty
        return operation(waiver, **words)

    return act


def _anybody(user, duty) -> bool:
    return True


def _decision(key, label, done, act, suits, **more):
    return OfDuty(key, label, done, (), "", more.pop("may", _anybody), act, suits=suits, **more)


SECOND_PERSON = _("A second person decides: whoever asked for the waiver does not.")
DECISIONS = (
    _decision(
        "met",
        _("Record that it was met"),
        _("It is recorded as met."),
        operations.record_met,
        lambda duty: not duty.met_on and not duty.waived_because and duty.kind not in BY_DOCUMENT and duty.due_on,
        words=Day,
        tone="",
        tells=True,
    ),
    _decision(
        "unmet",
        _("It was not met"),
        _("It is no longer recorded as met."),
        operations.record_unmet,
        lambda duty: duty.met_on and duty.kind not in BY_DOCUMENT,
        tone="stop",
    ),
    _decision(
        "agree",
        _("Agree to the waiver"),
        _("The duty is waived."),
        _on_waiver(operations.agree_to_waiver),
        _waits,
        may=_is_second,
        for_whom=SECOND_PERSON,
        tone="",
        tells=True,
    ),
    _decision(
        "turn_down",
        _("Turn the waiver down"),
        _("The waiver is turned down; the duty stands."),
        _on_waiver(operations.turn_down_waiver),
        _waits,
        may=_is_second,
        for_whom=SECOND_PERSON,
        tone="stop",
    ),
    _decision(
        "ask",
        _("Ask for a waiver"),
        _("The waiver is asked for; it holds once a second person agrees."),
        operations.ask_waiver,
        lambda duty: not duty.met_on and not duty.waived_because and not _waits(duty),
        words=Reason,
    ),
    _decision(
        "take_back",
        _("Take the waiver back"),
        _("The waiver is taken back and stays in the history."),
        _on_waiver(operations.take_back_waiver),
        lambda duty: waiver_of(duty) is not None,
        words=TakenBack,
        tone="stop",
        tells=True,
    ),
)


def seen_of(duty) -> dict:
    """What a page of the desk shows it was made from."""
    waiver = waiver_of(duty)
    return {
        "duty": duty.sequence,
        "days": duty.forum.edition_of_dates,
        "waiver": f"{waiver.pk}-{waiver.agreed}" if waiver else "",
    }


class Deciding:
    """Mixed into the room of milestones: the page on which is said what became of a duty."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.decide_view)
        return [path("<int:pk>/decide/", page, name="forums_milestone_decide"), *super().get_urls()]

    def decide_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        duty = Milestone.objects.select_related("forum", "rule", "round_table", "responsible").filter(pk=pk).first()
        if duty is None:
            raise Http404
        if request.method != "POST":
            return self._duty_page(request, duty)
        if not self.has_change_permission(request, duty):
            raise PermissionDenied
        return self._decide(request, duty)

    def _decide(self, request, duty):
        decision = next((each for each in DECISIONS if each.key == request.POST.get("decision")), None)
        if decision is None:
            raise Http404
        if deciding.is_stale(request.POST, seen_of(duty)) or not decision.fits(duty):
            return self._duty_page(request, duty, stale=True, status=409)
        form = decision.asked(request.POST, duty)
        if form.is_valid():
            try:
                decision.act(duty, by=request.user, at=now(), **form.cleaned_data)
            except Refused as why:
                form.add_error(None, str(why))
                duty.refresh_from_db()
            else:
                messages.success(request, decision.done)
                return redirect(request.get_full_path())
        return self._duty_page(request, duty, pressed=decision, wrong=form, status=200)

    def _duty_page(self, request, duty, *, pressed=None, wrong=None, stale=False, status=200):
        data = request.POST if request.method == "POST" else None
        followers = Follower.objects.standing().of(duty.forum).count()
        may = self.has_change_permission(request, duty)
        panels = deciding.panels_of(
            DECISIONS if may else (),
            duty,
            letter_of=lambda decision: _whom_it_tells(decision, duty, followers),
            allowed=lambda decision: decision.may(request.user, duty),
            data=data,
            pressed=pressed,
            wrong=wrong,
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("What became of it"),
            "opts": self.opts,
            "duty": duty,
            "forum": duty.forum,
            "state": duty.state(now()),
            "waivers": duty.waivers.select_related("asked_by", "decided_by", "withdrawn_by"),
            "documents": duty.documents.all(),
            "by_document": duty.kind in BY_DOCUMENT,
            "may": may,
            "seen": seen_of(duty),
            "panels": panels,
            "refused": wrong.non_field_errors() if wrong and not pressed.may(request.user, duty) else "",
            "stale": [] if stale else None,
            "stale_sentence": deciding.stale_sentence(),
            "kept": deciding.left_over(DECISIONS, duty, data) if stale else [],
            "adminform": SimpleNamespace(form=SimpleNamespace(fields={})),
        }
        return TemplateResponse(request, "admin/forums/milestone/decide.html", context, status=status)


def _whom_it_tells(decision, duty, followers):
    public = decision.tells and (decision.key != "take_back" or duty.waived_because)
    if not public:
        return _("No letter goes out.")
    return ngettext(
        "%(n)d address that follows the calendar hears of it.",
        "%(n)d addresses that follow the calendar hear of it.",
        followers,
    ) % {"n": followers}
