"""Room: registered persons. Access needs are read with the right to, each reading noted; a registration can be cancelled."""

import csv

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.decided import DecidedRoom
from accreditation.admin.of_a_forum import OfForum
from accreditation.models import Reading, Registration
from accreditation.models.participation import Event
from accreditation.operations import note_reading
from accreditation.operations.deciding import CANCELLATIONS
from accreditation.participation import listing, registering
from accreditation.participation.representation import has_letter
from accreditation.participation.terms import terms_of
from accreditation.permissions import may_correct_registration
from forums.admin.decisions import Decision, Words
from forums.admin.exporting import Exported
from forums.admin.rooms import Choice, badge, written
from forums.admin.stale import mark
from forums.models import Forum
from forums.templatetags.moments import moment
from forums.typed import one_line

SEES, CORRECTS = "accreditation.view_registration", "accreditation.register_persons"


class Cancellation(Words):
    reason = forms.CharField(
        label=_("Reason (the person and the organisation read it)"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])


class Act(Decision):
    def fits(self, thing) -> bool:
        return thing.cancelled_at is None


CANCEL = Act(
    key="cancel",
    label=_("Cancel the registration"),
    done=_("The registration is cancelled."),
    from_statuses=(),
    to="",
    may=lambda user, registration: may_correct_registration(user, registration.accreditation.organisation),
    act=registering.cancel,
    words=Cancellation,
    tone="stop",
    for_whom=_("Registrations are cancelled by those with that permission, never for their own organisation."),
)


class RegistrationForum(OfForum):
    path = "accreditation__forum"


class StateFilter(Choice):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [("comes", _("Registered")), ("cancelled", _("Cancelled"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(cancelled_at__isnull=value == "comes")


class LetterFilter(Choice):
    title, parameter_name = _("letter of representation"), "letter"

    def lookups(self, request, model_admin):
        return [("there", _("Letter received")), ("missing", _("Missing"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(letter_is_there=value == "there")


@admin.register(Registration)
class RegistrationRoom(Exported, DecidedRoom):
    decisions, page_template, voice = (CANCEL,), "admin/accreditation/registration/page.html", CANCELLATIONS
    change_list_template = "admin/accreditation/registration/change_list.html"
    list_display = ("name", "body", "event", "forum", "letter", "name_public", "registered", "state")
    list_select_related = ("accreditation__organisation", "accreditation__forum")
    export_codes = ("pk", "accreditation_id")
    list_filter = (StateFilter, "event", LetterFilter, RegistrationForum)
    search_fields = ("name", "accreditation__organisation__name", "accreditation__organisation__acronym")
    ordering = ("accreditation__organisation__name", "event", "name", "pk")

    def get_urls(self):
        download = self.admin_site.admin_view(self.download)
        return [path("persons.csv", download, name="accreditation_registration_csv"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(letter_is_there=has_letter("accreditation"))

    def changelist_view(self, request, extra_context=None):
        about = {"forums": Forum.objects.all(), "events": Event.choices, "reads_needs": request.user.has_perm(CORRECTS)}
        return super().changelist_view(request, {**about, **(extra_context or {})})

    def download(self, request):
        """Accepted persons of a forum as a table; access needs only where they are asked for and may be read."""
        if not request.user.has_perm(SEES):
            raise PermissionDenied
        forum = get_object_or_404(Forum, slug=request.GET.get("forum", ""))
        event = request.GET.get("event", "")
        if event and event not in Event.values:
            raise Http404
        needs = "needs" in request.GET
        if needs and not request.user.has_perm(CORRECTS):
            raise PermissionDenied
        rows = listing.table_of(forum, event, by=request.user, needs=needs, at=now())
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="persons-{forum.slug}.csv"'
        response.headers["Cache-Control"] = "no-store, private"
        csv.writer(response).writerows(rows)
        return response

    # One registration ------------------------------------------------------------------------------------------------

    def steps_of(self, registration):
        return []

    def seen_of(self, registration, steps):
        said = [str(getattr(registration, name)) for name in (*registering.PERSON, "cancelled_at")]
        return {"said": mark(repr(said))}

    def letter_of(self, registration, decision):
        return _("The person and those who speak for the organisation will get a letter.")

    def about(self, request, registration):
        accreditation = registration.accreditation
        return {
            "registration": registration,
            "accreditation": accreditation,
            "forum": accreditation.forum,
            "organisation": accreditation.organisation,
            "letter_missing": terms_of(accreditation.forum).letter_needed and not registration.letter_is_there,
            **self._needs(request, registration),
        }

    def _needs(self, request, registration):
        """The access needs for those who may read them; that they were looked at is noted before they are shown."""
        reads = may_correct_registration(request.user, registration.accreditation.organisation)
        if reads and registration.access_needs:
            about = {"by": request.user, "at": now(), "accreditation": registration.accreditation}
            note_reading(Reading.What.NEEDS, registration, **about)
        return {"reads_needs": reads, "needs": registration.access_needs if reads else ""}

    @admin.display(description=_("organisation"), ordering="accreditation__organisation__name")
    def body(self, registration):
        organisation = registration.accreditation.organisation
        return written(organisation.name, organisation.name_language)

    @admin.display(description=_("forum"))
    def forum(self, registration):
        return registration.accreditation.forum.slug

    @admin.display(description=_("letter"), boolean=True)
    def letter(self, registration):
        return registration.letter_is_there

    @admin.display(description=_("registered"), ordering="registered_at")
    def registered(self, registration):
        return moment(registration.registered_at, registration.accreditation.forum)

    @admin.display(description=_("state"), ordering="cancelled_at")
    def state(self, registration):
        return badge(_("Cancelled"), "stop") if registration.cancelled_at else badge(_("Registered"), "done")
