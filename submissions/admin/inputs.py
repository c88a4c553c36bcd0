"""Rooms: the files of inputs with their verdicts, and the steps of all inputs; read-only."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import ReadOnlyRoom, badge
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.templatetags.moments import moment
from submissions.models import Attachment, Submission, SubmissionStep
from submissions.templatetags.input_statuses import input_tone
from submissions.views.own import TONES


def review_link(submission_id, words):
    return format_html('<a href="{}">{}</a>', reverse("admin:submissions_submission_change", args=[submission_id]), words)


@admin.register(Attachment)
class FileRoom(ReadOnlyRoom):
    list_display = ("name", "input", "state", "size", "media_type", "added", "scan_tries")
    list_select_related = ("submission__call__forum",)
    list_filter = ("verdict",)
    search_fields = ("name", "sha256", "submission__reference")
    ordering = ("-added_at", "pk")
    fields = (
        "name",
        "input",
        "state",
        "verdict_note",
        "size",
        "media_type",
        "sha256",
        "language",
        "pages",
        "added",
        "scanned_at",
        "scan_tries",
    )
    readonly_fields = ("input", "state", "added")

    def get_queryset(self, request):
        """Files that a sent version names, of inputs this person may see; what lies in a draft is its author's."""
        return files_of_sent(request.user).select_related("submission__call__forum").order_by(*self.ordering)

    @admin.display(description=_("input"))
    def input(self, attachment):
        return review_link(attachment.submission_id, attachment.submission.reference)

    @admin.display(description=_("state"), ordering="verdict")
    def state(self, attachment):
        return badge(attachment.get_verdict_display(), TONES[attachment.verdict])

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
