"""Room: non-objection lists. What stands on one, its figures, documents and history; what is done with it, on one page."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.admin.confirming_many import ConfirmationOfMany
from accreditation.admin.list_decisions import ACTS, Lines, compiles
from accreditation.entrance import forget_typed, typed_before
from accreditation.models import ListDocument, NonObjectionList, NonObjectionListStep, Objection, Reading
from accreditation.non_objection import figures, looking, operations
from accreditation.operations import note_reading
from forums.admin import decisions as deciding
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.hints import look_soon
from forums.models import Forum
from forums.operations.rehearsing import AS_WRITTEN
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import without_control

LOOKS = {"circulate": looking.before_circulation, "release": looking.before_release}
TONES = {"preparing": "wait", "circulated": "now", "period_ended": "wait", "outcome_recorded": "done"}
COMPILE, SEE_OBJECTIONS = "accreditation.compile_list", "accreditation.view_objection"


def list_tone(status):
    return TONES.get(status, "")


@admin.register(NonObjectionList)
class NonObjectionListRoom(ReadOnlyRoom):
    list_display = ("name", "state", "count", "circulated_on", "ends")
    list_select_related = ("forum",)
    list_filter = ("status", "forum")
    change_list_template = "admin/accreditation/nonobjectionlist/change_list.html"

    def get_urls(self):
        admin_view = self.admin_site.admin_view
        return [
            path("begin/", admin_view(self.begin), name="accreditation_nonobjectionlist_begin"),
            path("documents/<uuid:key>/", admin_view(self.document), name="accreditation_nonobjectionlist_document"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(counted=Count("lines", filter=Q(lines__struck_at__isnull=True)))

    @admin.display(description=_("list"))
    def name(self, listed):
        return str(listed)

    @admin.display(description=_("status"), ordering="status")
    def state(self, listed):
        return badge(listed.get_status_display(), list_tone(listed.status))

    @admin.display(description=_("organisations"), ordering="counted")
    def count(self, listed):
        return listed.counted

    @admin.display(description=_("period ends"), ordering="period_ends_at")
    def ends(self, listed):
        return moment(listed.period_ends_at, listed.forum) if listed.period_ends_at else "–"

    def changelist_view(self, request, extra_context=None):
        forums = Forum.objects.exclude(status="held").order_by("year")
        return super().changelist_view(request, {"forums": forums, **(extra_context or {})})

    def begin(self, request):
        """Begin the list of a forum, or open the one that is being prepared."""
        if not request.user.has_perm(COMPILE):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:accreditation_nonobjectionlist_changelist")
        forum = get_object_or_404(Forum, slug=without_control(request.POST.get("forum", "")))
        listed = operations.begin_list(forum, by=request.user, at=now())
        return redirect("admin:accreditation_nonobjectionlist_change", listed.pk)

    def document(self, request, key):
        """A document for the Office of the President, as a download; each reading is noted."""
        document = get_object_or_404(ListDocument.objects.select_related("list__forum"), key=key, made_at__isnull=False)
        if not request.user.has_perm(COMPILE):
            raise Http404
        note_reading(Reading.What.LIST, document, by=request.user, at=now())
        name = f"list-{document.list.number}-{document.language}.{document.format}"
        response = FileResponse(document.file.open("rb"), as_attachment=True, filename=name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store, private"
        return response

    # One list --------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        listed = self.get_object(request, unquote(object_id))
        if listed is None:
            raise Http404
        operations.end_period(listed, at=now())
        return self._act(request, listed) if request.method == "POST" else self._page(request, listed)

    def _act(self, request, listed):
        act = {act.key: act for act in ACTS}.get(request.POST.get("decision"))
        if act is None or not act.may(request.user, listed):
            raise Http404
        steps = list(listed.steps.all())
        if deciding.is_stale(request.POST, self._seen(listed, steps)) or not act.fits(listed):
            return self._page(request, listed, stale=deciding.since(steps, request.POST), status=409)
        form = act.asked(request.POST, listed)
        if form.is_valid():
            words = {"outcomes": form.outcomes} if isinstance(form, Lines) else form.cleaned_data
            try:
                if (letters := self._carry_out(request, listed, act, words)) is not None:
                    return letters
            except Refused as why:
                form.add_error(None, str(why))
                listed.refresh_from_db()
            else:
                forget_typed(request, request.path)
                look_soon("accreditation.tasks.watch_lists", "accreditation.tasks.announce_steps")
                messages.success(request, act.done)
                return redirect(request.get_full_path())
        return self._page(request, listed, pressed=act, wrong=form)

    def _carry_out(self, request, listed, act, words):
        """The page with the letters, or None when it is done."""
        by, at = request.user, now()

        @transaction.atomic
        def carry_out(letters):
            about = {} if letters.is_as_written else {"letters": letters}
            act.act(listed, by=by, at=at, **words, **about)

        if act.key not in LOOKS:
            return carry_out(AS_WRITTEN)

        def look(letters):
            return LOOKS[act.key](listed, letters, by=by, at=at, **words)

        return ConfirmationOfMany(self, request, act.label, str(listed), look, carry_out).carry_out()

    def _seen(self, listed, steps):
        frozen = listed.frozen_at.isoformat() if listed.frozen_at else ""
        return deciding.seen_of(listed, steps[-1] if steps else None, frozen=frozen)

    def _page(self, request, listed, *, pressed=None, wrong=None, stale=None, status=200):
        steps = list(listed.steps.select_related("by"))
        told = deciding.in_words(steps, dict(NonObjectionList.Status.choices), lambda step: step.by or _("The portal"))
        data = request.POST if request.method == "POST" else typed_before(request, request.path)
        lines = list(listed.lines.select_related("accreditation__organisation", "country").order_by("position", "name"))
        context = {
            **self.admin_site.each_context(request),
            "title": str(listed),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": listed,
            "list": listed,
            "forum": listed.forum,
            "tone": list_tone(listed.status),
            "lines": lines,
            "figures": figures.balance(lines),
            "documents": listed.documents.all() if request.user.has_perm(COMPILE) else [],
            "objections": self._objections(request, listed),
            "sees_objections": request.user.has_perm(SEE_OBJECTIONS),
            "history": told,
            "seen": self._seen(listed, steps),
            "stale": None if stale is None else [line for line in told if line["step"] in stale],
            "stale_sentence": deciding.stale_sentence(),
            "kept": deciding.left_over(ACTS, listed, data) if stale is not None else [],
            "panels": deciding.panels_of(
                ACTS,
                listed,
                letter_of=lambda act: letters_of(act, lines),
                allowed=lambda act: act.may(request.user, listed),
                data=data,
                pressed=pressed,
                wrong=wrong,
            ),
        }
        return TemplateResponse(request, "admin/accreditation/nonobjectionlist/list.html", context, status=status)

    def _objections(self, request, listed):
        """Those recorded, only for who may see them; that they were looked at is noted."""
        if not (request.user.has_perm(SEE_OBJECTIONS) and compiles(request.user, listed)):
            return []
        objections = list(Objection.objects.filter(line__list=listed).select_related("line", "state"))
        for objection in objections:
            note_reading(Reading.What.OBJECTION, objection, by=request.user, at=now(), accreditation=None)
        return objections


def letters_of(act, lines):
    """Whom an act writes to, before it is pressed."""
    count = len([line for line in lines if line.struck_at is None])
    if act.key in ("circulate", "release"):
        sentence = ngettext(
            "Letters go to those who speak for %(count)d organisation.",
            "Letters go to those who speak for %(count)d organisations.",
            count,
        )
        return sentence % {"count": count}
    if act.key == "outcome":
        return _("Letters to all are written when a second person lets them go out.")
    return _("No letter goes out.")


@admin.register(NonObjectionListStep)
class NonObjectionListStepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = NonObjectionList.Status, staticmethod(list_tone)
    list_display = ("list", "from_status", "to_status", "by", "when", "announced")
    list_select_related = ("list__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    ordering = ("-at", "-pk")
    fields = ("list", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("when", "from_status", "to_status", "announced")

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.list.forum)
