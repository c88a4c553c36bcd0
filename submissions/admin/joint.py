"""Rooms: co-sponsors of inputs that were sent; wishes of authors that the public see less."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.admin.confirming_many import on_each
from accreditation.entrance import keep_typed, typed_before
from forums.admin.rooms import Choice, ReadOnlyRoom, badge, written
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import without_control
from submissions import operations, permissions
from submissions.admin.inputs import review_link
from submissions.models import CoSponsor, PublicityRequest, Submission
from submissions.operations import deciding
from submissions.views.joint import TONES


@admin.register(CoSponsor)
class CoSponsorRoom(ReadOnlyRoom):
    list_display = ("named", "input", "state", "asked", "answered", "over")
    list_select_related = ("submission__call__forum", "organisation")
    list_filter = ("answer", "ended", "on_behalf")
    search_fields = ("name", "organisation__name", "submission__reference")
    ordering = ("-invited_at", "pk")
    fields = ("named", "input", "state", "on_behalf", "asked", "answered", "over", "agreed_mark")
    readonly_fields = ("named", "input", "state", "asked", "answered", "over")
    actions = ("take_off",)

    def get_queryset(self, request):
        """Under inputs that were sent and that this person may see; drafts are their authors'."""
        seen = Submission.objects.visible_to(request.user)
        return super().get_queryset(request).filter(submission__in=seen.values("pk"))

    def has_publish_permission(self, request):
        return request.user.has_perm("submissions.publish_submission")

    @admin.display(description=_("name"))
    def named(self, row):
        return written(row.public_name, row.language)

    @admin.display(description=_("input"))
    def input(self, row):
        return review_link(row.submission_id, row.submission.reference)

    @admin.display(description=_("state"))
    def state(self, row):
        state = row.state(row.agreed_mark)
        return badge(state.label, TONES[state])

    @admin.display(description=_("asked or named"), ordering="invited_at")
    def asked(self, row):
        return moment(row.invited_at, row.submission.call.forum)

    @admin.display(description=_("answered"), ordering="answered_at")
    def answered(self, row):
        return moment(row.answered_at, row.submission.call.forum) or "–"

    @admin.display(description=_("ended"), ordering="ended_at")
    def over(self, row):
        return moment(row.ended_at, row.submission.call.forum) or "–"

    @admin.action(description=_("Take the selected names off their inputs, as their bodies wish"), permissions=["publish"])
    def take_off(self, request, queryset):
        def take_off(row, *, by, at):
            if not permissions.may_publish(by, row.submission):
                raise Refused(_("Nobody decides about what their own organisation wrote or stands under."))
            return operations.take_off_by_desk(row, by=by, at=at)

        return on_each(
            self,
            request,
            queryset,
            label=_("Take the selected names off their inputs, as their bodies wish"),
            act=take_off,
            voice=deciding.NAMES_TAKEN_OFF,
            done=lambda n: ngettext("%(n)d name was taken off.", "%(n)d names were taken off.", n) % {"n": n},
        )


class OpenFilter(Choice):
    title, parameter_name = _("answered"), "answered"

    def lookups(self, request, model_admin):
        return [("no", _("Not yet")), ("yes", _("Answered"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(settled_at__isnull=value == "no")


@admin.register(PublicityRequest)
class PublicityRoom(ReadOnlyRoom):
    list_display = ("input", "wanted", "asked", "state")
    list_display_links = ("wanted",)
    list_select_related = ("submission__call__forum",)
    list_filter = (OpenFilter, "wanted")
    search_fields = ("submission__reference",)
    ordering = ("-asked_at", "pk")
    fields = ("input", "wanted", "because", "asked", "state", "answered", "settled")
    readonly_fields = ("input", "because", "asked", "state", "answered", "settled")
    change_form_template = "admin/submissions/publicityrequest/change_form.html"

    def get_queryset(self, request):
        seen = Submission.objects.visible_to(request.user)
        return super().get_queryset(request).filter(submission__in=seen.values("pk"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The wish; who publishes answers it here with a word of their own."""
        wish = self.get_object(request, object_id)
        may = wish is not None and permissions.may_publish(request.user, wish.submission)
        if request.method == "POST" and may and request.POST.get("decision") in ("grant", "refuse"):
            return self._answer(request, wish, granted=request.POST["decision"] == "grant")
        typed = (typed_before(request, request.path) or {}).get("answer", "")
        about = {"may_answer": may and wish.settled_at is None, "typed": typed}
        return super().change_view(request, object_id, form_url, {**about, **(extra_context or {})})

    def _answer(self, request, wish, *, granted):
        """The page with the letters; back on the page of the wish when it is answered, or refused with what was typed."""
        words = {"granted": granted, "answer": without_control(request.POST.get("answer", ""))[:5000]}
        label = _("Grant it") if granted else _("Do not grant it")
        voice = deciding.GRANTED_WISHES if granted else deciding.REFUSED_WISHES
        about = {"named": wish.submission.reference}
        told = Confirmation(self, request, wish, Pressed(label, operations.answer_wish), words, voice, **about)
        try:
            if (page := told.carry_out()) is not None:
                return page
        except Refused as why:
            keep_typed(request, request.path)
            messages.error(request, str(why))
        else:
            look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters")
            messages.success(request, _("The wish is answered."))
        return redirect(request.get_full_path())

    @admin.display(description=_("input"))
    def input(self, wish):
        return review_link(wish.submission_id, wish.submission.reference)

    @admin.display(description=_("reason"))
    def because(self, wish):
        return format_html('<span dir="auto">{}</span>', wish.reason)

    @admin.display(description=_("answer of the desk"))
    def answered(self, wish):
        return format_html('<span dir="auto">{}</span>', wish.answer or "–")

    @admin.display(description=_("asked at"), ordering="asked_at")
    def asked(self, wish):
        return moment(wish.asked_at, wish.submission.call.forum)

    @admin.display(description=_("state"))
    def state(self, wish):
        if wish.settled_at is None:
            return badge(_("Waits for an answer"), "wait")
        return badge(_("Granted"), "done") if wish.granted else badge(_("Not granted"), "stop")

    @admin.display(description=_("answered at"))
    def settled(self, wish):
        return moment(wish.settled_at, wish.submission.call.forum) or "–"
