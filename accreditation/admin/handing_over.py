"""The page on which the desk hands an organisation over, where nobody is left who could do it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accreditation import operations
from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.entrance import typed_before
from accreditation.models import Membership, Organisation
from accreditation.operations.deciding import HANDING_OVER
from accreditation.permissions import may_hand_over
from forums.admin.decisions import typed_into
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted, without_control

HAND_OVER = "accreditation.hand_over_organisation"


class Person(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return in_words(membership)


class People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, membership):
        return in_words(membership)


def in_words(membership) -> str:
    role = membership.get_role_display() if membership.since else _("asks to join")
    return f"{membership.user} · {membership.user.email} · {role}"


class HandOverForm(forms.Form):
    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)
    to = Person(
        Membership.objects.none(), label=_("Who becomes the focal point"), widget=forms.RadioSelect, empty_label=None
    )
    ending = People(
        Membership.objects.none(),
        label=_("Whose membership ends"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why the desk hands over, and what shows it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data=None, *, organisation):
        rows = organisation.memberships.filter(until=None).select_related("user").order_by("pk")
        super().__init__(data, initial={"seen": mark_of(rows)})
        self.fields["to"].queryset = rows
        self.fields["ending"].queryset = rows.filter(since__isnull=False)

    def clean_reason(self):
        return without_control(self.cleaned_data["reason"])


def mark_of(rows) -> str:
    """What the page shows of the people: who, in which role, in force or asking."""
    return ";".join(f"{row.pk}-{row.role}-{int(row.since is not None)}" for row in rows)


def hand_over_page(room, request, pk):
    """Choose who takes over and who goes, say why; what changed meanwhile is shown before it is done."""
    if not request.user.has_perm(HAND_OVER):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation.objects.living(), pk=pk)
    if not may_hand_over(request.user, organisation):
        raise Http404
    if request.method != "POST":
        form = HandOverForm(organisation=organisation)
        form.initial = typed_into(form, typed_before(request, request.path) or {}) | form.initial
        return _page(room, request, organisation, form)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        form = HandOverForm(posted(request.POST), organisation=organisation)
        stale = form.data.get("seen") != form.initial["seen"]
        form.data["seen"] = form.initial["seen"]
        if not stale and form.is_valid() and (answer := _hand_over(room, request, organisation, form)) is not None:
            return answer
    return _page(room, request, organisation, form, stale=stale)


def _hand_over(room, request, organisation, form):
    """The page with the letters, or the way back when it is done; None, and the form says why, where it is refused."""
    said = {name: form.cleaned_data[name] for name in ("to", "ending", "reason")}
    pressed = Pressed(_("Hand over"), operations.hand_over_by_desk)
    try:
        if (page := Confirmation(room, request, organisation, pressed, said, HANDING_OVER).carry_out()) is not None:
            return page
    except Refused as why:
        form.add_error(None, str(why))
        return None
    look_soon("forums.tasks.send_letters")
    messages.success(request, _("It was handed over."))
    return redirect("admin:accreditation_organisation_change", organisation.pk)


def _page(room, request, organisation, form, *, stale=False):
    context = {
        **room.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "original": organisation,
        "organisation": organisation,
        "title": _("Hand over"),
        "form": form,
        "stale": stale,
    }
    template = "admin/accreditation/organisation/hand_over.html"
    return TemplateResponse(request, template, context, status=409 if stale else 200)
