"""Room: merges of two records. Looked at before it is done, on one page; undone on the page of the merge."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.entrance import typed_before
from accreditation.merging import merging, undoing
from accreditation.merging.parts import PARTS
from accreditation.merging.previewing import preview
from accreditation.models import Merge, Organisation
from accreditation.operations.deciding import MERGES, UNDOINGS
from accreditation.permissions import may_merge
from accreditation.search import organisations_like
from forums.admin.decisions import typed_into
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import a_name, posted, without_control

MERGE = "accreditation.merge_organisation"
AS_NAME = [("alias", _("A name by which it is also called")), ("former", _("A former name"))]
PEOPLE = [
    ("keep", _("They keep their roles")),
    ("ask", _("They have to be admitted by those who speak for the kept record")),
]


class MergeForm(forms.Form):
    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What shows that the two are one organisation"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    name = forms.ChoiceField(label=_("The main name of the record that goes becomes"), choices=AS_NAME, initial="alias")
    people = forms.ChoiceField(label=_("The people of the record that goes"), choices=PEOPLE, initial="keep")

    def clean_reason(self):
        return without_control(self.cleaned_data["reason"])

    @property
    def choices(self) -> dict:
        said = self.cleaned_data
        return {"reason": said["reason"], "former": said["name"] == "former", "ask_people": said["people"] == "ask"}


@admin.register(Merge)
class MergeRoom(ReadOnlyRoom):
    list_display = ("gone", "kept", "when", "by", "state")
    list_select_related = ("gone", "kept", "by")
    search_fields = ("gone__name", "kept__name", "gone__slug")
    ordering = ("-at", "-pk")

    def get_urls(self):
        choose = self.admin_site.admin_view(self.preview)
        return [path("preview/", choose, name="accreditation_merge_preview"), *super().get_urls()]

    @admin.display(description=_("merged at"), ordering="at")
    def when(self, made):
        return moment(made.at, "UTC")

    @admin.display(description=_("state"))
    def state(self, made):
        return badge(_("Undone")) if made.undone_at else badge(_("Merged"), "done")

    # Before ----------------------------------------------------------------------------------------------------------

    def preview(self, request):
        """What a merge of two records would do, and the button that does it; first the choice of the second record."""
        if not request.user.has_perm(MERGE):
            raise PermissionDenied
        gone, kept = (self._record(request, name) for name in ("gone", "kept"))
        if gone is None:
            return redirect("admin:accreditation_organisation_changelist")
        if not may_merge(request.user, *filter(None, (gone, kept))):
            raise Http404
        if kept is None:
            return self._choose(request, gone)
        return self._merge(request, kept, gone) if request.method == "POST" else self._show(request, kept, gone)

    def _record(self, request, name):
        key = request.GET.get(name, "")
        if not key:
            return None
        return get_object_or_404(Organisation, pk=key if key.isdecimal() and len(key) < 19 else 0)

    def _choose(self, request, gone):
        question = a_name(request.GET.get("q", ""))[:250]
        found = organisations_like(question or gone.name, "" if question else gone.acronym)
        alike = [each for each in found if each.pk != gone.pk]
        about = {"gone": gone, "alike": alike, "question": question, "title": _("Choose the record that is kept")}
        return self._answer(request, "choose.html", about)

    def _merge(self, request, kept, gone):
        form = MergeForm(posted(request.POST))
        stale = None
        if form.is_valid():
            words = {"gone": gone, "seen": form.cleaned_data["seen"], **form.choices}
            named, pressed = f"{gone} → {kept}", Pressed(_("Merge two records"), merging.merge)
            told = Confirmation(self, request, kept, pressed, words, MERGES, named=named)
            try:
                if (page := told.carry_out()) is not None:
                    return page
            except merging.ChangedSincePreview as why:
                stale = str(why)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                look_soon("forums.tasks.send_letters", "accreditation.tasks.announce_steps")
                messages.success(request, _("The two records are one. It can be undone for a while."))
                return redirect("admin:accreditation_merge_change", told.became.done.pk)
        return self._show(request, kept, gone, form=form, stale=stale)

    def _show(self, request, kept, gone, *, form=None, stale=None):
        shown = preview(*(Organisation.objects.select_related("country").get(pk=each.pk) for each in (kept, gone)))
        form = form or MergeForm()
        if form.is_bound:
            form.data["seen"] = shown.mark
        else:
            form.initial = typed_into(form, typed_before(request, request.path) or {}) | {"seen": shown.mark}
        about = {"preview": shown, "form": form, "stale": stale, "title": _("Merge two records")}
        return self._answer(request, "preview.html", about, status=409 if stale else 200)

    # Afterwards ------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What moved, and the way back while there is one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        made = self.get_object(request, unquote(object_id))
        if made is None:
            raise Http404
        wrong = ""
        if request.method == "POST":
            if request.POST.get("decision") != "undo" or not may_merge(request.user, made.kept, made.gone):
                raise Http404
            told = Confirmation(self, request, made, Pressed(_("Undo the merge"), undoing.undo), {}, UNDOINGS)
            try:
                if (page := told.carry_out()) is not None:
                    return page
            except Refused as why:
                wrong = str(why)
            else:
                look_soon("forums.tasks.send_letters", "accreditation.tasks.announce_steps")
                messages.success(request, _("The merge was undone."))
                return redirect(request.get_full_path())
            made.refresh_from_db()
        about = {
            "original": made,
            "merge": made,
            "title": str(made),
            "moved": [
                (part.label, count) for part in PARTS if (count := len(made.moved.get(part.key, {}).get("moved", ())))
            ],
            "until": undoing.until(made),
            "why_not": undoing.why_not(made, at=now()),
            "may_undo": may_merge(request.user, made.kept, made.gone),
            "wrong": wrong,
        }
        return self._answer(request, "merge.html", about, status=409 if wrong else 200)

    def _answer(self, request, template, about, status=200):
        context = {**self.admin_site.each_context(request), "is_nav_sidebar_enabled": False, "opts": self.opts, **about}
        return TemplateResponse(request, f"admin/accreditation/merge/{template}", context, status=status)
