"""Rooms: private files of applications, opened by few and each opening noted; questions of the desk that wait."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation import operations
from accreditation.models import Accreditation, Enquiry, EvidenceFile
from accreditation.operations.enquiring import is_overdue, overdue
from accreditation.permissions import may_read_evidence
from forums.admin.rooms import Choice, ReadOnlyRoom, badge
from forums.templatetags.moments import moment

TONES = {"waiting": "wait", "clean": "done", "infected": "stop"}


def address_of(file) -> str:
    """Where the desk opens a private file."""
    return reverse("admin:accreditation_evidencefile_file", args=[file.pk])


class OfApplications(ReadOnlyRoom):
    """Rows of the applications that this person may see; those of one's own organisation are not among them."""

    def get_queryset(self, request):
        seen = Accreditation.objects.visible_to(request.user)
        return super().get_queryset(request).filter(accreditation__in=seen.values("pk"))


@admin.register(EvidenceFile)
class EvidenceFileRoom(OfApplications):
    list_display = ("name", "accreditation", "purpose", "state", "added", "erased")
    list_select_related = ("accreditation__organisation", "accreditation__forum")
    list_filter = ("verdict", "purpose", "accreditation__forum")
    search_fields = ("name", "accreditation__organisation__name")
    ordering = ("-added_at", "-pk")
    fields = (
        "name",
        "open_it",
        "accreditation",
        "purpose",
        "point",
        "size",
        "media_type",
        "sha256",
        "state",
        "added",
        "erased",
    )
    readonly_fields = ("open_it", "state", "added", "erased")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(removed_at__isnull=True)

    def get_urls(self):
        serve = self.admin_site.admin_view(self.serve)
        return [path("<uuid:pk>/file/", serve, name="accreditation_evidencefile_file"), *super().get_urls()]

    def serve(self, request, pk):
        """The bytes of a clean file; who opened it is noted before the first of them goes out."""
        if not request.user.has_perm("accreditation.read_evidence"):
            raise PermissionDenied
        file = self.get_queryset(request).select_related("accreditation__organisation").filter(pk=pk).first()
        if file is None or not may_read_evidence(request.user, file.accreditation.organisation):
            raise Http404
        stream = operations.read_evidence(file, by=request.user, at=now())
        if stream is None:
            raise Http404
        answer = FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.media_type)
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    @admin.display(description=_("open"))
    def open_it(self, file):
        if not file.is_clean or file.erased_at:
            return "–"
        sentence = _("Open the file (this is noted)")
        return format_html('<a href="{}">{}</a>', address_of(file), sentence)

    @admin.display(description=_("verdict of the scanner"), ordering="verdict")
    def state(self, file):
        return badge(file.get_verdict_display(), TONES[file.verdict])

    @admin.display(description=_("added at"), ordering="added_at")
    def added(self, file):
        return moment(file.added_at, file.accreditation.forum)

    @admin.display(description=_("erased at"), ordering="erased_at")
    def erased(self, file):
        return moment(file.erased_at, file.accreditation.forum)


class AnsweredFilter(Choice):
    title, parameter_name = _("answer"), "answer"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("open", _("Waits for an answer")), ("answered", _("Answered"))]

    def narrow(self, request, queryset, value):
        if value == "overdue":
            return queryset.filter(pk__in=overdue(now()).values("pk"))
        return queryset.filter(answered_at__isnull=value == "open")


@admin.register(Enquiry)
class EnquiryRoom(OfApplications):
    list_display = ("accreditation", "question", "asked_by", "asked", "until", "state")
    list_select_related = ("accreditation__organisation", "accreditation__forum", "asked_by")
    list_filter = (AnsweredFilter, "accreditation__forum")
    search_fields = ("accreditation__organisation__name", "question")
    ordering = ("-asked_at", "-pk")
    fields = ("accreditation", "question", "points", "asked_by", "asked", "until", "state", "reply")
    readonly_fields = ("asked", "until", "state")

    @admin.display(description=_("asked at"), ordering="asked_at")
    def asked(self, enquiry):
        return moment(enquiry.asked_at, enquiry.accreditation.forum)

    @admin.display(description=_("answer by"), ordering="answer_by")
    def until(self, enquiry):
        return moment(enquiry.answer_by, enquiry.accreditation.forum)

    @admin.display(description=_("state"), ordering="answered_at")
    def state(self, enquiry):
        if enquiry.answered_at:
            return badge(_("Answered"), "done")
        return badge(_("Overdue"), "stop") if is_overdue(enquiry, now()) else badge(_("Waits for an answer"), "wait")
