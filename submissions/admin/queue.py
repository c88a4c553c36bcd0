"""Room: the queue of inputs. Statuses move by operations only; drafts and what one's own organisation wrote never show."""

from functools import partial

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from forums.admin.exporting import Exported
from forums.admin.rooms import ReadOnlyRoom
from forums.typed import without_control
from submissions import desk_search, permissions
from submissions.admin import columns, filters, queue_rows, surroundings
from submissions.admin.alike import alike_page
from submissions.admin.assigning import Assigning
from submissions.admin.choices import columns_for
from submissions.admin.colleagues import colleagues_page
from submissions.admin.columns import QueueColumns
from submissions.admin.counting import count_of_the_list
from submissions.admin.deciding.several import Several
from submissions.admin.figures import Figures
from submissions.admin.files import desk_file, preview
from submissions.admin.filters import asker_of
from submissions.admin.particulars import particulars_page
from submissions.admin.presence import presence_view
from submissions.admin.queue_list import QueueList
from submissions.admin.queue_pages import QueuePages
from submissions.admin.redactions import redactions_page
from submissions.admin.review import review_page
from submissions.desk_search.conditions import WAITING
from submissions.models import Submission

__all__ = ["WAITING", "Queue"]
OF_ONE = {
    "particulars": particulars_page,
    "redactions": redactions_page,
    "presence": presence_view,
    "colleagues": colleagues_page,
}


@admin.register(Submission)
class Queue(Several, Assigning, Figures, QueueColumns, QueuePages, Exported, ReadOnlyRoom):
    change_list_template = "admin/submissions/submission/change_list.html"
    list_display = columns.USUAL
    list_display_links = ("reference",)
    list_select_related = ("call__forum", "organisation", "reviewer")
    list_filter = (
        filters.StatusFilter,
        filters.ReviewerFilter,
        filters.AnswerFilter,
        filters.ForumFilter,
        filters.CallFilter,
        filters.LevelFilter,
        filters.LanguageFilter,
        filters.PublicityFilter,
        filters.ViewFilter,
    )
    search_fields = ("reference",)
    search_help_text = _("Words and keys, as in: level:national obj:7 status:review age:>5d unassigned")
    ordering = ("-received_at",)
    actions = ("take_up", "assign", "accept", "publish", "publish_at", "decline", "reopen")

    # Who sees what --------------------------------------------------------------------------------------------------

    def has_review_permission(self, request):
        return request.user.has_perm("submissions.review_submission")

    def has_publish_permission(self, request):
        return request.user.has_perm("submissions.publish_submission")

    def get_queryset(self, request):
        """Everything but drafts and what this person's own organisations wrote."""
        shown = set(self.get_list_display(request)) & {*columns.CODED, *columns.COUNTED}
        inputs = queue_rows.looked_up(get_language(), frozenset(shown)).visible_to(request.user)
        return surroundings.with_reader(inputs, request.user)

    def export_queryset(self, request, queryset):
        return surroundings.with_codes(queryset)

    def get_list_display(self, request):
        """Who reviews is named to those who oversee the reviews; to others it is "you" or "a colleague"."""
        return columns_for(request, oversees=permissions.sees_reviewers(request.user))

    def get_changelist(self, request, **kwargs):
        return QueueList

    def get_paginator(self, request, *args, **kwargs):
        """The counts by status, which stand above the list, say how long it is; it is not counted twice."""
        paginator = super().get_paginator(request, *args, **kwargs)
        if (known := count_of_the_list(request)) is not None:
            paginator.count = known
        return paginator

    def get_search_results(self, request, queryset, search_term):
        found, request.not_understood = desk_search.narrowed(queryset, without_control(search_term), asker_of(request))
        return found, False

    def not_understood(self, request):
        return bool(getattr(request, "not_understood", ()))

    # One input -------------------------------------------------------------------------------------------------------

    def get_urls(self):
        shown = self.admin_site.admin_view(require_safe(self.file_view))
        file = path("<uuid:pk>/files/<uuid:file>/", shown, name="submissions_submission_file")
        of_one = [
            path(f"<uuid:pk>/{name}/", self.of_one(page), name=f"submissions_submission_{name}")
            for name, page in OF_ONE.items()
        ]
        alike = path("<uuid:pk>/alike/<uuid:other>/", self.of_one(alike_page), name="submissions_submission_alike")
        picture = path(
            "<uuid:pk>/files/<uuid:file>/pages/<int:page>/", self.of_one(preview), name="submissions_submission_preview"
        )
        return [file, picture, alike, *of_one, *super().get_urls()]

    def of_one(self, page):
        """A page of its own about one input."""
        return self.admin_site.admin_view(partial(page, self))

    def file_view(self, request, pk, file):
        return desk_file(self, request, pk, file)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The review page."""
        return review_page(self, request, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The history of columns names reviewers, so only those who oversee the reviews read it."""
        if not permissions.sees_reviewers(request.user):
            raise Http404
        return super().history_view(request, object_id, extra_context)
