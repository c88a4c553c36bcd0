"""Room: accreditations. A claim is screened; what other bodies decided is recorded with date and evidence."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation import notifications, operations
from accreditation.admin.claim_filters import AnswerFilter, HandsFilter
from accreditation.admin.claim_page import evidence_on, said_in
from accreditation.admin.claim_words import likely_of
from accreditation.admin.confirming import Confirmation
from accreditation.admin.screening import DECISIONS, QUIET
from accreditation.admin.telling import tells_nobody, whom_it_tells
from accreditation.entrance import forget_typed, typed_before
from accreditation.models import Accreditation, AccreditationStep, Enquiry
from accreditation.operations.checking import needs_word, passes_on
from accreditation.operations.deciding import STANDINGS
from accreditation.operations.enquiring import is_overdue
from accreditation.operations.screening import screener_of
from accreditation.permissions import may_screen
from accreditation.templatetags.standings import standing_tone
from accreditation.terms import of_terms
from forums.admin import decisions as deciding
from forums.admin.exporting import Exported
from forums.admin.rooms import ReadOnlyRoom, badge, written
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.refusals import IllegalMove, MovedMeanwhile, Refused
from forums.templatetags.moments import moment

MOST_OTHERS = 5
Status = Accreditation.Status


@admin.register(Accreditation)
class AccreditationRoom(Exported, ReadOnlyRoom):
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

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The claim with its evidence at the start, the decisions at the end; one not to be seen is a missing one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        accreditation = self.get_object(request, unquote(object_id))
        if accreditation is None:
            raise Http404
        return self._decide(request, accreditation) if request.method == "POST" else self._page(request, accreditation)

    def _decide(self, request, accreditation):
        by_key = {decision.key: decision for decision in DECISIONS}
        decision = by_key.get(request.POST.get("decision"))
        if decision is None or not decision.may(request.user, accreditation):
            raise Http404
        steps = list(accreditation.steps.all())
        seen = deciding.seen_of(accreditation, steps[-1] if steps else None)
        if deciding.is_stale(request.POST, seen) or not decision.fits(accreditation):
            return self._page(request, accreditation, stale=deciding.since(steps, request.POST), status=409)
        form = decision.asked(request.POST, accreditation)
        if form.is_valid():
            try:
                if (letters := self._carry_out(request, accreditation, decision, form.cleaned_data)) is not None:
                    return letters
            except (MovedMeanwhile, IllegalMove):  # somebody was faster by a moment: the same page as for a stale one
                accreditation.refresh_from_db()
                steps = list(accreditation.steps.all())
                return self._page(request, accreditation, stale=deciding.since(steps, request.POST), status=409)
            except Refused as why:
                form.add_error(None, str(why))
                accreditation.refresh_from_db()
            else:
                forget_typed(request, request.path)
                messages.success(request, decision.done)
                return redirect(request.get_full_path())
        return self._page(request, accreditation, pressed=decision, wrong=form)

    def _carry_out(self, request, accreditation, decision, words):
        """The page with the letters, or None when it is done."""
        if decision.key in QUIET or notifications.template_of(accreditation.status, decision.to) is None:
            decision.act(accreditation, by=request.user, at=now(), **words)
            return None
        return Confirmation(self, request, accreditation, decision, words, STANDINGS).carry_out()

    def _page(self, request, accreditation, *, pressed=None, wrong=None, stale=None, status=200):
        people = notifications.people_of(accreditation.organisation)

        def letter_of(decision):
            if decision.key in QUIET or notifications.template_of(accreditation.status, decision.to) is None:
                return tells_nobody()
            return whom_it_tells(accreditation.organisation, people)

        steps = list(accreditation.steps.select_related("by"))
        told = deciding.in_words(steps, dict(Accreditation.Status.choices), lambda step: step.by or _("The portal"))
        data = request.POST if request.method == "POST" else typed_before(request, request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": str(accreditation.organisation),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": accreditation,
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
            "history": told,
            "seen": deciding.seen_of(accreditation, steps[-1] if steps else None),
            "stale": None if stale is None else [line for line in told if line["step"] in stale],
            "stale_sentence": deciding.stale_sentence(),
            "kept": deciding.left_over(DECISIONS, accreditation, data) if stale is not None else [],
            "panels": deciding.panels_of(
                DECISIONS,
                accreditation,
                letter_of=letter_of,
                allowed=lambda decision: decision.may(request.user, accreditation),
                data=data,
                pressed=pressed,
                wrong=wrong,
            ),
        }
        return TemplateResponse(request, "admin/accreditation/accreditation/claim.html", context, status=status)

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
