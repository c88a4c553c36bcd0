"""Room: erasures. And the page of a person on which an administrator looks first at what erasing them does, then does it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.models import Erasure, User
from accreditation.personal.closing import left_alone
from accreditation.personal.erasing import against_erasing, erase
from accreditation.personal.previewing import preview
from accreditation.personal.typed import TypedAddressForm
from accreditation.personal.who import who_is
from forums.admin.rooms import ReadOnlyRoom
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment

ERASE = "accreditation.add_erasure"


def may_erase(user, person) -> bool:
    """Administrators, and nobody themselves: one's own account is closed from one's own page."""
    return user.has_perm(ERASE) and user.pk != person.pk


class Erasing:
    """Adds to the room of people: a page that shows what erasing does, and a link to it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.erase)
        return [path("<int:pk>/erase/", view, name="accreditation_user_erase"), *super().get_urls()]

    @admin.action(description=_("Erase the selected person"), permissions=["erase"])
    def erase_selected(self, request, queryset):
        """Leads to the page that shows first what will happen; one person at a time."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(
                request, _("Choose one person: each erasure is looked at before it is done."), messages.WARNING
            )
            return None
        return redirect("admin:accreditation_user_erase", chosen[0].pk)

    def has_erase_permission(self, request):
        return request.user.has_perm(ERASE)

    @admin.display(description=_("erasure"))
    def erasure(self, person):
        if not person.pk or person.erased_at:
            return "–"
        address = reverse("admin:accreditation_user_erase", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("See what erasing this person does"))

    def erase(self, request, pk):
        person, at = get_object_or_404(User, pk=pk), now()
        if not may_erase(request.user, person):
            raise PermissionDenied
        who = who_is(person)
        against = against_erasing(who)
        form = TypedAddressForm(person.email, request.POST or None)
        if form.is_valid() and not against:
            try:
                erase(who, by=request.user, at=at)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                look_soon("forums.tasks.send_letters")
                self.message_user(request, _("The person was erased. A last letter says so to their address."))
                return redirect("admin:accreditation_erasure_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Erase this person")}
        context |= {"person": person, "form": form, "against": against, "preview": preview(who)}
        context["alone"] = left_alone(person, at)
        return TemplateResponse(request, "admin/accreditation/user/erase.html", context)


@admin.register(Erasure)
class ErasureRoom(ReadOnlyRoom):
    list_display = ("when", "by", "rows")
    list_select_related = ("by",)
    ordering = ("-at", "pk")
    fields = ("when", "by", "fingerprint", "report")

    @admin.display(description=_("at"), ordering="at")
    def when(self, erasure):
        return moment(erasure.at, "UTC")

    @admin.display(description=_("rows changed"))
    def rows(self, erasure):
        return sum(erasure.report.values())
