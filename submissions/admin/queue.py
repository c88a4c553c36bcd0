"""Room: the queue of inputs. Statuses move by operations only; drafts and what one's own organisation wrote never show."""

from functools import partial

from django.contrib import admin
from django.http import Http404
from django.urls import path
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accreditation.models import Accreditation
from accreditation.templatetags.standings import standing_tone
from forums.admin.rooms import ReadOnlyRoom, badge, written
from forums.models.call import Level
from forums.refusals import Refused
from forums.templatetags.moments import moment
from submissions import operations, permissions
from submissions.admin import filters, surroundings
from submissions.admin.alike import alike_page
from submissions.admin.files import desk_file, preview
from submissions.admin.particulars import particulars_page
from submissions.admin.presence import presence_view
from submissions.admin.redactions import redactions_page
from submissions.admin.review import review_page
from submissions.models import Submission
from submissions.templatetags.input_statuses import input_tone

OF_ONE = {"particulars": particulars_page, "redactions": redactions_page, "presence": presence_view}
WAITING = ("submitted", "under_review", "clarification_asked", "accepted")


@admin.register(Submission)
class Queue(ReadOnlyRoom):
    list_display = (
        "reference",
        "title_sent",
        "author",
        "state",
        "age",
        "reviewed_by",
        "received",
        "level_sent",
        "language_sent",
    )
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
    )
    search_fields = ("reference",)
    search_help_text = _("A reference, words of the title, or an organisation.")
    ordering = ("-received_at",)
    actions = ("take_up", "publish")

    # Who sees what --------------------------------------------------------------------------------------------------

    def has_review_permission(self, request):
        return request.user.has_perm("submissions.review_submission")

    def has_publish_permission(self, request):
        return request.user.has_perm("submissions.publish_submission")

    def get_queryset(self, request):
        """Everything but drafts and what this person's own organisations wrote."""
        inputs = Submission.objects.visible_to(request.user).defer("text", "summary")
        inputs = surroundings.with_waiting(surroundings.with_standing(surroundings.as_sent(inputs)))
        return surroundings.with_reader(inputs, request.user).order_by(*self.ordering)

    def changelist_view(self, request, extra_context=None):
        """The whole width belongs to the list."""
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False, **(extra_context or {})})

    def get_list_display(self, request):
        """Who reviews is named to those who oversee the reviews; to others it is "you" or "a colleague"."""
        if permissions.sees_reviewers(request.user):
            return self.list_display
        return tuple("reviewed_by_me" if name == "reviewed_by" else name for name in self.list_display)

    def get_search_results(self, request, queryset, search_term):
        return filters.searched(queryset, search_term), False

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

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description=_("title"))
    def title_sent(self, submission):
        words = surroundings.sent_words(submission)
        return written(words["title"], words["language"])

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def author(self, submission):
        name = written(submission.organisation.name, submission.organisation.name_language)
        return format_html('<bdi>{}</bdi><br><span class="meta">{}</span>', name, standing_in_words(submission.standing))

    @admin.display(description=_("level"), ordering="level")
    def level_sent(self, submission):
        return dict(Level.choices).get(surroundings.sent_words(submission)["level"], "–")

    @admin.display(description=_("language"), ordering="language")
    def language_sent(self, submission):
        return surroundings.sent_words(submission)["language"]

    @admin.display(description=_("status"), ordering="status")
    def state(self, submission):
        shown = badge(submission.get_status_display(), input_tone(submission.status))
        if not submission.received_late:
            return shown
        return format_html("{} {}", shown, badge(_("Late"), "wait"))

    @admin.display(description=_("reviewer"), ordering="reviewer__name")
    def reviewed_by(self, submission):
        return format_html("<bdi>{}</bdi>", submission.reviewer) if submission.reviewer else _("Nobody")

    @admin.display(description=_("reviewer"))
    def reviewed_by_me(self, submission):
        if submission.reviewer_id is None:
            return _("Nobody")
        return _("You") if submission.mine else _("A colleague")

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, submission):
        return moment(submission.received_at, submission.call.forum)

    @admin.display(description=_("waiting for"))
    def age(self, submission):
        waits = submission.since and submission.status in WAITING
        return timesince(submission.since, now(), depth=1) if waits else "–"

    # Several at once -------------------------------------------------------------------------------------------------

    @admin.action(description=_("Take up the selected inputs"), permissions=["review"])
    def take_up(self, request, queryset):
        def take_up(submission):
            if not permissions.may_review(request.user, submission):
                raise Refused(_("Nobody reviews what their own organisation wrote."))
            operations.take_up(submission, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            take_up,
            lambda n: ngettext("You took up %(n)d input.", "You took up %(n)d inputs.", n) % {"n": n},
        )

    @admin.action(description=_("Publish the selected inputs"), permissions=["publish"])
    def publish(self, request, queryset):
        def publish(submission):
            if not permissions.may_publish(request.user, submission):
                raise Refused(_("Nobody publishes what their own organisation wrote."))
            operations.publish(submission, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            publish,
            lambda n: ngettext("%(n)d input is public now.", "%(n)d inputs are public now.", n) % {"n": n},
        )


def standing_in_words(standing):
    """The standing of the organisation beside its input, or that none was recorded."""
    if not standing:
        return _t("No standing recorded")
    word = dict(Accreditation.Status.choices).get(standing["status"], standing["status"])
    return format_html("{} {}", badge(word, standing_tone(standing["status"])), standing["basis"])
