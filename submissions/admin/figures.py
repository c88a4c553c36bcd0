"""Figures at the desk: a page for those who oversee the reviews, with one's own line for each reviewer; and as CSV."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from submissions import permissions
from submissions.admin.batches import csv_file
from submissions.assigning import figures
from submissions.assigning.suggesting import to_be_handed_over

HEIGHT, BAR, GAP = 120, 16, 4


class Figures:
    """Mixed into the queue."""

    def get_urls(self):
        page = self.admin_site.admin_view(require_safe(self.figures_view))
        table = self.admin_site.admin_view(require_safe(self.figures_csv))
        return [
            path("figures/", page, name="submissions_submission_figures"),
            path("figures.csv", table, name="submissions_submission_figures_csv"),
            *super().get_urls(),
        ]

    def figures_view(self, request):
        user, at = request.user, now()
        oversees, found = _ask_whether_may(user), figures.told(user, at)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Figures of the reviews"),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "oversees": oversees,
            "people": figures.reviewers(found, only=None if oversees else user),
        }
        if oversees:
            weeks = figures.backlog(found, localdate())
            context |= {"stages": figures.stages(found), "weeks": weeks, "drawing": bars(weeks)}
            context |= {"hand_over": to_be_handed_over(user, at=at)}
        return TemplateResponse(request, "admin/submissions/submission/figures.html", context)

    def figures_csv(self, request):
        """The same as one table: what, of whom or when, which figure, value. Days with a point, for programs."""
        user, at = request.user, now()
        oversees, found = _ask_whether_may(user), figures.told(user, at)
        lines = [["part", "of", "figure", "value"]]
        if oversees:
            for stage in figures.stages(found):
                named = {"left": stage.left, "median_days": stage.median, "days_of_95_percent": stage.most}
                named |= {"now": stage.now, "oldest_days": stage.oldest}
                lines += [["stage", stage.status, name, _number(value)] for name, value in named.items()]
            lines += [["backlog", day.isoformat(), "waiting", count] for day, count in figures.backlog(found, localdate())]
        for line in figures.reviewers(found, only=None if oversees else user):
            named = {"open": line.open, "oldest_days": line.oldest, "decided": line.decided, "median_days": line.median}
            lines += [["reviewer", str(line.person), name, _number(value)] for name, value in named.items()]
        return csv_file("imrf-reviews.csv", lines)


def _ask_whether_may(user) -> bool:
    """Whether this person oversees the reviews; PermissionDenied for those who neither do nor review."""
    oversees = permissions.sees_reviewers(user)
    if not (oversees or user.has_perm("submissions.review_submission")):
        raise PermissionDenied
    return oversees


def _number(value):
    return "" if value is None else round(float(value), 2)


def bars(weeks) -> dict:
    """A drawing of the weeks: a bar each, its height as the number; drawn from the start to the end of a line."""
    top = max((count for _day, count in weeks), default=0) or 1
    drawn = []
    for place, (day, count) in enumerate(weeks):
        height = round(count * HEIGHT / top)
        words = _t("%(day)s: %(n)d") % {"day": date_format(day), "n": count}
        drawn.append({"x": place * (BAR + GAP), "y": HEIGHT - height, "height": height, "words": words})
    return {"bars": drawn, "width": len(weeks) * (BAR + GAP) - GAP, "height": HEIGHT, "bar": BAR, "top": top}
