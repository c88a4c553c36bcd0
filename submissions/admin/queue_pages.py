"""What stands round the list of the queue: counts, saved views, chosen columns, the help sheet. All without a script."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.refusals import Refused
from forums.typed import without_control
from submissions import operations, permissions
from submissions.admin import columns
from submissions.admin.choices import NO_VIEW, chosen_by, columns_for, worth_keeping
from submissions.admin.counting import counts_of
from submissions.admin.filters import asker_of
from submissions.admin.search_help import examples, flags, keys_of_search
from submissions.models import SavedView
from submissions.models.known_open import ask_what_is_closed

LIST = "admin:submissions_submission_changelist"


class QueuePages:
    """Mixed into the queue."""

    def get_urls(self):
        pages = {"search-help": require_safe(self.help_view), "columns": self.columns_view, "views": self.views_view}
        own = [
            path(f"{name}/", self.admin_site.admin_view(page), name=f"submissions_submission_{name.replace('-', '_')}")
            for name, page in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """The whole width belongs to the list; an address that asks for nothing opens the view this person starts with."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "GET":
            ask_what_is_closed(request.user)
        chosen = chosen_by(request)
        start = chosen.view(chosen.start)
        if start and request.method == "GET" and not request.GET:
            return redirect(reverse(LIST) + start["url"])
        open_view = chosen.view(request.GET.get("view", ""))
        if request.GET.get("view", NO_VIEW) != NO_VIEW and open_view is None:
            messages.warning(request, _("That saved view is not there any more, or is not shared with you."))
        about = {"is_nav_sidebar_enabled": False, "chosen": chosen, "open_view": open_view, "no_view": NO_VIEW}
        answer = super().changelist_view(request, {**about, **(extra_context or {})})
        context = getattr(answer, "context_data", None) or {}
        if "cl" in context:
            troubles = getattr(request, "not_understood", ())
            context["troubles"] = troubles
            context["counts"] = [] if troubles else counts_of(request, context["cl"])
        return answer

    # Pages ------------------------------------------------------------------------------------------------------------

    def help_view(self, request):
        """The help sheet: keys of the search line with examples to follow, and keys of the keyboard."""
        self._enter(request)
        about = {"keys": keys_of_search(asker_of(request)), "flags": flags(), "examples": examples()}
        return self._page(request, "search_help", _("Searching the queue, and its keys"), about)

    def columns_view(self, request):
        """Which columns this person sees and whether single keys act; kept for them on the server."""
        self._enter(request)
        if request.method == "POST":
            return self._choose(request)
        shown = columns.known(chosen_by(request).columns) or list(columns.USUAL)
        offered = [*shown, *(name for name in columns.ALL if name not in shown)]
        rows = [
            {"name": name, "label": self.export_title(name), "shown": name in shown, "place": place}
            for place, name in enumerate(offered, 1)
        ]
        return self._page(request, "columns", _("Columns and keys of the queue"), {"rows": rows})

    def views_view(self, request):
        """The views this person may open; one's own are renamed, shared and deleted here."""
        self._enter(request)
        if request.method == "POST":
            return self._act_on_view(request)
        about = {"may_share": permissions.may_share_views(request.user)}
        return self._page(request, "views", _("Saved views of the queue"), about)

    def _enter(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request, name, title, about):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "chosen": chosen_by(request)}
        context |= {"is_nav_sidebar_enabled": False, "list_url": reverse(LIST), "no_view": NO_VIEW, **about}
        return TemplateResponse(request, f"admin/submissions/submission/{name}.html", context)

    # What was pressed -------------------------------------------------------------------------------------------------

    def _choose(self, request):
        act = request.POST.get("act", "")
        if act == "reset":
            operations.choose_columns(by=request.user, columns=[])
        elif act == "columns":
            operations.choose_columns(by=request.user, columns=_in_order(request.POST))
        elif act == "keys":
            operations.choose_keys(by=request.user, on=request.POST.get("keys") == "on")
        else:
            raise Http404
        messages.success(request, _("Your choice is kept."))
        return redirect(request.path)

    def _act_on_view(self, request):
        try:
            answer = VERBS[request.POST.get("act", "")](request)
        except KeyError:
            raise Http404 from None
        except Refused as why:
            messages.error(request, str(why))
            return redirect(request.path)
        return redirect(answer or request.path)


def _in_order(posted) -> list:
    """The ticked columns by the places typed beside them; equal and missing places stay in the order of the page."""

    def place(name):
        typed = posted.get(f"place-{name}", "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 999

    return columns.known(sorted(columns.known(posted.getlist("column")), key=place))


# Verbs on views -------------------------------------------------------------------------------------------------------


def save(request):
    asked, chosen = worth_keeping(without_control(request.POST.get("query", ""))), chosen_by(request)
    request.GET = request.GET.copy()
    request.GET["view"] = without_control(request.POST.get("view", ""))
    shown = columns_for(request, oversees=True)
    name = without_control(request.POST.get("name", ""))
    wants = {"query": asked, "columns": shown if chosen.columns or chosen.view(request.GET["view"]) else []}
    view = operations.save_view(by=request.user, name=name, shared="shared" in request.POST, at=now(), **wants)
    messages.success(request, _("The view is saved."))
    return f"{reverse(LIST)}?{urlencode({'view': view.pk})}{'&' if asked else ''}{asked}"


def rename(request):
    operations.rename_view(_own(request), by=request.user, name=without_control(request.POST.get("name", "")), at=now())
    messages.success(request, _("The view has another name."))


def share(request, shared=True):
    operations.share_view(_own(request), by=request.user, shared=shared, at=now())
    messages.success(request, _("The team sees the view.") if shared else _("The view is yours alone again."))


def unshare(request):
    share(request, shared=False)


def delete(request):
    operations.delete_view(_own(request), by=request.user)
    messages.success(request, _("The view is deleted."))


def start(request):
    key = request.POST.get("pk", "")
    view = None if key == NO_VIEW else _of(request, SavedView.objects.visible_to(request.user))
    operations.start_with(view, by=request.user)
    messages.success(request, _("The queue opens with it from now on.") if view else _("The queue opens as a whole again."))


VERBS = {"save": save, "rename": rename, "share": share, "unshare": unshare, "delete": delete, "start": start}


def _own(request):
    return _of(request, SavedView.objects.filter(owner=request.user))


def _of(request, views):
    """The view that was pressed, or a missing page."""
    key = request.POST.get("pk", "")
    view = views.filter(pk=key).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if view is None:
        raise Http404
    return view
