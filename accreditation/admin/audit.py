"""Room: the audit. Every change with who, before and after, newest first, by keys; looked at and exported, never written."""

import csv
import json

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.audit.finding import AuditForm, shown_to
from accreditation.audit.showing import about_of, as_facts, models_by_table, read, shown
from accreditation.models import AuditEntry, AuditSeal, Reading
from accreditation.operations import note_reading
from forums.admin.changes import BESIDE
from forums.admin.rooms import ReadOnlyRoom
from forums.cells import as_text

SEE = "accreditation.view_auditentry"
OVERSEE = "submissions.view_review"
A_PAGE = 50
MOST_EXPORTED = 100_000
COLUMNS = ("entry", "at", "act", "kind", "row", "about", "by", "request", "by_what", "changes", "words", "salted", "mark")


@admin.register(AuditEntry)
class AuditRoom(ReadOnlyRoom):
    fields = ("at", "kind", "row", "act", "by", "what_changed", "what_words")
    readonly_fields = ("kind", "what_changed", "what_words")

    def get_queryset(self, request):
        return shown_to(request.user)

    def get_urls(self):
        export = path("export/", self.admin_site.admin_view(self.export), name="accreditation_auditentry_export")
        return [export, *super().get_urls()]

    @admin.display(description=_("kind"))
    def kind(self, entry):
        return shown([entry])[0].kind

    @admin.display(description=_("changes"))
    def what_changed(self, entry):
        return as_json(read(entry, entry.changes))

    @admin.display(description=_("words"))
    def what_words(self, entry):
        return as_json(read(entry, entry.words))

    def changelist_view(self, request, extra_context=None):
        """The list by keys: a page costs the same wherever it is. Nothing is pressed here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        form, entries = self._asked(request)
        page, newer, older = by_keys(entries, request.GET)
        asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
        last = AuditSeal.objects.order_by("pk").last()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Audit"),
            "form": form,
            "entries": shown(page),
            "narrowed": bool(asked),
            "newer": newer and urlencode({**asked, "after": newer}),
            "older": older and urlencode({**asked, "before": older}),
            "export": f"{reverse('admin:accreditation_auditentry_export')}?{urlencode(asked)}",
            "seal": last,
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/accreditation/audit.html", context)

    def _asked(self, request):
        form = AuditForm(request.GET)
        entries = self.get_queryset(request)
        return form, form.narrow(entries) if form.is_valid() else entries.none()

    def export(self, request):
        """What is in view as CSV, newest first; noted before the first byte, as every reading of something private."""
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        form, entries = self._asked(request)
        last = AuditSeal.objects.order_by("pk").last() or AuditSeal()
        asked = ", ".join(f"{name}={value}" for name, value in sorted(form.cleaned_data.items()) if value)
        note_reading(Reading.What.AUDIT, last, by=request.user, at=now(), reason=asked)
        response = StreamingHttpResponse(_lines(entries[:MOST_EXPORTED]), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
        response.headers["Cache-Control"] = "no-store, private"
        return response


def as_json(facts) -> str:
    """As the entry keeps it, without what is masked."""
    return json.dumps(facts, ensure_ascii=False) if facts else "–"


class _Echo:
    """A file for the CSV writer that gives back what it is given."""

    def write(self, text):
        return text


def _lines(entries):
    lines = csv.writer(_Echo())
    yield "\ufeff" + lines.writerow(COLUMNS)
    for entry in entries.iterator(chunk_size=1000):
        yield lines.writerow([cell(value) for value in as_facts(entry).values()])


def cell(value) -> str:
    """A fact as text; nothing where there is none."""
    return "" if value is None or value == {} else as_text(str(value))


def by_keys(entries, asked) -> tuple:
    """One page of entries, and the keys from which the newer and the older page go on (None where there is none)."""
    before, after = _number(asked.get("before")), _number(asked.get("after"))
    if after is not None:
        found = list(entries.filter(pk__gt=after).order_by("pk")[: A_PAGE + 1])
        more, page = len(found) > A_PAGE, found[:A_PAGE][::-1]
        return page, page[0].pk if page and more else None, page[-1].pk if page else None
    rest = entries.filter(pk__lt=before) if before is not None else entries
    found = list(rest[: A_PAGE + 1])
    page = found[:A_PAGE]
    return page, page[0].pk if page and before is not None else None, page[-1].pk if len(found) > A_PAGE else None


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def beside_its_history(request, thing) -> dict:
    """For the page with the history of a thing: the audit of it and of what belongs to it, for those who oversee."""
    user = request.user
    if thing._meta.db_table not in models_by_table() or not (user.has_perm(SEE) or user.has_perm(OVERSEE)):
        return {}
    about = about_of(thing)
    its = Q(about=about) | Q(place=thing._meta.db_table, row=str(thing.pk))
    found = list(shown_to(user).filter(its)[: A_PAGE + 1])
    more = len(found) > A_PAGE and user.has_perm(SEE)
    room = f"{reverse('admin:accreditation_auditentry_changelist')}?{urlencode({'about': about})}"
    return {"audit": shown(found[:A_PAGE], names=True), "audit_room": room if more else ""}


BESIDE.append(beside_its_history)
