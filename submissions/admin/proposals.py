"""Room: corrections and additions that authors propose; the desk looks at what differs and decides."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accreditation.admin.decided import DecidedRoom
from accreditation.admin.telling import whom_it_tells
from forums.admin.decisions import Decision, Words
from forums.admin.rooms import ReadOnlyRoom, badge, written
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.templatetags.moments import moment
from submissions import notifications, operations
from submissions.admin.files import lines_of
from submissions.admin.verdicts import EDITORS_ONLY, Reason
from submissions.compared import compared
from submissions.markup import html_of
from submissions.models import Attachment, Proposal, ProposalStep
from submissions.permissions import may_publish, sees_reviewers
from submissions.questions.showing import in_sections, sent_answers

Status = Proposal.Status
TONES = {Status.PROPOSED: "wait", Status.APPROVED: "done", Status.REFUSED: "stop", Status.TAKEN_BACK: "plain"}
RELATED = ("submission__call__forum", "submission__organisation", "version", "asked_by")


def proposal_tone(status):
    return TONES.get(status, "plain")


def decides(user, proposal) -> bool:
    return may_publish(user, proposal.submission)


class Approval(Words):
    """What is asked depends on the proposal: its files, and whether there is a former text."""

    hide_former = forms.BooleanField(
        label=_("Do not show the former text any more (it says what nobody should read)"), required=False
    )
    files_may_follow = forms.BooleanField(
        label=_("Go ahead of its files: each file follows once it is clean, read and not held"), required=False
    )

    def know(self, proposal):
        if not proposal.is_correction:
            del self.fields["hide_former"]
        if not proposal.attachments.stored().awaited().exists():
            del self.fields["files_may_follow"]


DECIDERS = {"may": decides, "for_whom": EDITORS_ONLY}
DECISIONS = (
    Decision(
        key="approve",
        label=_("Approve"),
        done=_("It is approved and stands on the public page."),
        from_statuses=(Status.PROPOSED,),
        to=Status.APPROVED,
        act=operations.approve,
        words=Approval,
        tone="",
        **DECIDERS,
    ),
    Decision(
        key="refuse",
        label=_("Refuse"),
        done=_("It is refused; the author is told why."),
        from_statuses=(Status.PROPOSED,),
        to=Status.REFUSED,
        act=operations.refuse,
        words=Reason,
        tone="stop",
        **DECIDERS,
    ),
    Decision(
        key="stop_showing",
        label=_("Do not show it any more"),
        done=_("The addition is no longer on the public page; the author is told why."),
        from_statuses=(Status.APPROVED,),
        to=Status.REFUSED,
        act=operations.stop_showing,
        words=Reason,
        tone="stop",
        suits=lambda proposal: not proposal.is_correction,
        **DECIDERS,
    ),
)


@admin.register(Proposal)
class ProposalRoom(DecidedRoom):
    decisions, page_template = DECISIONS, "admin/submissions/proposal/page.html"
    voice = operations.PROPOSALS
    announces = ("submissions.tasks.announce_steps", "forums.tasks.send_letters")
    list_display = ("symbol", "title_sent", "author", "act", "state", "received")
    list_select_related = RELATED
    list_filter = ("status", "act")
    search_fields = ("submission__reference", "submission__organisation__name")
    ordering = ("-version__sent_at", "-pk")

    def get_queryset(self, request):
        """What was sent, of inputs this person may see: never what their own organisation wrote."""
        seen = Proposal.objects.visible_to(request.user)
        return seen.select_related(*RELATED).order_by(*self.ordering)

    def letter_of(self, proposal, decision):
        return whom_it_tells(proposal.submission.organisation, notifications.people_of_proposal(proposal))

    def about(self, request, proposal):
        submission, version = proposal.submission, proposal.version
        standing = submission.standing_version()
        before = submission.versions.standing().filter(number__lt=version.number).order_by("-number").first()
        forum, view = submission.call.forum, request.GET.get("view", "")
        files = Attachment.objects.filter(submission=submission)
        return {
            "proposal": proposal,
            "submission": submission,
            "version": version,
            "content": version.shown,
            "before": before,
            "changes": compared(before.shown, version.shown, forum, view=view) if proposal.is_correction else None,
            "is_stale": proposal.is_correction and proposal.status == Status.PROPOSED and standing != before,
            "text": html_of(version.shown["text"]),
            "sections": in_sections(sent_answers(version.shown)),
            "files": lines_of(submission, version, files, sees_reviewers(request.user)),
            "forum": forum,
            "tone": proposal_tone(proposal.status),
        }

    @admin.display(description=_("number"), ordering="version__sent_at")
    def symbol(self, proposal):
        return proposal.version.symbol

    @admin.display(description=_("title"))
    def title_sent(self, proposal):
        return written(proposal.version.shown["title"], proposal.version.shown["language"])

    @admin.display(description=_("organisation"))
    def author(self, proposal):
        return written(proposal.submission.organisation.name, proposal.submission.organisation.name_language)

    @admin.display(description=_("status"), ordering="status")
    def state(self, proposal):
        shown = badge(proposal.get_status_display(), proposal_tone(proposal.status))
        return format_html("{} {}", shown, badge(_("Late"), "wait")) if proposal.late else shown

    @admin.display(description=_("received"), ordering="version__sent_at")
    def received(self, proposal):
        return moment(proposal.version.sent_at, proposal.submission.call.forum)


@admin.register(ProposalStep)
class ProposalStepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = Status, staticmethod(proposal_tone)
    list_display = ("of", "from_status", "to_status", "by", "when", "announced")
    list_display_links = ("to_status",)
    list_select_related = ("proposal__version", "proposal__submission__call__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    search_fields = ("proposal__submission__reference",)
    ordering = ("-at", "-pk")
    fields = ("of", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("of", "when", "from_status", "to_status", "announced")

    def get_queryset(self, request):
        seen = Proposal.objects.visible_to(request.user)
        return super().get_queryset(request).filter(proposal__in=seen.values("pk"))

    @admin.display(description=_("correction or addition"))
    def of(self, step):
        address = reverse("admin:submissions_proposal_change", args=[step.proposal_id])
        return format_html('<a href="{}">{}</a>', address, step.proposal)

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.proposal.submission.call.forum)
