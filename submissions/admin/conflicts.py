"""Room: conflicts of interest. Everybody of the desk declares their own; overseers of the reviews see and declare all."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.admin.desk_days import AddedAndEnded, people_of_the_desk
from forums.admin.rooms import Choice, badge
from forums.admin.stale import SeenForm
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import one_line, without_control
from submissions import operations, permissions
from submissions.models import Conflict, Submission


class ConflictForm(SeenForm):
    """An input is named by its reference, and only one that the person who declares can see."""

    for_user = None
    user = forms.ModelChoiceField(people_of_the_desk(), label=_("Person"), required=False)
    reference = forms.CharField(
        label=_("Reference of the input"), required=False, max_length=30, help_text=_("Or an organisation, not both.")
    )

    class Meta:
        model = Conflict
        fields = ("user", "organisation", "ground", "reason")

    def clean_reason(self):
        reason = without_control(self.cleaned_data["reason"]).strip()
        if not reason:
            raise forms.ValidationError(_("Give the reason: it is seen by those who oversee the reviews."))
        return reason

    def clean(self):
        cleaned = super().clean()
        reference = one_line(cleaned.get("reference") or "")
        cleaned["submission"] = None
        if reference:
            seen = Submission.objects.visible_to(self.for_user)
            cleaned["submission"] = seen.filter(reference__iexact=reference).first()
            if cleaned["submission"] is None:
                self.add_error("reference", _("There is no such input among those that you see."))
        if bool(reference) == bool(cleaned.get("organisation")) and "organisation" not in self.errors:
            self.add_error(None, _("Name either an organisation or an input."))
        return cleaned

    def _post_clean(self):
        """What is stored is made by the operation, which knows the constraints."""


class StandsFilter(Choice):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return [("now", _("Holds")), ("ended", _("Ended"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(ended_at__isnull=value == "now")


@admin.register(Conflict)
class ConflictRoom(AddedAndEnded):
    form = ConflictForm
    list_display = ("user", "about", "ground", "by", "declared", "state")
    list_select_related = ("user", "organisation", "submission", "by", "ended_by")
    list_filter = (StandsFilter, "ground")
    search_fields = ("organisation__name", "user__name", "user__email")
    ordering = ("-at", "-pk")
    autocomplete_fields = ("organisation",)
    actions = ("end",)

    def get_queryset(self, request):
        """One's own; overseers see those of others, but none about an input that is closed to themselves."""
        rows, user = super().get_queryset(request), request.user
        if not permissions.sees_reviewers(user):
            return rows.filter(user=user)
        seen = Submission.objects.visible_to(user).order_by()
        return rows.filter(Q(user=user) | Q(submission=None) | Q(submission__in=seen.values("pk")))

    def get_fields(self, request, obj=None):
        if obj is not None:
            return ("user", "about", "ground", "reason", "by", "declared", "state", "ended_by")
        people = ("user",) if permissions.sees_reviewers(request.user) else ()
        return (*people, "organisation", "reference", "ground", "reason")

    def get_readonly_fields(self, request, obj=None):
        return ("about", "declared", "state") if obj else ()

    def get_form(self, request, obj=None, **kwargs):
        if obj is not None:
            kwargs["form"] = SeenForm
            return super().get_form(request, obj, **kwargs)
        kwargs["fields"] = [name for name in self.get_fields(request) if name not in ("reference", "user")]
        form = super().get_form(request, obj, **kwargs)
        form.for_user = request.user
        if not permissions.sees_reviewers(request.user):
            form.base_fields.pop("user")
        return form

    def save_model(self, request, obj, form, change):
        said = form.cleaned_data
        person = said.get("user") or request.user
        about = {name: said.get(name) for name in ("organisation", "submission", "ground", "reason")}
        made = operations.declare_conflict(user=person, **about, by=request.user, at=now())
        obj.__dict__.update(made.__dict__)

    @admin.display(description=_("about"))
    def about(self, conflict):
        return format_html("<bdi>{}</bdi>", conflict.organisation or conflict.submission)

    @admin.display(description=_("declared at"), ordering="at")
    def declared(self, conflict):
        return moment(conflict.at, "UTC")

    @admin.display(description=_("state"))
    def state(self, conflict):
        return moment(conflict.ended_at, "UTC") if conflict.ended_at else badge(_("Holds"), "wait")

    def has_end_permission(self, request):
        return request.user.has_perm("submissions.add_conflict")

    @admin.action(description=_("End the selected conflicts of interest"), permissions=["end"])
    def end(self, request, queryset):
        """One that somebody else declared about a person is not ended by that person."""

        def end(conflict):
            own = conflict.user_id == request.user.pk
            if own and conflict.by_id != request.user.pk:
                raise Refused(_("Somebody else declared it, so somebody else ends it."))
            operations.end_conflict(conflict, by=request.user, at=now())

        self.act_on_each(
            request,
            queryset,
            end,
            lambda n: (
                ngettext("%(n)d conflict of interest was ended.", "%(n)d conflicts of interest were ended.", n) % {"n": n}
            ),
        )
