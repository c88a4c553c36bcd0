"""Assigning at the desk: an action of the queue leads to a page that shows who would get what, and does exactly that."""

import json
from hashlib import sha256
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.admin.rooms import MOST_AT_ONCE
from submissions import permissions
from submissions.assigning.candidates import candidates, classed
from submissions.assigning.planning import WAYS, WHY, Plan, plan
from submissions.models import Assignment, Submission
from submissions.operations.sharing_out import carry_out, rules_in_order

MOST_SAID = 25


class Assigning:
    """Mixed into the queue: the action, and the page behind it."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.assign_view)
        return [path("assign/", page, name="submissions_submission_assign"), *super().get_urls()]

    def has_assign_permission(self, request):
        return permissions.sees_reviewers(request.user)

    @admin.action(description=_("Assign the selected inputs"), permissions=["assign"])
    def assign(self, request, queryset):
        """Leads to the page that first shows who would get what."""
        keys = [str(key) for key in queryset.order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1]]
        if len(keys) > MOST_AT_ONCE:
            messages.warning(request, _("Choose at most %(most)d at once. Nothing was done.") % {"most": MOST_AT_ONCE})
            return None
        return self._assign_page(request, Asked(request.user, keys, {}), filters=request.GET.urlencode())

    def assign_view(self, request):
        """Look at a plan, or carry it out as it was shown; where something changed since, the new plan is shown first."""
        if not self.has_assign_permission(request):
            raise PermissionDenied
        said = request.POST if request.method == "POST" else request.GET
        filters = said.get("_changelist_filters", "")[:2000]
        asked = Asked(request.user, said.getlist("pk")[:MOST_AT_ONCE], said)
        if not asked.things:
            raise Http404
        if request.method != "POST" or "carry_out" not in said:
            return self._assign_page(request, asked, filters=filters)
        if said.get("shown") != asked.mark:
            return self._assign_page(request, asked, filters=filters, stale=True)
        report(request, asked.plan, carry_out(asked.plan, by=request.user, at=now()))
        address = reverse("admin:submissions_submission_changelist")
        return redirect(f"{address}?{filters}" if filters else address)

    def _assign_page(self, request, asked, *, filters, stale=False):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Assign inputs to reviewers"),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "filters": filters,
            "asked": asked,
            "ways": WAYS,
            "stale": stale,
            "skipped": [(thing, WHY[why]) for thing, why in asked.plan.skipped],
            "earlier": asked.earlier(),
        }
        template = "admin/submissions/submission/assign.html"
        return TemplateResponse(request, template, context, status=409 if stale else 200)


class Asked:
    """What was chosen on the page: inputs this person may see, the way, the people; and the plan that follows."""

    def __init__(self, user, keys, said):
        keys = [key for key in keys if _is_key(key)]
        seen = Submission.objects.visible_to(user).filter(pk__in=keys).order_by("received_at", "pk")
        self.things, self.people = classed(seen), candidates(localdate())
        self.way = said.get("way") if said.get("way") in WAYS else "by_work"
        self.again = bool(said.get("again"))
        known, one = {candidate.pk for candidate in self.people}, said.get("to", "")
        everybody = not said or "shown" not in said  # the page was not there yet
        several = [str(key) for key in known] if everybody else said.getlist("chosen")
        chosen = [one] if self.way == "one" else several
        self.to = int(one) if one.isdecimal() and len(one) < 10 else None
        self.chosen = [int(key) for key in chosen if key.isdecimal() and len(key) < 10 and int(key) in known]
        for candidate in self.people:
            candidate.against = sum(candidate.is_in_conflict(thing) for thing in self.things)
            candidate.outside = sum(not candidate.works_on(thing) for thing in self.things)
        rules = rules_in_order() if self.way == "rules" else ()
        how = {"way": self.way, "chosen": self.chosen, "again": self.again, "rules": rules}
        self.plan: Plan = plan(self.things, self.people, **how)

    @property
    def mark(self) -> str:
        """What a page shows it was made from; another plan has another mark."""
        return sha256(json.dumps([self.way, self.plan.lines()]).encode()).hexdigest()

    def earlier(self) -> list:
        """Who had the one input before; of several nothing is said."""
        if len(self.things) != 1:
            return []
        return list(Assignment.objects.filter(submission=self.things[0]).select_related("to", "was", "by")[:50])


def _is_key(key) -> bool:
    try:
        return bool(UUID(key))
    except ValueError:
        return False


def report(request, made, done):
    """Say what was done, what was skipped, and why."""
    given = [(thing, candidate) for thing, candidate, why in done if not why]
    skipped = [(thing, why) for thing, _candidate, why in done if why] + [(t, WHY[why]) for t, why in made.skipped]
    if given:
        _say_given(request, made, given)
    for thing, why in skipped[:MOST_SAID]:
        messages.warning(request, format_html(_("Skipped <bdi>{row}</bdi>: {why}"), row=str(thing), why=str(why)))
    if len(skipped) > MOST_SAID:
        n = len(skipped) - MOST_SAID
        messages.warning(request, ngettext("%(n)d more was skipped.", "%(n)d more were skipped.", n) % {"n": n})


def _say_given(request, made, given):
    if made.way == "nobody":
        n = len(given)
        messages.success(request, ngettext("%(n)d input is nobody’s now.", "%(n)d inputs are nobody’s now.", n) % {"n": n})
        return
    shares = {}
    for _thing, candidate in given:
        shares.setdefault(candidate.pk, [candidate.person, 0])[1] += 1
    said = format_html_join(" · ", "<bdi>{}</bdi> {}", shares.values())
    n = len(given)
    words = ngettext("%(n)d input was given out.", "%(n)d inputs were given out.", n) % {"n": n}
    messages.success(request, format_html("{} {}", words, said))
