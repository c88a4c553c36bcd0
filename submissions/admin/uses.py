"""Room: uses of inputs. Which official document drew on which inputs, typed, or pasted with the document itself."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.admin.rooms import Choice, Room, badge
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import without_control
from submissions import operations
from submissions.admin.inputs import review_link
from submissions.models import Submission, Use
from submissions.operations.using import MOST, references_in


class StandingFilter(Choice):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [("standing", _("Public")), ("removed", _("Taken off"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(removed_at__isnull=value == "standing")


class UseForm(forms.ModelForm):
    """A document and the inputs that it drew on; whatever else stands in the pasted text is passed over."""

    inputs = forms.CharField(
        label=_("Inputs"),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=200_000,
        help_text=_(
            "References such as IMRF-2026-I-00042, or the text of the document itself: every reference that stands in it "
            "is taken."
        ),
    )

    class Meta:
        model = Use
        fields = ("document", "inputs", "place", "note")

    def clean_inputs(self):
        found = references_in(without_control(self.cleaned_data["inputs"]))
        if not found:
            raise forms.ValidationError(_("No reference of an input was found in this."))
        if len(found) > MOST:
            raise forms.ValidationError(_("Take at most %(most)d inputs at once.") % {"most": MOST})
        return found

    def clean_place(self):
        return without_control(self.cleaned_data["place"])

    def clean_note(self):
        return without_control(self.cleaned_data["note"])


@admin.register(Use)
class UseRoom(Room):
    form = UseForm
    list_display = ("input", "document", "place", "state", "recorded", "told")
    list_display_links = ("document",)
    list_select_related = ("submission", "document", "by")
    list_filter = (StandingFilter, "document__kind")
    search_fields = ("submission__reference", "document__symbol", "document__title")
    ordering = ("-at", "-pk")
    autocomplete_fields = ("document",)
    fields = ("document", "inputs", "place", "note")
    actions = ("take_off",)

    def get_queryset(self, request):
        seen = Submission.objects.visible_to(request.user)
        return super().get_queryset(request).filter(submission__in=seen.values("pk"))

    def has_change_permission(self, request, obj=None):
        return False

    def has_remove_permission(self, request):
        return request.user.has_perm("submissions.add_use")

    def get_fields(self, request, obj=None):
        return ("input", "document", "place", "note", "state", "recorded", "told") if obj else super().get_fields(request)

    def get_readonly_fields(self, request, obj=None):
        return ("input", "document", "place", "note", "state", "recorded", "told") if obj else ()

    def add_view(self, request, form_url="", extra_context=None):
        """Django's form; what is sent goes through the operation, input by input, and says of each what became of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            form = self.get_form(request)(request.POST)
            if form.is_valid():
                return self._record(request, form.cleaned_data)
        return super().add_view(
            request, form_url, {"title": _("Record that a document drew on inputs"), **(extra_context or {})}
        )

    def _record(self, request, asked):
        seen = {each.reference: each for each in self._seen(request, asked["inputs"])}
        done, skipped = 0, []
        for reference in asked["inputs"]:
            try:
                if reference not in seen:
                    raise Refused(_("You see no such input."))
                about = {name: asked[name] for name in ("document", "place", "note")}
                _use, new = operations.record_use(seen[reference], **about, by=request.user, at=now())
                done += new
            except Refused as why:
                skipped.append((reference, str(why)))
        for reference, why in skipped[:20]:
            messages.warning(request, format_html(_("Skipped <bdi>{row}</bdi>: {why}"), row=reference, why=why))
        said = ngettext("%(n)d use was recorded.", "%(n)d uses were recorded.", done) % {"n": done}
        messages.success(request, said)
        look_soon("submissions.tasks.follow_uses")
        return redirect("admin:submissions_use_changelist")

    def _seen(self, request, references):
        return Submission.objects.visible_to(request.user).filter(reference__in=references)

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description=_("input"), ordering="submission__reference")
    def input(self, use):
        return review_link(use.submission_id, use.submission.reference)

    @admin.display(description=_("state"))
    def state(self, use):
        return badge(_("Taken off"), "stop") if use.removed_at else badge(_("Public"), "done")

    @admin.display(description=_("recorded"), ordering="at")
    def recorded(self, use):
        return format_html("{}<br><bdi>{}</bdi>", moment(use.at, "UTC"), use.by)

    @admin.display(description=_("told its author"))
    def told(self, use):
        return moment(use.told_at, "UTC") or "–"

    @admin.action(description=_("Take the selected uses off"), permissions=["remove"])
    def take_off(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            lambda use: operations.remove_use(use, by=request.user, at=now()),
            lambda n: ngettext("%(n)d use was taken off.", "%(n)d uses were taken off.", n) % {"n": n},
        )
