"""The board of forums: what is due, who answers for it, what is told to whom and when, and what became of it."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext as _

from forums import board
from forums.admin.notices import ARRANGE, SEE, TELL, ask, milestone_of, page_of, place_of, preview, send
from forums.models import Forum
from forums.operations import arranging
from forums.refusals import Refused


class Board:
    """Mixed into the room of forums: the board and what is pressed on it."""

    def get_urls(self):
        def page(route, view, name):
            return path(f"board/{route}", self.admin_site.admin_view(partial(view, self)), name=f"forums_forum_{name}")

        return [
            page("", show, "board"),
            page("preview/", preview, "board_preview"),
            page("<int:pk>/responsible/", answer_for, "board_responsible"),
            page("<int:pk>/hold/", hold, "board_hold"),
            page("<int:pk>/release/", release, "board_release"),
            page("<int:pk>/edit/", edit, "board_edit"),
            page("<int:pk>/send/", send, "board_send"),
            *super().get_urls(),
        ]


def show(room, request):
    """All forums with their duties; those that were held are folded."""
    ask(request, SEE)
    courses = board.courses(now())
    held = Forum.Status.HELD
    context = {
        "title": _("Board of forums"),
        "courses": [course for course in courses if course.forum.status != held],
        "held": [course for course in courses if course.forum.status == held],
        "staff": list(board.staff()),
        "opened": request.GET.get("open", ""),
    }
    return page_of(room, request, "board", context)


# What the desk arranges ----------------------------------------------------------------------------------------------


class ResponsibleForm(forms.Form):
    """Who answers for a duty from now on, and who did when the board was shown."""

    responsible = forms.ModelChoiceField(None, required=False)
    seen = forms.IntegerField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = board.staff()


def answer_for(room, request, pk):
    def act(milestone):
        form = ResponsibleForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose somebody who works at the desk."))
        person = form.cleaned_data["responsible"]
        arranging.make_responsible(milestone, person, seen=form.cleaned_data["seen"])
        if person is None:
            return _("Nobody answers for “%(duty)s” now.") % {"duty": milestone}
        return _("%(name)s answers for “%(duty)s” now.") % {"name": person, "duty": milestone}

    return _arranged(request, pk, ARRANGE, act)


def hold(room, request, pk):
    def act(milestone):
        arranging.hold_notices(milestone)
        return _("Nobody is told of “%(duty)s” until its notices are released.") % {"duty": milestone}

    return _arranged(request, pk, ARRANGE, act, opens=True)


def release(room, request, pk):
    def act(milestone):
        arranging.release_notices(milestone)
        return _("The notices of “%(duty)s” go out again.") % {"duty": milestone}

    return _arranged(request, pk, ARRANGE, act, opens=True)


def edit(room, request, pk):
    """Write the next notice for its day, held, and open it where its words are changed."""
    letters = []

    def act(milestone):
        letters.extend(arranging.write_ahead(milestone, at=now()))
        return _("The next notice is written and held. Change its words, then release it: it goes out on its day.")

    answer = _arranged(request, pk, TELL, act, opens=True)
    return redirect("admin:forums_letter_rewrite", letters[0].pk) if len(letters) == 1 else answer


def _arranged(request, pk, permission, act, *, opens=False):
    """One verb on one duty, pressed on the board; back to its place there, with a sentence of what was done or why not."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask(request, permission)
    milestone = milestone_of(pk)
    try:
        messages.success(request, act(milestone))
    except Refused as why:
        messages.warning(request, str(why))
    return redirect(place_of(milestone, opens))
