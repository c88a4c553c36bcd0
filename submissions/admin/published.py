"""Room: published inputs, as the public sees them; read-only, since the review page publishes and takes down."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.exporting import Exported
from forums.admin.rooms import Choice, ReadOnlyRoom, badge, written
from forums.templatetags.moments import moment
from submissions.models import PublishedInput, Submission


class ShownFilter(Choice):
    title, parameter_name = _("on the public side"), "shown"

    def lookups(self, request, model_admin):
        return [("now", _("Public")), ("later", _("Public later")), ("tombstone", _("Taken down"))]

    def narrow(self, request, queryset, value):
        if value == "tombstone":
            return queryset.filter(taken_down_at__isnull=False)
        up = queryset.filter(taken_down_at__isnull=True)
        return up.filter(visible_at__gt=now()) if value == "later" else up.filter(visible_at__lte=now())


@admin.register(PublishedInput)
class PublishedRoom(Exported, ReadOnlyRoom):
    list_display = ("reference", "public_title", "author", "kind", "level", "language", "state", "since", "words", "files")
    list_display_links = ("reference",)
    export_codes = ("reference", "objectives", "countries", "regions", "organisation_id")
    list_select_related = ("forum",)
    list_filter = (ShownFilter, "forum", "kind", "level", "language")
    search_fields = ("reference", "title", "organisation_name")
    ordering = ("-visible_at", "-pk")
    fields = (
        "reference",
        "public_page",
        "review",
        "public_title",
        "author",
        "kind",
        "basis",
        "forum",
        "level",
        "language",
        "objectives",
        "round_tables",
        "countries",
        "regions",
        "words",
        "files",
        "received",
        "since",
        "state",
        "taken_down_because",
        "recorded_by_desk",
        "source_url",
        "source_title",
        "source_seen",
    )
    readonly_fields = ("public_page", "review", "public_title", "author", "received", "since", "state")

    def get_queryset(self, request):
        seen = Submission.objects.visible_to(request.user)
        return super().get_queryset(request).filter(submission__in=seen.values("pk")).defer("vector")

    @admin.display(description=_("title"), ordering="title")
    def public_title(self, published):
        return written(published.title, published.language)

    @admin.display(description=_("organisation"), ordering="organisation_name")
    def author(self, published):
        return written(published.organisation_name, published.organisation_language)

    @admin.display(description=_("state"))
    def state(self, published):
        if published.taken_down_at:
            return badge(_("Taken down"), "stop")
        return badge(_("Public later"), "wait") if published.visible_at > now() else badge(_("Public"), "done")

    @admin.display(description=_("public since"), ordering="visible_at")
    def since(self, published):
        return moment(published.visible_at, published.forum)

    @admin.display(description=_("received"))
    def received(self, published):
        return moment(published.received_at, published.forum)

    @admin.display(description=_("public page"))
    def public_page(self, published):
        return format_html(
            '<a href="{}">{}</a>', reverse("submissions:input", args=[published.reference]), _("Open the page")
        )

    @admin.display(description=_("review page"))
    def review(self, published):
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:submissions_submission_change", args=[published.submission_id]),
            _("Open the page"),
        )
