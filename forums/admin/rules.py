"""Room: rules, the duties that are laid on every forum. Those of a resolution keep their count; the desk adds its own."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.calendar import rule_in_words
from forums.models import Milestone, Rule
from forums.operations.dating import ONCE

OF_THE_DESK = [choice for choice in Milestone.Kind.choices if choice[0] not in ONCE]
FARTHEST = 400  # days


class RuleForm(SeenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(
                label=self.fields["kind"].label,
                choices=OF_THE_DESK,
                help_text=_("The report, the notes, the hearing and the declaration are laid down by the resolutions."),
            )

    def clean(self):
        """Counts that lead nowhere, and a paragraph of no resolution, are refused."""
        cleaned = super().clean()
        days = 7 * (cleaned.get("weeks_before") or 0) + (cleaned.get("days_before") or 0)
        if not -30 <= days <= FARTHEST:
            self.add_error(
                "weeks_before" if "weeks_before" in self.fields else None,
                _("A duty lies at most %(most)d days before the forum and thirty days after its first day.")
                % {"most": FARTHEST},
            )
        if cleaned.get("paragraph") and not cleaned.get("resolution"):
            self.add_error("resolution", _("Name the resolution of this paragraph, or leave both empty."))
        if cleaned.get("each_round_table") and "{number}" not in (cleaned.get("name_en") or ""):
            self.add_error("name_en", _("Write {number} where the number of the round table belongs."))
        return cleaned


@admin.register(Rule)
class RuleRoom(TranslatedRoom):
    form = RuleForm
    list_display = ("name", "counted", "by_which", "each_round_table", "state")
    list_filter = ("in_force",)
    search_fields = ("name", "code", "resolution")
    fieldsets = (
        (None, {"fields": ("code", "kind", "in_force")}),
        (
            _("Due"),
            {
                "fields": ("weeks_before", "days_before", "on_last_day", "each_round_table"),
                "description": _(
                    "A change counts for forums that are dated from now on; duties that are laid out keep theirs."
                ),
            },
        ),
        (_("Basis"), {"fields": ("resolution", "paragraph")}),
        (_("Name"), {"fields": ("name",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """What a resolution lays down is not the desk's to change; its name in six languages is."""
        if obj is None:
            return ()
        if not obj.is_of_a_resolution:
            return ("code", "kind")
        counted = ("weeks_before", "days_before", "on_last_day", "each_round_table")
        return ("code", "kind", "in_force", *counted, "resolution", "paragraph")

    @admin.display(description=_("counted"))
    def counted(self, rule):
        return rule_in_words(rule) or "–"

    @admin.display(description=_("resolution and paragraph"))
    def by_which(self, rule):
        return rule.basis

    @admin.display(description=_("in force"), ordering="in_force")
    def state(self, rule):
        return badge(_("In force"), "done") if rule.in_force else badge(_("Not in force"), "plain")
