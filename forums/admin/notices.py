"""A notice before it goes out: looked at in each language, or sent at once after a question."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from forums import notices
from forums.models import Milestone
from forums.operations import arranging
from forums.operations import milestones as telling
from forums.operations.letters import words_of
from forums.reading import SIX_LANGUAGES
from forums.refusals import Refused

SEE, ARRANGE, TELL = "forums.view_milestone", "forums.change_milestone", "forums.change_letter"
READ_LETTERS = "forums.view_letter"


def send(room, request, pk):
    """Asks before the next notice goes out at once: whom it tells, and in which words."""
    ask(request, TELL)
    milestone, at = milestone_of(pk), now()
    try:
        arranging.ask_whether_it_is_told(milestone)
        told = arranging.tell_now(milestone, at=at) if request.method == "POST" else None
    except Refused as why:
        messages.warning(request, str(why))
        return redirect(place_of(milestone, True))
    if told is not None:
        _say_who_was_told(request, told)
        return redirect(place_of(milestone, True))
    distance = arranging.next_notice(milestone, at)
    people = arranging.untold(milestone, distance)
    context = {
        "title": _("Send the next notice now"),
        "milestone": milestone,
        "distance": notices.in_words(distance),
        "instant": _instant_of(milestone, distance),
        "letters": [(one, _words(milestone, distance, one, one.language, at)) for one in people],
    }
    return page_of(room, request, "board_send", context)


def _say_who_was_told(request, told):
    if told:
        sentence = ngettext("%(n)d letter goes out now.", "%(n)d letters go out now.", told) % {"n": told}
        messages.success(request, sentence)
    else:
        messages.warning(request, _("Nobody was told: everybody had the letter of this notice already."))


class PreviewForm(forms.Form):
    """Which notice is to be looked at, in which language, as whom it tells."""

    milestone = forms.ModelChoiceField(Milestone.objects.select_related("forum", "responsible"))
    distance = forms.IntegerField(min_value=-4000, max_value=28)
    language = forms.ChoiceField(choices=[(code, code) for code in SIX_LANGUAGES], required=False)
    to = forms.EmailField(required=False)


def preview(room, request):
    """A notice exactly as it will be written, in each of the six languages; nothing is stored."""
    ask(request, SEE, READ_LETTERS)
    form = PreviewForm(request.GET)
    if not form.is_valid() or not telling.is_watched(form.cleaned_data["milestone"]):
        raise Http404
    milestone, distance = form.cleaned_data["milestone"], form.cleaned_data["distance"]
    people = telling.recipients(milestone, distance)
    chosen = next((one for one in people if one.email == form.cleaned_data["to"]), None) or next(iter(people), None)
    if chosen is None:
        raise Http404
    language = form.cleaned_data["language"] or chosen.language
    instant = _instant_of(milestone, distance)
    context = {
        "title": _("Preview of a notice"),
        "milestone": milestone,
        "distance": distance,
        "word": notices.in_words(distance),
        "instant": instant,
        "people": people,
        "chosen": chosen,
        "language": language,
        "languages": [get_language_info(code) for code in SIX_LANGUAGES],
        "words": _words(milestone, distance, chosen, language, max(instant, now())),
    }
    return page_of(room, request, "board_preview", context)


def _instant_of(milestone, distance):
    return notices.instant_of(milestone.due_on, distance, milestone.forum.zone)


def _words(milestone, distance, recipient, language, at):
    about = telling.letter_about(milestone, distance, recipient, at)
    return words_of(telling.LETTER, to=recipient.email, language=language, about=about)


# What these pages and the board share ------------------------------------------------------------------------------


def ask(request, *permissions):
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def milestone_of(pk):
    return get_object_or_404(Milestone.objects.select_related("forum", "responsible"), pk=pk)


def place_of(milestone, opens=False):
    """The row of this duty on the board, its notices unfolded or not."""
    query = f"?open={milestone.pk}" if opens else ""
    return f"{reverse('admin:forums_forum_board')}{query}#duty-{milestone.pk}"


def page_of(room, request, name, context):
    frame = {**room.admin_site.each_context(request), "opts": room.opts, "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, f"admin/forums/{name}.html", {**frame, **context})
