"""Room: the desk's own wordings of letters: each kind in six languages, tried on a record before they are used."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from forums import operations
from forums.admin.rooms import Choice, Room, badge
from forums.admin.stale import SeenForm
from forums.letters import frame
from forums.letters.kinds import all_kinds, kind_of, name_of
from forums.letters.topics import topic_of
from forums.models import Wording
from forums.operations.wording import problems, tried_on
from forums.reading import SIX_LANGUAGES
from forums.refusals import Refused
from forums.templatetags.languages import direction

SAMPLE, REAL = "sample", "real"


class WordingForm(SeenForm):
    """Subject and text of one kind in one language; looked at as often as wanted, then kept."""

    tried = forms.ChoiceField(
        label=_("Try it on"),
        choices=[(SAMPLE, _("an invented sample")), (REAL, _("the newest real record you may see"))],
        required=False,
        initial=SAMPLE,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Wording
        fields = ("kind", "language", "subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "language"):
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].disabled = self.instance.pk is not None  # a wording never changes its place
        language = self._said("language")
        for name in ("subject", "text"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}

    def _said(self, name):
        return getattr(self.instance, name) or self.data.get(name) or self.initial.get(name, "")

    @property
    def letter_kind(self):
        return kind_of(self._said("kind"))

    @property
    def only_looks(self) -> bool:
        return "look" in self.data

    def is_valid(self):
        """A look stores nothing, however right it is."""
        return super().is_valid() and not self.only_looks

    def clean(self):
        cleaned = super().clean()
        if self.letter_kind is None:
            raise forms.ValidationError(_("There is no such kind of letter. Choose one from the list."))
        words = {name: cleaned.get(name) or "" for name in ("subject", "text")}
        for name, sentences in problems(self.letter_kind, **words).items():
            if name in cleaned:
                self.add_error(name, sentences)
        return cleaned


class TroubleFilter(Choice):
    title, parameter_name = _("trouble"), "trouble"

    def lookups(self, request, model_admin):
        return [("yes", _("Could not be filled in"))]

    def narrow(self, request, queryset, value):
        return queryset.exclude(trouble="")


class UseFilter(Choice):
    title, parameter_name = _("in use"), "use"

    def lookups(self, request, model_admin):
        return [("own", _("Own words")), ("shipped", _("Shipped words; own ones are kept"))]

    def narrow(self, request, queryset, value):
        return queryset.filter(in_use=value == "own")


@admin.register(Wording)
class WordingRoom(Room):
    form = WordingForm
    fields = ("kind", "language", "subject", "text", "tried")
    list_display = ("kind_name", "language", "subject", "state")
    list_filter = (UseFilter, TroubleFilter, "language")
    search_fields = ("kind", "subject", "text")

    def has_add_permission(self, request):
        return request.user.has_perm("forums.change_wording")

    def has_view_permission(self, request, obj=None):
        """Wordings are for those who write them."""
        return request.user.has_perm("forums.change_wording")

    def get_urls(self):
        back = self.admin_site.admin_view(self.back_view)
        return [path("<int:pk>/shipped/", back, name="forums_wording_shipped"), *super().get_urls()]

    @admin.display(description=_("kind of letter"), ordering="kind")
    def kind_name(self, wording):
        return name_of(wording.kind)

    @admin.display(description=_("in use"))
    def state(self, wording):
        if wording.trouble:
            return badge(_("Could not be filled in"), "stop")
        return badge(_("Own words"), "now") if wording.in_use else badge(_("Shipped words; own ones are kept"))

    # The list: every kind in six languages -----------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        own = {(one.kind, one.language): one for one in Wording.objects.defer("text")}
        rows = [(kind, topic_of(kind.topic), [_cell(kind, code, own) for code in SIX_LANGUAGES]) for kind in all_kinds()]
        languages = [get_language_info(code) for code in SIX_LANGUAGES]
        return super().changelist_view(request, {"kinds": rows, "languages": languages, **(extra_context or {})})

    # One wording -------------------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        """Begins from the shipped words; where own ones are kept already, those are shown."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        kind, language = kind_of(asked.get("kind", "")), asked.get("language", "")
        if kind is None or language not in SIX_LANGUAGES:
            messages.info(request, _("Choose a kind of letter and a language: each place of the table leads to its words."))
            return redirect(request.path) if request.method == "POST" else self._choose(request)
        if request.method == "GET" and (kept := Wording.objects.filter(kind=kind.code, language=language).first()):
            return redirect("admin:forums_wording_change", kept.pk)
        return super().add_view(request, form_url, extra_context)

    def _choose(self, request):
        """The list, whose table leads to every kind in every language."""
        request.GET = request.GET.copy()
        request.GET.clear()
        return self.changelist_view(request)

    def get_changeform_initial_data(self, request):
        kind, language = kind_of(request.GET["kind"]), request.GET["language"]
        with translation.override(language):
            subject, text = frame.starting_words(kind)
        return {"kind": kind.code, "language": language, "subject": subject, "text": text}

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        kind, language = form.letter_kind, form._said("language")
        if kind is None or language not in SIX_LANGUAGES:
            raise Http404
        about = _tried(kind, language, request.user, form["tried"].value())
        context |= {
            "title": kind.name,
            "kind": kind,
            "topic": topic_of(kind.topic),
            "language": get_language_info(language),
            "placeholders": [(one, _value(one, about, language)) for one in kind.known.values()],
            "preview": None,
            "show_save_and_add_another": False,
        }
        if form.is_bound and form.only_looks and not form.errors:
            words = {name: form.cleaned_data[name] for name in ("subject", "text")}
            try:
                context["preview"] = tried_on(kind, language=language, about=about, **words)
            except Exception as why:  # a record that lacks something: said, not shown as a fault of the page
                messages.warning(request, _("It cannot be filled in from this record: %(why)s") % {"why": why})
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        kind = form.letter_kind
        kept = operations.word(kind, language=obj.language, subject=obj.subject, text=obj.text)
        obj.pk, obj.in_use, obj.trouble = kept.pk, True, ""

    def back_view(self, request, pk):
        """One's own words are kept, the shipped ones are written again."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        wording = Wording.objects.filter(pk=pk).first()
        if wording is None or request.method != "POST":
            raise Http404
        try:
            operations.back_to_shipped(wording)
        except Refused as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request, _("The shipped words are in use again. Yours are kept here, and saving takes them up.")
            )
        return redirect("admin:forums_wording_changelist")


def _cell(kind, language, own):
    """A place of the table: where it leads, and whether own words are in use there."""
    wording = own.get((kind.code, language))
    if wording is None:
        query = urlencode({"kind": kind.code, "language": language})
        return {"language": language, "url": f"{reverse('admin:forums_wording_add')}?{query}", "word": _("Shipped")}
    tone = "stop" if wording.trouble else "now" if wording.in_use else "plain"
    url = reverse("admin:forums_wording_change", args=[wording.pk])
    return {"language": language, "url": url, "word": _("Own") if wording.in_use else _("Shipped"), "tone": tone}


def _tried(kind, language, user, on):
    """A record as a letter would know it: a real one when that was asked for and there is one this person may see."""
    with translation.override(language):
        about = kind.newest(user, now()) if on == REAL else None
        return frame.with_site(about or kind.sample())


def _value(placeholder, about, language):
    with translation.override(language):
        try:
            return str(placeholder.value(about))
        except Exception:  # this record lacks it; the sample has it
            return ""
