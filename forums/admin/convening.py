"""The page on which a forum is convened or recorded as held: all that stands against it at once, before it is pressed."""

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
from forums.refusals import Refused, StandsAgainst
from forums.typed import posted_by

Status = Forum.Status


class Convening:
    """Mixed into the room of forums: one more page."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.convene_view)
        return [path("<int:pk>/convene/", page, name="forums_forum_convene"), *super().get_urls()]

    def convene_view(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        forum = Forum.objects.filter(pk=pk).first()
        if forum is None or forum.status not in (Status.DATED, Status.CONVENED):
            raise Http404
        typed = posted_by(request)
        if typed is None:
            return self._convening_page(request, forum)
        try:
            return self._convene(request, forum, typed)
        except StandsAgainst as against:
            return self._convening_page(request, forum, typed, left=against.reasons, status=409)
        except Refused as why:
            forum.refresh_from_db()
            return self._convening_page(request, forum, typed, refused=str(why), status=409)

    def _convene(self, request, forum, typed):
        if typed.get("seen") != seen_of(forum):
            raise Refused(_("Something changed since you looked, so nothing was done. Look again, then decide."))
        if "held" in typed:
            operations.record_held(forum, by=request.user, at=now())
            messages.success(request, _("The forum is recorded as held."))
        else:
            aside = {name.removeprefix("aside-"): text for name, text in typed.items() if name.startswith("aside-")}
            operations.convene(forum, by=request.user, at=now(), set_aside=aside)
            messages.success(request, _("The forum is convened. Those who follow the calendar are told."))
        return redirect(reverse("admin:forums_forum_change", args=[forum.pk]))

    def _convening_page(self, request, forum, typed=None, *, left=None, refused="", status=200):
        at = now()
        recorded = {override.rule: override for override in forum.overrides.select_related("by")}
        reasons = operations.against_convening(forum, at=at) if forum.status == Status.DATED else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Convene") if forum.status == Status.DATED else _("Record that the forum was held"),
            "opts": self.opts,
            "forum": forum,
            "seen": seen_of(forum),
            "reasons": [
                {
                    "reason": reason,
                    "override": recorded.get(reason.code) if reason.may_be_set_aside else None,
                    "typed": (typed or {}).get(f"aside-{reason.code}", ""),
                }
                for reason in reasons
            ],
            "left": left,
            "refused": refused,
            "is_over": bool(forum.last_day) and at.astimezone(forum.zone).date() > forum.last_day,
            "followers": Follower.objects.standing().of(forum).count(),
        }
        return TemplateResponse(request, "admin/forums/forum/convene.html", context, status=status)


def seen_of(forum) -> str:
    """A mark of what the page was made from."""
    return f"{forum.status}:{forum.edition_of_dates}"
