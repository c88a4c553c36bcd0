"""Rooms: the files of inputs with their verdicts, and the steps of all inputs; read-only."""

from functools import partial

from django.contrib import admin
from django.db.models import Case, F, Q, Value, When
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import ReadOnlyRoom, badge
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.templatetags.moments import moment
from submissions.admin.files import name_of_redacted
from submissions.admin.releasing import release_file
from submissions.models import Attachment, Hazard, Submission, SubmissionStep
from submissions.templatetags.input_statuses import input_tone
from submissions.views.details import details_of, extracts_of, state_of
from submissions.withheld import every_key


def review_link(submission_id, words):
    return format_html('<a href="{}">{}</a>', reverse("admin:submissions_submission_change", args=[submission_id]), words)


@admin.register(Attachment)
class FileRoom(ReadOnlyRoom):
    list_display = ("called", "input", "state", "size", "media_type", "added", "scan_tries")
    list_select_related = ("submission__call__forum",)
    list_filter = ("verdict", "is_held", "reading")
    search_fields = ("name_told", "sum_told", "submission__reference")
    change_form_template = "admin/submissions/attachment/change_form.html"
    ordering = ("-added_at", "pk")
    fields = (
        "called",
        "input",
        "state",
        "verdict_note",
        "size",
        "media_type",
        "sum_of_bytes",
        "language",
        "pages",
        "added",
        "scanned_at",
        "scan_tries",
        "found",
        "cleaned",
        "is_held",
        "released_by",
        "released_at",
        "release_note",
    )
    readonly_fields = ("called", "sum_of_bytes", "input", "state", "added", "found", "cleaned")

    def get_urls(self):
        release = self.admin_site.admin_view(partial(release_file, self))
        return [path("<uuid:pk>/release/", release, name="submissions_attachment_release"), *super().get_urls()]

    @admin.display(description=_("file name"), ordering="name_told")
    def called(self, attachment):
        return attachment.name_told or name_of_redacted()

    @admin.display(description=_("SHA-256"))
    def sum_of_bytes(self, attachment):
        return attachment.sum_told or "–"

    @admin.display(description=_("what its reading found"))
    def found(self, attachment):
        if not attachment.name_told:
            return "–"
        extract = extracts_of([attachment]).get(attachment.pk)
        told = details_of(attachment, extract)
        return " · ".join([*told["facts"], *told["hazards"]]) or attachment.get_reading_display()

    @admin.display(description=_("what was taken out"))
    def cleaned(self, attachment):
        return ", ".join(str(Hazard(code).label) for code in attachment.cleaned_of) or "–"

    def get_queryset(self, request):
        """Files that a sent version names, of inputs this person may see; what lies in a draft is its author's."""
        files = files_of_sent(request.user).select_related("submission__call__forum").order_by(*self.ordering)
        sealed = Q(pk__in=every_key())
        told = {"name_told": F("name"), "sum_told": F("sha256")}
        return files.annotate(**{name: Case(When(sealed, then=Value("")), default=column) for name, column in told.items()})

    def get_object(self, request, object_id, from_field=None):
        """As Django's; a file that is redacted is called so wherever its page names it."""
        file = super().get_object(request, object_id, from_field)
        if file is not None:
            file.name = self.called(file)
        return file

    @admin.display(description=_("input"))
    def input(self, attachment):
        return review_link(attachment.submission_id, attachment.submission.reference)

    @admin.display(description=_("state"), ordering="verdict")
    def state(self, attachment):
        return badge(*state_of(attachment))

    @admin.display(description=_("added"), ordering="added_at")
    def added(self, attachment):
        return moment(attachment.added_at, attachment.submission.call.forum)


def files_of_sent(user):
    """Files sent with inputs this person may see."""
    seen = Submission.objects.visible_to(user)
    return Attachment.objects.stored().filter(submission__in=seen.exclude(status="clarification_asked").values("pk"))


@admin.register(SubmissionStep)
class StepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = Submission.Status, staticmethod(input_tone)
    list_display = ("input", "from_status", "to_status", "by", "when", "announced", "trouble")
    list_display_links = ("to_status",)
    list_select_related = ("submission__call__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    search_fields = ("submission__reference",)
    ordering = ("-at", "-pk")
    fields = ("input", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("input", "when", "from_status", "to_status", "announced")

    def get_queryset(self, request):
        seen = Submission.objects.visible_to(request.user)
        return super().get_queryset(request).filter(submission__in=seen.values("pk"))

    @admin.display(description=_("input"))
    def input(self, step):
        return review_link(step.submission_id, step.submission.reference)

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.submission.call.forum)
