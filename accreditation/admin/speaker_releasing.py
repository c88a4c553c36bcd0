"""The page before speakers are released: as what everybody will be answered, what stands against it, how many letters go."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.admin.confirming_many import ConfirmationOfMany
from accreditation.admin.speaker_choice import CHOOSE, address_of
from accreditation.entrance import typed_before
from accreditation.models import SpeakingRequest
from accreditation.notifications import speakers
from accreditation.participation import balance, choosing, looking
from forums.hints import look_soon
from forums.refusals import MovedMeanwhile, Refused, StandsAgainst
from forums.typed import without_control

Status = SpeakingRequest.Status


class ReleaseForm(forms.Form):
    use_required_attribute = False
    note = forms.CharField(
        label=gettext_lazy("Note for the desk"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_note(self):
        return without_control(self.cleaned_data["note"]).replace("\r\n", "\n")


def page(room, request, session):
    """Shows what everybody will be answered; releases it only as it was shown, once."""
    if not request.user.has_perm(CHOOSE):
        raise Http404
    form = ReleaseForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            if (letters := _release(room, request, session, form.cleaned_data)) is not None:
                return letters
        except MovedMeanwhile as why:
            form.add_error(None, str(why))
            status = 409
        except StandsAgainst:  # the page names what stands against it
            status = 409
        except Refused as why:
            form.add_error(None, str(why))
        else:
            look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters")
            number = choosing.last_release(session)
            messages.success(request, _("Release %(number)d is out: everybody is answered.") % {"number": number})
            return redirect(address_of(session))
    return _shown(room, request, session, form, status)


def _release(room, request, session, words):
    """The page with the letters, or None once it is released."""
    at = now()

    def look(letters):
        return looking.before_release(session, letters, seen=words["seen"], by=request.user, at=at)

    def act(letters):
        choosing.release(session, **words, letters=letters, by=request.user, at=at)

    label, back = _("Release the speakers"), address_of(session, "release")
    return ConfirmationOfMany(room, request, label, str(session), look, act, back).carry_out()


def _shown(room, request, session, form, status):
    wishes = list(choosing.requests_of(session))
    coming = [wish for wish in wishes if wish.staged]
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = choosing.seen_of_all(session, wishes)
    else:
        form.initial["note"] = (typed_before(request, request.path) or {}).get("note", "")
        form.initial["seen"] = choosing.seen_of_all(session, wishes)
    bodies = {wish.accreditation.organisation_id for wish in coming}
    context = {
        **room.admin_site.each_context(request),
        "title": _("Release the speakers"),
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "session": session,
        "forum": session.forum,
        "choice_page": address_of(session),
        "form": form,
        "answers": [(word, [one for one in _in_order(coming) if one.staged == to]) for to, word in _words()],
        "against": choosing.stands_against(wishes, now()),
        "letters": speakers().filter(organisation__in=bodies).count(),
        "number": choosing.last_release(session) + 1,
        "figures": balance.balance(wishes),
    }
    return TemplateResponse(request, "admin/accreditation/speakingrequest/release.html", context, status=status)


def _words():
    return SpeakingRequest._meta.get_field("staged").choices


def _in_order(wishes):
    """By the alphabet; the reserve list by its places."""
    return sorted(wishes, key=lambda wish: (wish.reserve_position or 0) if wish.staged == Status.RESERVE else 0)
