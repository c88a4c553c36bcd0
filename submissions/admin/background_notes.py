"""Room: writing rooms of background notes. One page holds outline, inputs, limit, versions and signing off."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import ReadOnlyRoom
from forums.models import Milestone
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import without_control
from submissions import publication
from submissions.models import BackgroundNote, Compilation
from submissions.writing_room import operations
from submissions.writing_room.outline import MOST_SECTIONS, Section, read_section, sections_of, words_of

ADD, WRITE = "submissions.add_backgroundnote", "submissions.change_backgroundnote"
SIGN = "submissions.sign_backgroundnote"
MOST_VERSIONS = 50
HIGHEST_LIMIT = 100_000


class OpenForm(forms.Form):
    use_required_attribute = False
    milestone = forms.ModelChoiceField(Milestone.objects.none(), label=_("Background note"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        notes = Milestone.objects.filter(kind="note").select_related("forum").order_by("-forum__year", "pk")
        self.fields["milestone"].queryset = notes
        self.fields["milestone"].label_from_instance = lambda duty: f"{duty.forum.slug} · {duty.name}"


@admin.register(BackgroundNote)
class NoteRoom(ReadOnlyRoom):
    list_display = ("milestone", "forum", "edition", "opened", "opened_by")
    list_select_related = ("milestone__forum", "opened_by")
    ordering = ("-opened_at", "-pk")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(ADD)

    @admin.display(description=_("forum"))
    def forum(self, note):
        return note.milestone.forum

    @admin.display(description=_("opened at"), ordering="opened_at")
    def opened(self, note):
        return moment(note.opened_at, note.milestone.forum)

    def add_view(self, request, form_url="", extra_context=None):
        """Open the room of a note; the page of the duty leads here."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OpenForm(request.POST if request.method == "POST" else None, initial={"milestone": _key(request.GET)})
        if request.method == "POST" and form.is_valid():
            note = operations.open_note(form.cleaned_data["milestone"], by=request.user, at=now())
            return redirect("admin:submissions_backgroundnote_change", note.pk)
        status = 422 if request.method == "POST" else 200
        return self._answer(request, "open", _("Open a writing room"), status, form=form)

    # The page --------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        note = self._note(request, unquote(object_id))
        if request.method == "POST":
            return self._act(request, note)
        return self._page(request, note, sections_of(note.content))

    def _note(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        notes = BackgroundNote.objects.select_related("milestone__forum", "milestone__round_table")
        note = notes.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        if note is None:
            raise Http404
        return note

    def _act(self, request, note):
        act, permission = {
            "save": (self._save, WRITE),
            "restore": (self._restore, WRITE),
            "sign": (self._sign, SIGN),
        }.get(request.POST.get("decision"), (None, ""))
        if act is None:
            raise Http404
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return act(request, note)

    def _save(self, request, note):
        sections, wrong = typed_sections(request.POST)
        limit = _number(request.POST.get("most_words"), HIGHEST_LIMIT) or note.most_words
        given = {"sections": [one for one in sections if one], "most_words": limit, "edition": _edition(request)}
        if wrong:
            return self._page(request, note, sections, said=wrong, status=422)
        try:
            operations.save_note(note, by=request.user, at=now(), **given)
        except operations.Stale as why:
            note.refresh_from_db()
            return self._page(request, note, sections, said=[str(why)], stale=True, status=409)
        except Refused as why:
            return self._page(request, note, sections, said=getattr(why, "reasons", [str(why)]), status=422)
        messages.success(request, _("It is saved."))
        return redirect(request.path)

    def _restore(self, request, note):
        number = _number(request.POST.get("number"), 10**9) or 0
        return self._do(request, note, _("The version is put back."), operations.put_back, number=number)

    def _sign(self, request, note):
        return self._do(request, note, _("It is signed off."), operations.sign_off)

    def _do(self, request, note, done, act, **more):
        try:
            act(note, edition=_edition(request), by=request.user, at=now(), **more)
        except Refused as why:
            note.refresh_from_db()
            reasons = getattr(why, "reasons", [str(why)])
            return self._page(request, note, sections_of(note.content), said=reasons, status=409)
        messages.success(request, done)
        return redirect(request.path)

    def _page(self, request, note, sections, *, said=(), stale=False, status=200):
        versions = list(note.versions.select_related("by", "signed_by")[:MOST_VERSIONS])
        words = words_of(sections)
        more = {
            "note": note,
            "forum": note.milestone.forum,
            "sections": [*sections, Section("", "", ())][:MOST_SECTIONS],
            "words": words,
            "too_long": words > note.most_words,
            "named": _named(sections),
            "versions": versions,
            "newest": versions[0] if versions else None,
            "compilations": _compilations(request.user, note),
            "said": said,
            "theirs": sections_of(note.content) if stale else [],
            "may_write": request.user.has_perm(WRITE),
            "may_sign": request.user.has_perm(SIGN),
        }
        return self._answer(request, "room", str(note), status, **more)

    def _answer(self, request, template, title, status=200, **more):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": title,
            **more,
        }
        return TemplateResponse(request, f"admin/submissions/backgroundnote/{template}.html", context, status=status)


def _compilations(user, note):
    """The newest of those that were made for the same duty."""
    return Compilation.objects.visible_to(user).filter(milestone=note.milestone).select_related("forum")[:10]


def typed_sections(posted) -> tuple:
    """Sections as they were typed, in their order, and what is wrong with them."""
    columns = [posted.getlist(name)[: MOST_SECTIONS + 1] for name in ("heading", "notes", "inputs")]
    sections, wrong = [], []
    for heading, notes, lines in zip(*columns, strict=False):
        section, faults = read_section(*map(without_control, (heading, notes, lines)))
        sections.append(section)
        wrong += faults
    return sections, wrong


def _named(sections):
    """The published inputs that are named: title and address by reference."""
    references = {reference for one in sections for reference, _paragraphs in one.inputs}
    return publication.visible(now()).filter(reference__in=references).lean().order_by("reference") if references else []


def _number(text, most):
    return min(int(text), most) if (text or "").isdecimal() and len(text) < 10 else None


def _edition(request) -> int:
    number = _number(request.POST.get("edition"), 10**9)
    return -1 if number is None else number


def _key(query):
    return query.get("milestone", "") if query.get("milestone", "").isdecimal() else ""
