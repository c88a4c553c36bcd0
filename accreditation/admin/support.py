"""Room: requests for support. The desk records what others decided and what was provided by whom; no sum, no rule."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accreditation.admin.decided import DecidedRoom
from accreditation.admin.list_decisions import DAY, Act
from accreditation.admin.of_a_forum import OfForum
from accreditation.admin.telling import tells_nobody, whom_it_tells
from accreditation.models import SupportRequest, SupportRequestStep
from accreditation.models.terms import Group
from accreditation.notifications import people_of
from accreditation.operations.deciding import SUPPORT
from accreditation.participation import supporting
from accreditation.participation.terms import terms_of
from accreditation.permissions import may_decide_support
from accreditation.templatetags.participation import participation_tone
from forums.admin.decisions import Decision, Words
from forums.admin.rooms import Choice, ReadOnlyRoom, badge, written
from forums.admin.stale import mark
from forums.admin.steps import AnnouncedFilter, BecameFilter, StepWords
from forums.templatetags.moments import moment
from forums.typed import one_line, without_control

Status = SupportRequest.Status
SAID = ("country_id", "needs", "words", "provided", "provided_by")
LINES = {"max_length": 4000, "widget": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}
LINE = {"max_length": 160, "widget": forms.TextInput(attrs={"dir": "auto"})}


def decides(user, request) -> bool:
    return may_decide_support(user, request.organisation)


# What is decided -----------------------------------------------------------------------------------------------------


class Decided(Words):
    decided_on = forms.DateField(label=_("Decided on"), **DAY)
    decided_by = forms.CharField(label=_("Decided by"), **LINE)

    def clean_decided_by(self):
        return one_line(self.cleaned_data["decided_by"])


class Provided(Words):
    provided = forms.CharField(label=_("What was provided, in words"), **LINES)
    provided_by = forms.CharField(label=_("Provided by"), **LINE)

    def know(self, request):
        for name in ("provided", "provided_by"):
            self.fields[name].initial = getattr(request, name)

    def clean_provided(self):
        return without_control(self.cleaned_data["provided"]).replace("\r\n", "\n")

    def clean_provided_by(self):
        return one_line(self.cleaned_data["provided_by"])


class Granted(Provided, Decided):
    field_order = ("decided_on", "decided_by", "provided", "provided_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provided"].required = self.fields["provided_by"].required = False
        self.fields["provided"].label = _("What was provided, in words; it can follow later")


class Reason(Words):
    reason = forms.CharField(label=_("Reason (the organisation reads it)"), **LINES)

    def clean_reason(self):
        return without_control(self.cleaned_data["reason"]).replace("\r\n", "\n")


class Declined(Reason, Decided):
    field_order = ("decided_on", "decided_by", "reason")


DECIDERS = {
    "may": decides,
    "for_whom": _("Decisions are recorded by those with that permission, never for their own organisation."),
}
DECISIONS = (
    Decision(
        key="grant",
        label=_("Record that it was granted"),
        done=_("It is recorded; the organisation is told."),
        from_statuses=(Status.REQUESTED,),
        to=Status.GRANTED,
        act=supporting.grant,
        words=Granted,
        tone="",
        **DECIDERS,
    ),
    Decision(
        key="decline",
        label=_("Record that it was not granted"),
        done=_("It is recorded; the organisation is told why."),
        from_statuses=(Status.REQUESTED,),
        to=Status.NOT_GRANTED,
        act=supporting.decline,
        words=Declined,
        tone="stop",
        **DECIDERS,
    ),
    Act(
        key="provide",
        label=_("Record what was provided"),
        done=_("What was provided is recorded."),
        from_statuses=(Status.GRANTED,),
        to="",
        act=supporting.record_provision,
        words=Provided,
        tone="",
        **DECIDERS,
    ),
    Decision(
        key="look_again",
        label=_("Open it again"),
        done=_("The request is open again; the organisation is told why."),
        from_statuses=(Status.NOT_GRANTED,),
        to=Status.REQUESTED,
        act=supporting.look_again,
        words=Reason,
        **DECIDERS,
    ),
)


# The room ------------------------------------------------------------------------------------------------------------


class GroupFilter(Choice):
    title, parameter_name = _("group"), "group"

    def lookups(self, request, model_admin):
        return [*Group.choices, (supporting.STAKEHOLDER, _("Other stakeholders")), ("none", _("No group applies"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(Q(eligible_as=[]) if value == "none" else Q(eligible_as__contains=[value]))


@admin.register(SupportRequest)
class SupportRequestRoom(DecidedRoom):
    decisions, page_template = DECISIONS, "admin/accreditation/supportrequest/page.html"
    voice, quiet = SUPPORT, ("provide",)
    list_display = ("person", "body", "country", "groups", "state", "asked", "decided_on", "decided_by")
    list_select_related = ("organisation", "forum", "country")
    list_filter = ("status", GroupFilter, OfForum)
    search_fields = ("person", "organisation__name", "organisation__acronym")

    def seen_of(self, support, steps):
        """What was asked and what was provided change without a step."""
        said = [str(getattr(support, name)) for name in SAID]
        return {**super().seen_of(support, steps), "said": mark(repr(said))}

    def letter_of(self, support, decision):
        if decision.key == "provide":
            return tells_nobody()
        return whom_it_tells(support.organisation, people_of(support.organisation))

    def about(self, request, support):
        return {
            "support": support,
            "forum": support.forum,
            "organisation": support.organisation,
            "tone": participation_tone(support.status),
            "terms": terms_of(support.forum),
            "groups": supporting.names_of(support.eligible_as),
            "needs": [SupportRequest.Need(need).label for need in support.needs],
        }

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def body(self, support):
        return written(support.organisation.name, support.organisation.name_language)

    @admin.display(description=_("groups"))
    def groups(self, support):
        return ", ".join(map(str, supporting.names_of(support.eligible_as))) or "–"

    @admin.display(description=_("status"), ordering="status")
    def state(self, support):
        return badge(support.get_status_display(), participation_tone(support.status))

    @admin.display(description=_("asked"), ordering="requested_at")
    def asked(self, support):
        return moment(support.requested_at, support.forum)


@admin.register(SupportRequestStep)
class SupportRequestStepRoom(StepWords, ReadOnlyRoom):
    statuses, tone = Status, staticmethod(participation_tone)
    list_display = ("request", "from_status", "to_status", "by", "when", "announced")
    list_select_related = ("request__organisation", "request__forum", "by")
    list_filter = (AnnouncedFilter, BecameFilter)
    ordering = ("-at", "-pk")
    fields = ("request", "from_status", "to_status", "by", "when", "note", "announced", "trouble")
    readonly_fields = ("when", "from_status", "to_status", "announced")

    @admin.display(description=_("when"), ordering="at")
    def when(self, step):
        return moment(step.at, step.request.forum)
