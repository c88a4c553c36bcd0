"""Room: bases. Staff say without code what each means, asks, permits, and how long it holds; what was granted is kept."""

from django import forms
from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationStackedInline

from accreditation.models import Accreditation, Basis, BasisPoint, Register
from accreditation.terms import of_terms
from forums.admin.rooms import TranslatedRoom
from forums.admin.stale import SeenForm


class BasisForm(SeenForm):
    register = forms.ChoiceField(
        label=_("checked against the register"), choices=[("", "–"), *Register.Kind.choices], required=False
    )

    def clean(self):
        cleaned = super().clean()
        years = cleaned.get("holds_years")
        if cleaned.get("holds") == Basis.Holds.YEARS and not years:
            self.add_error("holds_years", _("Say for how many years it holds."))
        if cleaned.get("non_objection") and cleaned.get("confirmable"):
            self.add_error("confirmable", _("What Member States decide for one forum cannot be confirmed for the next."))
        return cleaned


class PointForm(forms.ModelForm):
    def clean_most_words(self):
        most = self.cleaned_data["most_words"]
        if not 1 <= most <= 5000:
            raise forms.ValidationError(_("Give a number of words between 1 and 5000."))
        return most


class PointInline(TranslationStackedInline):
    model = BasisPoint
    form = PointForm
    extra = 1
    fields = (("code", "kind", "position"), ("required", "in_use", "most_words"), "label", "help_text")

    def has_delete_permission(self, request, obj=None):
        """A point that applications have answered is taken out of use, not deleted."""
        return False


@admin.register(Basis)
class BasisRoom(TranslatedRoom):
    form = BasisForm
    list_display = ("name", "code", "paragraph", "decided_by", "register", "non_objection", "in_use")
    search_fields = ("name", "code")
    readonly_fields = ("code", "what_it_permits", "standing_on_other_terms")
    inlines = (PointInline,)
    fieldsets = (
        (None, {"fields": ("code", "position", "paragraph", "in_use", "non_objection", "confirmable")}),
        (_("Name"), {"fields": ("name",)}),
        (_("Explanation"), {"fields": ("explanation",)}),
        (_("Who decides"), {"fields": ("decided_by",)}),
        (_("Evidence asked for"), {"fields": ("evidence", "register", "passes_on")}),
        (_("What it permits"), {"fields": (("may_attend", "most_persons"), ("may_attend_hearing", "most_persons_hearing"))}),
        (_("Speaking and inputs"), {"fields": ("may_ask_to_speak", ("may_send_inputs", "most_words"))}),
        (_("How long it holds"), {"fields": ("holds", "holds_years")}),
        (_("As its organisations see it"), {"fields": ("what_it_permits", "standing_on_other_terms")}),
    )

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("What you can do"))
    def what_it_permits(self, basis):
        return render_to_string("accreditation/participant/_permits.html", {"permits": of_terms(basis.terms())})

    @admin.display(description=_("Standing on other terms"))
    def standing_on_other_terms(self, basis):
        return in_words(on_other_terms(basis))

    def save_related(self, request, form, formsets, change):
        """Whoever changes a basis hears how many standings keep what they were granted."""
        super().save_related(request, form, formsets, change)
        if set(form.changed_data) & set(Basis.TERMS) and (count := on_other_terms(form.instance)):
            messages.info(request, in_words(count))


def on_other_terms(basis) -> int:
    """How many standings keep other terms than the basis has today."""
    return Accreditation.objects.standing().filter(basis=basis).exclude(terms={}).exclude(terms=basis.terms()).count()


def in_words(count):
    return ngettext(
        "%(n)d standing accreditation keeps the terms it was granted under.",
        "%(n)d standing accreditations keep the terms they were granted under.",
        count,
    ) % {"n": count}
