"""Room: decisions on several inputs. The report of those carried out; the staged ones, taken out or released together."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import Choice, ReadOnlyRoom, badge
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import without_control
from submissions import operations
from submissions.admin.reading import Names
from submissions.admin.verdicts import DECISIONS
from submissions.models import DecisionLine, DecisionRound, Submission
from submissions.permissions import sees_reviewers

PER_PAGE = 50
State, Result = DecisionRound.State, DecisionLine.Result
TONES = {"open": "now", "asked": "wait", "working": "wait", "done": "done", "set_aside": "plain"}
TABS = {Result.SKIPPED: _("Skipped"), Result.WAITING: _("Waiting"), Result.DONE: _("Done"), Result.TAKEN_OUT: _("Taken out")}
LABELS = {decision.key: decision.label for decision in DECISIONS}


class StateFilter(Choice):
    title, parameter_name = _("state"), "is"

    def lookups(self, request, model_admin):
        return State.choices

    def narrow(self, request, queryset, value):
        return queryset.filter(state=value)


@admin.register(DecisionRound)
class RoundRoom(ReadOnlyRoom):
    list_display = ("name", "call", "condition", "whose", "at")
    list_select_related = ("call__forum", "by")
    list_filter = (StateFilter,)
    ordering = ("-at", "-pk")

    def get_queryset(self, request):
        """Not those all of whose inputs are hidden from this person: a list never tells of them."""
        rounds = DecisionRound.objects.visible_to(request.user)
        seen = DecisionLine.objects.visible_to(request.user).values("round")
        return rounds.filter(pk__in=seen).order_by(*self.ordering)

    def get_list_display(self, request):
        shown = [name for name in self.list_display if name != "whose" or sees_reviewers(request.user)]
        return tuple(shown)

    @admin.display(description=_("state"), ordering="state")
    def condition(self, made):
        return badge(made.get_state_display(), TONES[made.state])

    @admin.display(description=_("by"), ordering="by")
    def whose(self, made):
        return made.by

    def history_view(self, request, object_id, extra_context=None):
        """Names who decided, so only those who oversee the reviews read it."""
        if not sees_reviewers(request.user):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = unquote(object_id)
        rounds = self.get_queryset(request).select_related("call__forum", "by", "released_by")
        made = rounds.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if made is None:
            raise Http404
        return self._press(request, made) if request.method == "POST" else self._page(request, made)

    def _press(self, request, made):
        pressed, at = request.POST.get("decision"), now()
        try:
            if pressed == "release":
                operations.release_round(made, by=request.user, at=at)
                look_soon("submissions.tasks.announce_steps")
                messages.success(request, _t("All of it is announced; the letters go out now."))
            elif pressed == "take_out":
                self._take_out(request, made, at)
            elif pressed == "aside" and made.together and made.state == State.OPEN:
                self._ask_whether_theirs(request, made.by_id)
                operations.set_round_aside(made, by=request.user, at=at)
                messages.success(request, _t("The round is set aside; nobody was told."))
            else:
                raise Http404
        except Refused as why:
            made.refresh_from_db()
            return self._page(request, made, [str(each) for each in getattr(why, "reasons", [why])], 409)
        return redirect(request.path)

    def _take_out(self, request, made, at):
        lines = DecisionLine.objects.visible_to(request.user).filter(round=made)
        line = next((each for each in lines if str(each.pk) == request.POST.get("line")), None)
        if line is None:
            raise Http404
        self._ask_whether_theirs(request, line.by_id)
        reason = without_control(request.POST.get("reason", ""))[:500]
        operations.take_out_line(line, by=request.user, at=at, reason=reason)
        messages.success(request, _t("It is taken out; nobody was told."))

    @staticmethod
    def _ask_whether_theirs(request, by_id):
        """Whoever decided takes it back; so do editors."""
        if by_id != request.user.pk and not request.user.has_perm("submissions.publish_submission"):
            raise PermissionDenied

    def _page(self, request, made, against=(), status=200):
        seen = DecisionLine.objects.visible_to(request.user).filter(round=made)
        counts = dict(seen.order_by().values_list("result").annotate(Count("pk")))
        asked = request.GET.get("tab")
        tab = asked if asked in TABS else next((name for name in TABS if counts.get(name)), Result.DONE)
        lines = seen.filter(result=tab).select_related("submission__organisation", "by").order_by("submission__reference")
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        names, stale = Names(request.user, sees_reviewers(request.user)), operations.stale_lines(made)
        for line in page.object_list:
            line.label, line.who, line.is_stale = (
                LABELS.get(line.decision, line.decision),
                names.of(line.by),
                line.pk in stale,
            )
        context = {
            **self.admin_site.each_context(request),
            "title": made.name,
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "made": made,
            "tone": TONES[made.state],
            "tabs": [(name, word, counts.get(name, 0)) for name, word in TABS.items() if counts.get(name)],
            "tab": tab,
            "page": page,
            "query": f"tab={tab}",
            "against": against,
            "whose": names.of(made.by),
            "released_by": names.of(made.released_by) if made.released_by_id else "",
            "back": f"{reverse('admin:submissions_submission_changelist')}{'?' if made.came_from else ''}{made.came_from}",
            "stale": bool(stale) and made.together,
            **self._what_may_be_pressed(request, made, counts),
        }
        return TemplateResponse(request, "admin/submissions/decisionround/page.html", context, status=status)

    @staticmethod
    def _what_may_be_pressed(request, made, counts):
        is_open = made.together and made.state == State.OPEN
        editor = request.user.has_perm("submissions.publish_submission")
        own = made.by_id == request.user.pk or made.lines.waiting().filter(by=request.user).exists()
        return {
            "is_open": is_open,
            "may_release": is_open and editor and not own and counts.get(Result.WAITING),
            "is_own": is_open and own,
            "may_set_aside": is_open and (editor or made.by_id == request.user.pk),
            "editor": editor,
        }


def waiting_rounds(user):
    """Rounds that wait to be released by somebody else than those who decided."""
    seen = Submission.objects.visible_to(user).values("pk")
    lines = DecisionLine.objects.waiting().filter(round__in=DecisionRound.objects.open(), submission__in=seen)
    return DecisionRound.objects.open().filter(pk__in=lines.values("round")).exclude(by=user)
