"""The page on which the speakers of a session are chosen: wishes by the alphabet, balance beside them, a choice for each.

Whoever saves changes only the lines that they touched. A line that somebody else changed meanwhile is not overwritten: it
comes back with what was typed beside what now stands there.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.models import Organisation, SpeakingRequest
from accreditation.operations.deciding import MOVING_UP
from accreditation.participation import balance, choosing
from accreditation.templatetags.participation import participation_tone
from forums.admin.rooms import MOST_SHOWN
from forums.admin.stale import mark
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import one_line

CHOOSE = "accreditation.choose_speakers"
Status = SpeakingRequest.Status
TYPED = ("choice", "place", "reason")
WORDS = dict(SpeakingRequest._meta.get_field("staged").choices)


class ChoiceForm(forms.Form):
    """What is staged for one wish; `was` marks what the page showed, `seen` the wish it was made from."""

    use_required_attribute = False
    choice = forms.ChoiceField(label=gettext_lazy("Choice"), required=False)
    place = forms.IntegerField(label=gettext_lazy("Place on the reserve list"), required=False, min_value=1, max_value=999)
    reason = forms.CharField(
        label=gettext_lazy("Reason (the organisation reads it)"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, wish, data=None):
        stored = {"choice": wish.staged, "place": wish.reserve_position, "reason": wish.staged_reason}
        if wish.status == Status.RESERVE:  # it has a place that everybody was told
            del stored["place"]
        shown = {**stored, "seen": choosing.seen_of(wish), "was": _mark_of(stored)}
        super().__init__(data, prefix=f"w{wish.pk}", initial=shown)
        self.wish = wish
        if "place" not in stored:
            del self.fields["place"]
        self.fields["choice"].choices = [("", _("No choice")), *((to, WORDS[to]) for to in WORDS if wish.may_move(to))]

    @property
    def typed(self) -> dict:
        """What stands in its fields now."""
        return {name: self[name].value() for name in TYPED if name in self.fields}

    def is_touched(self) -> bool:
        """Whether anything was typed into it since the page showed it."""
        return _mark_of(self.typed) != self["was"].value()

    def made_anew(self, wish):
        """The same words typed, before the wish as it now stands."""
        fresh = ChoiceForm(wish)
        self.data = self.data.copy()
        for name in ("seen", "was"):
            self.data[self.add_prefix(name)] = fresh.initial[name]
        self.fields["choice"].choices = fresh.fields["choice"].choices
        return self

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])


def _mark_of(values) -> str:
    return mark(repr([str(values[name] or "").strip() for name in TYPED if name in values]))


@dataclass
class Line:
    wish: SpeakingRequest
    tone: str
    form: ChoiceForm | None  # None: it has its answer, or it is the reader's own organisation's
    own: bool


def address_of(session, name="session") -> str:
    return reverse(f"admin:accreditation_speakingrequest_{name}", args=[session.pk])


def page(room, request, session):
    """Show the wishes; keep what was chosen for those that were touched."""
    chooses = request.user.has_perm(CHOOSE)
    if request.method != "POST":
        return _shown(room, request, session, {}, 200)
    if not chooses:
        raise Http404
    forms_typed, kept, refused = _stage_touched(request, session)
    if kept:
        sentence = ngettext("%(n)d choice is kept.", "%(n)d choices are kept.", kept) % {"n": kept}
        messages.success(request, f"{sentence} {_('Nobody outside the desk sees it before the release.')}")
    if refused:
        return _shown(room, request, session, forms_typed, 409)
    return redirect(request.get_full_path())


def _stage_touched(request, session):
    """Forms that came back wrong by their wish, how many were kept, and whether any was refused."""
    wrong, kept = {}, 0
    posted = {wish.pk: wish for wish in choosing.requests_of(session) if f"w{wish.pk}-seen" in request.POST}
    own = own_of(request.user)
    for wish in posted.values():
        form = ChoiceForm(wish, request.POST)
        if wish.accreditation.organisation_id in own or not form.is_touched():
            continue
        if form.is_valid() and _staged(form, wish, by=request.user):
            kept += 1
        else:
            wrong[wish.pk] = form
    return wrong, kept, bool(wrong)


def _staged(form, wish, *, by) -> bool:
    said = {name: form.cleaned_data[name] for name in (*TYPED, "seen") if name in form.cleaned_data}
    try:
        choosing.stage(wish, by=by, at=now(), **said)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def move_up(room, request, session):
    """Give the place that became free to the first on the reserve list."""
    if not request.user.has_perm(CHOOSE):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    pressed, back = Pressed(_("The first in reserve moves up"), choosing.move_up), address_of(session)
    told = Confirmation(room, request, session, pressed, {}, MOVING_UP, back=back)
    try:
        if (letters := told.carry_out()) is not None:
            return letters
    except Refused as why:
        messages.warning(request, str(why))
    else:
        look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters")
        name = told.became.request.accreditation.organisation.name
        messages.success(request, _("%(name)s moves up.") % {"name": name})
    return redirect(address_of(session))


def own_of(user) -> set:
    """Keys of the organisations about whose wishes this person decides nothing."""
    return set(Organisation.objects.represented_by(user).values_list("pk", flat=True))


# What is shown -------------------------------------------------------------------------------------------------------


def _shown(room, request, session, wrong, status):
    wishes, at = list(choosing.requests_of(session)), now()
    here = Paginator(wishes, MOST_SHOWN).get_page(request.GET.get("page"))
    chooses, own = request.user.has_perm(CHOOSE), own_of(request.user)
    lines = [_line(wish, wrong, chooses, own) for wish in here]
    free = choosing.free_places(session)
    context = {
        **room.admin_site.each_context(request),
        "title": _("Speakers: %(session)s") % {"session": session},
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "session": session,
        "forum": session.forum,
        "page": here,
        "lines": lines,
        "wrong": bool(wrong),
        "kept": _left_over(wrong, {line.wish.pk for line in lines if line.form}),
        "chooses": chooses,
        "figures": balance.balance(wishes),
        "reserve": sorted(
            (wish for wish in wishes if wish.status == Status.RESERVE), key=lambda wish: wish.reserve_position or 0
        ),
        "free": free,
        "first": choosing.first_in_reserve(wishes, at) if free else None,
        "releases": session.speaker_releases.select_related("by"),
        "staged": sum(bool(wish.staged) for wish in wishes),
        "release_page": address_of(session, "release"),
        "move_up_page": address_of(session, "move_up"),
    }
    return TemplateResponse(request, "admin/accreditation/speakingrequest/session.html", context, status=status)


def _line(wish, wrong, chooses, own) -> Line:
    """A line with its form; one that came back wrong shows what was typed and is made from what now stands there."""
    mine = wish.accreditation.organisation_id in own
    form = None
    if chooses and not mine and wish.status in choosing.STAGEABLE:
        form = wrong[wish.pk].made_anew(wish) if wish.pk in wrong else ChoiceForm(wish)
    return Line(wish, participation_tone(wish.status), form, mine)


def _left_over(wrong, shown) -> list:
    """What was typed for wishes that have no form on this page any more, to be given back."""
    return [
        {"label": f"{form.wish.accreditation.organisation.name}: {form.fields[name].label}", "text": text}
        for pk, form in wrong.items()
        if pk not in shown
        for name, text in form.typed.items()
        if text and name == "reason"
    ]
