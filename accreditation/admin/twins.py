"""Room: possible twins. Two records whose names are alike; the desk says that they are two, or merges them."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import operations
from accreditation.admin.merges import MERGE
from accreditation.likeness import REASONS
from accreditation.models import Resemblance
from accreditation.permissions import may_merge, may_settle_twins
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.refusals import Refused
from forums.templatetags.moments import moment

TONES = {"open": "wait", "different": "plain", "same": "done"}
ACTS = {"different": operations.settle_as_different, "again": operations.look_again}


@admin.register(Resemblance)
class TwinsRoom(ReadOnlyRoom):
    list_display = ("pair", "score", "why", "found", "state")
    list_select_related = ("organisation", "other")
    list_filter = ("verdict",)
    search_fields = ("organisation__name", "other__name")
    ordering = ("-found_at", "-pk")
    actions = ("settle",)

    def has_settle_permission(self, request):
        return request.user.has_perm("accreditation.change_resemblance")

    @admin.display(description=_("later and earlier record"))
    def pair(self, twins):
        return str(twins)

    @admin.display(description=_("why"))
    def why(self, twins):
        return REASONS.get(twins.reason, twins.reason)

    @admin.display(description=_("found"), ordering="found_at")
    def found(self, twins):
        return moment(twins.found_at, "UTC")

    @admin.display(description=_("verdict"), ordering="verdict")
    def state(self, twins):
        return badge(twins.get_verdict_display(), TONES[twins.verdict])

    @admin.action(description=_("The selected pairs are two organisations each"), permissions=["settle"])
    def settle(self, request, queryset):
        def settle(twins):
            if not may_settle_twins(request.user, twins.organisation, twins.other):
                raise Refused(_("Nobody settles this about an organisation they belong to."))
            operations.settle_as_different(twins, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            settle,
            lambda n: ngettext("%(n)d pair was settled.", "%(n)d pairs were settled.", n) % {"n": n},
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Both records side by side; two organisations, or one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        twins = self.get_object(request, unquote(object_id))
        if twins is None:
            raise Http404
        wrong = ""
        if request.method == "POST":
            act = ACTS.get(request.POST.get("decision"))
            if act is None or not may_settle_twins(request.user, twins.organisation, twins.other):
                raise Http404
            try:
                act(twins, by=request.user, at=now())
            except Refused as why:
                wrong = str(why)
                twins.refresh_from_db()
            else:
                messages.success(request, _("It was settled."))
                return redirect(request.get_full_path())
        return self._page(request, twins, wrong)

    def _page(self, request, twins, wrong):
        both = (twins.organisation, twins.other)
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": twins,
            "twins": twins,
            "title": str(twins),
            "both": both,
            "why": self.why(twins),
            "tone": TONES[twins.verdict],
            "wrong": wrong,
            "may_settle": may_settle_twins(request.user, *both),
            "may_merge": request.user.has_perm(MERGE) and may_merge(request.user, *both),
        }
        template = "admin/accreditation/resemblance/pair.html"
        return TemplateResponse(request, template, context, status=409 if wrong else 200)
