"""Room: accreditations. A claim is screened; what other bodies decided is recorded with date and evidence."""

from django.contrib import admin
from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import notifications, operations
from accreditation.admin.claim_filters import AnswerFilter, HandsFilter
from accreditation.admin.claim_page import evidence_on, said_in
from accreditation.admin.claim_words import likely_of
from accreditation.admin.decided import DecidedRoom
from accreditation.admin.screening import DECISIONS, QUIET
from accreditation.admin.telling import tells_nobody, whom_it_tells
from accreditation.models import Accreditation, AccreditationStep, Enquiry
from accreditation.operations.checking import needs_word, passes_on
from accreditation.operations.deciding import STANDINGS
from accreditation.operations.enquiring import is_overdue
from accreditation.operations.screening import screener_of
from accreditation.permissions import may_screen
from accreditation.templatetags.standings import standing_tone
from accreditation.terms import of_terms
from forums.admin.exporting import Exported
from forums.admin.rooms import ReadOnlyRoom, badge, written
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.refusals import Refused
from forums.templatetags.moments import moment

MOST_OTHERS = 5
Status = Accreditation.Status


@admin.register(Accreditation)
class AccreditationRoom(Exported, DecidedRoom):
    decisions, page_template = DECISIONS, "admin/accreditation/accreditation/claim.html"
    voice = STANDINGS
    list_display = ("name", "forum", "basis", "state", "answer_by", "begun", "decided_on", "decided_by")
    list_select_related = ("organisation", "forum", "basis")
    export_codes = ("pk", "organisation_id", "basis_id", "status_code")
    list_filter = ("status", HandsFilter, AnswerFilter, "forum", "basis")
    search_fields = ("organisation__name", "organisation__acronym")
    actions = ("take_up",)

    def has_screen_permission(self, request):
        return request.user.has_perm("accreditation.screen_accreditation")

    def get_queryset(self, request):
        asked = Enquiry.objects.filter(accreditation=OuterRef("pk"), answered_at__isnull=True)
        seen = super().get_queryset(request).filter(pk__in=Accreditation.objects.visible_to(request.user).values("pk"))
        return seen.annotate(awaited=Subquery(asked.values("answer_by")[:1]))

    @admin.display(description=_("answer by"), ordering="awaited")
    def answer_by(self, accreditation):
        if accreditation.status != Status.MORE_ASKED or not accreditation.awaited:
            return "–"
        if accreditation.awaited < now():
            return badge(_("Overdue"), "stop")
        return moment(accreditation.awaited, accreditation.forum)

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def name(self, accreditation):
        return written(accreditation.organisation.name, accreditation.organisation.name_language)

    @admin.display(description=_("standing"), ordering="status")
    def state(self, accreditation):
        return badge(accreditation.get_status_display(), standing_tone(accreditation.status))

    @admin.display(description="status_code")
    def status_code(self, accreditation):
        return accreditation.status

    @admin.display(description=_("claimed"), ordering="begun_at")
    def begun(self, accreditation):
        return moment(accreditation.begun_at, accreditation.forum)

    @admin.action(description=_("Take up the selected claims"), permissions=["screen"])
    def take_up(self, request, queryset):
        def take_up(accreditation):
            if not may_screen(request.user, accreditation.organisation):
                raise Refused(_("Nobody screens the organisation they belong to."))
            operations.take_up(accreditation, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            take_up,
            lambda n: ngettext("%(n)d claim is in screening.", "%(n)d claims are in screening.", n) % {"n": n},
        )

    # One claim -----------------------------------------------------------------------------------------------------

    def is_quiet(self, accreditation, decision):
        return decision.key in QUIET or notifications.template_of(accreditation.status, decision.to) is None

    def letter_of(self, accreditation, decision):
        if self.is_quiet(accreditation, decision):
            return tells_nobody()
        if not hasattr(accreditation, "told"):  # the same people for every decision on the page
            accreditation.told = notifications.people_of(accreditation.organisation)
        return whom_it_tells(accreditation.organisation, accreditation.told)

    def about(self, request, accreditation):
        """The claim with its evidence at the start; the decisions come at the end."""
        return {
            "title": str(accreditation.organisation),
            "accreditation": accreditation,
            "forum": accreditation.forum,
            "organisation": accreditation.organisation,
            "entries": [
                {
                    "match": match,
                    "passes_on": passes_on(accreditation.basis, match.thing),
                    "needs_word": needs_word(accreditation.basis, match.thing),
                }
                for match in likely_of(accreditation)
            ],
            **self._said(request, accreditation),
            "members": self._members(request, accreditation),
            "others": others_of(accreditation),
        }

    def _said(self, request, accreditation):
        """What the application says and shows, what the desk asked, what was granted."""
        reads = request.user.has_perm("accreditation.read_evidence")
        enquiries = list(accreditation.enquiries.select_related("asked_by").prefetch_related("points"))
        return {
            "answers": said_in(accreditation),
            "evidence": evidence_on(accreditation, reads=reads),
            "enquiries": [(enquiry, is_overdue(enquiry, now())) for enquiry in enquiries],
            "screener": screener_of(accreditation),
            "permits": of_terms(accreditation.terms) if accreditation.terms else None,
            "terms_differ": bool(accreditation.terms) and accreditation.terms != accreditation.basis.terms(),
        }

    def _members(self, request, accreditation):
        if not request.user.has_perm("accreditation.view_membership"):
            return []
        return accreditation.organisation.memberships.standing().select_related("user")


def others_of(accreditation):
    """What else this organisation claimed, for this forum and others."""
    others = accreditation.organisation.accreditations.exclude(Q(pk=accreditation.pk) | Q(status="draft"))
    return list(others.select_related("forum", "basis").order_by("-begun_at")[:MOST_OTHERS])


@admin.register(AccreditationStep)
class AccreditationStepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = Accreditation.Status, staticmethod(standing_tone)
    list_display = ("accreditation", "from_status", "to_status", "by", "when", "announced")
    list_select_related = ("accreditation__organisation", "accreditation__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    ordering = ("-at", "-pk")
    fields = ("accreditation", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("when", "from_status", "to_status", "announced")

    def get_queryset(self, request):
        seen = Accreditation.objects.visible_to(request.user)
        return super().get_queryset(request).filter(accreditation__in=seen.values("pk"))

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.accreditation.forum)
