"""The desk's pages round a programme: lay out, release with a look at what changes and who is told, cancel, reinstate."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums import operations
from forums.admin.stale import mark
from forums.models import Follower, Forum, Session
from forums.programme.rules import remarks
from forums.programme.snapshot import drafts_of
from forums.programme.words import in_html_words
from forums.refusals import Refused

PLAN, CHANGE, RELEASE = "forums.add_session", "forums.change_session", "forums.add_release"


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note to readers"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    seen = forms.CharField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason, shown beside the session"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


def programme_of(forum) -> str:
    """The address of a forum's programme at the desk."""
    return f"{reverse('admin:forums_session_changelist')}?forum={forum.slug}"


def about_programme(room, request, forum) -> dict:
    """What stands above the sessions of a forum: what a release would change, what is missing, what may be done."""
    coming = operations.coming_release(forum)
    return {
        "forum": forum,
        "coming": coming,
        "changes": in_html_words(coming.changes, forum.zone),
        "remarks": remarks(list(drafts_of(forum)), forum),
        "may_plan": request.user.has_perm(PLAN),
        "may_release": request.user.has_perm(RELEASE) and bool(coming.changes or (coming.sessions and not coming.before)),
    }


def _ask(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied


def lay_out(room, request, slug):
    _ask(request, PLAN)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    forum = get_object_or_404(Forum, slug=slug)
    try:
        made = len(operations.lay_out_programme(forum))
    except Refused as why:
        messages.warning(request, str(why))
    else:
        done = ngettext("%(number)d session was planned.", "%(number)d sessions were planned.", made) % {"number": made}
        messages.success(request, done if made else _("Every session of the standard programme is planned already."))
    return redirect(programme_of(forum))


def release(room, request, slug):
    """Shows what becomes different and how many are told; releases it only as it was shown."""
    _ask(request, RELEASE)
    forum = get_object_or_404(Forum, slug=slug)
    about = about_programme(room, request, forum)
    seen = mark(about["coming"].sessions)
    form = ReleaseForm(request.POST or None, initial={"seen": seen})
    if form.is_valid():
        if form.cleaned_data["seen"] != seen:
            _show_again(form, seen)
        elif _done(request, form, forum):
            return redirect(programme_of(forum))
    followers = Follower.objects.standing().of(forum)
    told = {pace: followers.filter(pace=pace).count() for pace in Follower.Pace.values}
    about |= {"form": form, "told": told, "title": _("Release the programme")}
    return _page(room, request, "release", about)


def _show_again(form, seen):
    """The note stays; what was shown is replaced by what is planned now."""
    form.add_error(None, _("The programme changed while you had this page open. Look at the changes again, then release."))
    form.data = form.data.copy()
    form.data["seen"] = seen


def _done(request, form, forum):
    try:
        made = operations.release_programme(forum, by=request.user, at=now(), note=form.cleaned_data["note"])
    except Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _("Release %(number)d is out.") % {"number": made.number})
    return True


def cancel(room, request, pk):
    """Asks for the reason, then cancels; the public reads of it with the next release."""
    _ask(request, CHANGE)
    session = get_object_or_404(Session.objects.select_related("forum"), pk=pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            operations.cancel_session(session, reason=form.cleaned_data["reason"], at=now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("The session is cancelled. The public reads of it with the next release."))
            return redirect(programme_of(session.forum))
    about = {"form": form, "session": session, "forum": session.forum, "title": _("Cancel a session")}
    return _page(room, request, "cancel", about)


def reinstate(room, request, pk):
    _ask(request, CHANGE)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    session = get_object_or_404(Session.objects.select_related("forum"), pk=pk)
    try:
        operations.reinstate_session(session)
    except Refused as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("The session takes place after all. The public reads of it with the next release."))
    return redirect("admin:forums_session_change", session.pk)


def _page(room, request, name, about):
    context = {**room.admin_site.each_context(request), "opts": room.opts, **about}
    return TemplateResponse(request, f"admin/forums/session/{name}.html", context)
