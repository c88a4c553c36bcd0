"""Rooms: official documents with their languages, and regional reviews."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.calls import DutyOfForum
from forums.admin.rooms import Room, TranslatedRoom, badge
from forums.admin.stale import SeenForm
from forums.models import DocumentFile, Milestone, OfficialDocument, RegionalReview, Session
from forums.operations.document_files import FOLDER, TYPES, ask_where_it_is
from forums.operations.document_rules import MEETS, check, follows
from forums.refusals import Refused
from forums.uploads import look_at

TONES = {"waiting": "wait", "clean": "done", "infected": "stop"}


class SessionOfForum(forms.ModelChoiceField):
    def label_from_instance(self, session):
        return f"{session.forum.slug} · {session}"


class DocumentForm(SeenForm):
    """`follows` says what saving would do, once somebody asked for it; then nothing is saved."""

    meets = DutyOfForum(
        Milestone.objects.select_related("forum")
        .filter(kind__in=MEETS.values())
        .order_by("-forum__year", "-weeks_before", "pk"),
        label=_("Duty that it meets"),
        required=False,
        help_text=_(
            "The report and a background note are met on the first day on which one of their documents was available."
        ),
    )
    session = SessionOfForum(
        Session.objects.select_related("forum").order_by("-forum__year", "starts_at"),
        label=_("Session"),
        required=False,
        help_text=_("For a technical summary or a concept note."),
    )
    late = forms.BooleanField(
        label=_("Record it as late"), required=False, help_text=_("Only where it came after the limit of its duty.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("late", bool(self.instance.late_because))
        self.follows = None

    def _post_clean(self):
        """What the operation would refuse is said on the form, with everything that was typed still there."""
        super()._post_clean()
        if self.errors:
            return
        try:
            check(self.instance, at=now(), as_late=self.cleaned_data["late"])
        except Refused as why:
            self.add_error(None, str(why))
            return
        if "_look" in self.data:
            self.follows = follows(self.instance, at=now())
            self.add_error(None, _("Nothing was saved yet."))


class LanguageForm(forms.ModelForm):
    upload = forms.FileField(
        label=_("File to keep (PDF or DOCX)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(TYPES)}),
        help_text=_("Shown to everybody from the day on which the document is available, once the virus scanner saw it."),
    )

    class Meta:
        model = DocumentFile
        fields = ("language", "url")

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("upload")
        try:
            if upload:
                look_at(upload, folder=FOLDER, types=TYPES)
            self.instance.url = cleaned.get("url") or ""
            if "url" not in self.errors and "upload" not in self.errors:
                ask_where_it_is(self.instance, upload)
        except Refused as why:
            self.add_error("upload" if upload else "url", str(why))
        return cleaned

    def _get_validation_exclusions(self):
        """Whether it is an address or a file was asked above, with a sentence."""
        return super()._get_validation_exclusions() | {"file"}


class LanguageInline(admin.TabularInline):
    """One language a line: a link, or a file. Whoever may change the document may change its languages."""

    model = DocumentFile
    form = LanguageForm
    extra = 1
    can_delete = view_on_site = False
    verbose_name_plural = _("Languages: a link or a kept file for each")
    fields = ("language", "url", "upload", "kept")
    readonly_fields = ("kept",)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("forums.change_officialdocument")

    has_change_permission = has_add_permission

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("forums.view_officialdocument")

    @admin.display(description=_("kept file"))
    def kept(self, entry):
        if not entry.file:
            return "–"
        state = badge(entry.get_verdict_display(), TONES[entry.verdict])
        name = format_html("<bdi>{}</bdi>", entry.download_name)
        if entry.is_clean and entry.document.is_available:
            name = format_html('<a href="{}">{}</a>', entry.get_absolute_url(), name)
        return format_html('{} {} <span class="hash">{}</span>', name, state, entry.sha256[:16])


@admin.register(OfficialDocument)
class OfficialDocumentRoom(TranslatedRoom):
    form = DocumentForm
    list_display = ("title", "symbol", "kind", "forum", "dated_on", "available_on", "meets", "read_it")
    list_select_related = ("forum", "meets")
    list_filter = ("kind", "forum")
    search_fields = ("symbol", "title")
    ordering = ("-dated_on", "pk")
    inlines = (LanguageInline,)
    readonly_fields = ("changes", "changed_by")
    fieldsets = (
        (None, {"fields": ("forum", "kind", "symbol", "changes", "changed_by")}),
        (_("Days"), {"fields": ("dated_on", "date_is", "available_on")}),
        (_("What it meets"), {"fields": ("meets", "late", "late_because", "session")}),
        (_("Where it was seen"), {"fields": ("url", "note", "source")}),
        (_("Title"), {"fields": ("title",)}),
    )

    @admin.display(description=_("changes or adds to"))
    def changes(self, document):
        return document.modifies.symbol if document.modifies_id else "–"

    @admin.display(description=_("changed or added to by"))
    def changed_by(self, document):
        return ", ".join(one.symbol for one in document.modified_by.all()) if document.pk else "–"

    @admin.display(description=_("read it"))
    def read_it(self, document):
        if not document.link.startswith(("http://", "https://")):
            return "–"
        return format_html('<a href="{}" rel="noreferrer">{}</a>', document.link, document.symbol or _("Open the page"))

    def save_model(self, request, obj, form, change):
        operations.record_document(obj, by=request.user, at=now(), as_late=form.cleaned_data["late"])

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        for line in formset.forms:
            if line.has_changed():
                operations.keep_language(line.instance, file=line.cleaned_data.get("upload"))


@admin.register(RegionalReview)
class RegionalReviewRoom(Room):
    list_display = ("name", "round", "region", "first_day", "last_day", "hearing_on", "place", "led_by")
    list_filter = ("round", "region")
    search_fields = ("name", "region", "place")
    fields = (
        "round",
        "name",
        "region",
        "first_day",
        "last_day",
        "hearing_on",
        "place",
        "format",
        "led_by",
        "note",
        "source",
    )
