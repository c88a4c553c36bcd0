"""Mixed into a room: its list goes out as CSV or XLSX, exactly the rows and columns in view, with codes beside words.

`class OrganisationRoom(Exported, Room): export_codes = ("pk", "kind", "country_id")` is all a room needs. The file holds
what the list of this person holds, so it asks the same `get_queryset`; each is noted before its first byte.
"""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.timezone import now
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.cells import cell_of
from forums.exports import EXPORTS, MOST, Export, about_lines, lines_of_csv, note, workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE = 1000


class Exported:
    """`export_codes`: columns or methods that are always in the file; `export_private`: columns that never are."""

    export_codes = ()
    export_private = ()

    def get_urls(self):
        export = self.admin_site.admin_view(require_safe(self.export_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export.<slug:kind>", export, name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        kinds = self.export_addresses() if self.may_export(request) else {}
        return super().changelist_view(request, {"exports": kinds, **(extra_context or {})})

    def may_export(self, request) -> bool:
        return request.user.has_perm(EXPORTS) and self.has_view_permission(request)

    def export_addresses(self):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_export"
        return {kind.upper(): reverse(name, args=[kind]) for kind in MOST}

    def export_queryset(self, request, queryset):
        """What the codes need beside what the list reads."""
        return queryset

    def export_view(self, request, kind):
        """The list as it is filtered, ordered and laid out for this person now; refused beyond what a file takes."""
        if not self.may_export(request):
            raise PermissionDenied
        if kind not in MOST:
            raise Http404
        list_page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        back = f"{list_page}?{request.GET.urlencode()}"
        try:
            shown = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"{back}&e=1")
        if self.not_understood(request):
            return redirect(back)
        if shown.result_count > MOST[kind]:
            sentence = _(
                "The list has more than %(most)d rows, which is the most a file of this kind holds. Narrow it first."
            )
            messages.warning(request, sentence % {"most": MOST[kind]})
            return redirect(back)
        return self.export_file(request, shown, kind)

    def not_understood(self, request) -> bool:
        """Whether something of what was asked was not understood, as the list will say."""
        return False

    def export_file(self, request, shown, kind):
        asked = "; ".join(f"{name}={value}" for name, value in parse_qsl(request.GET.urlencode()) if name not in ("p", "e"))
        named = capfirst(str(self.opts.verbose_name_plural))
        about = Export(self.opts.model_name, named, asked, kind, shown.result_count, request.user, now().astimezone(UTC))
        columns, in_view = self.export_columns(request), self.get_list_display(request)
        titles = [cell_of(self.export_title(name, is_code=name not in in_view)) for name in columns]
        rows = self.export_rows(self.export_queryset(request, shown.queryset), columns, get_language())
        note(about)
        if kind == "csv":
            answer = StreamingHttpResponse(lines_of_csv(titles, rows), content_type=TYPES[kind])
            answer.headers["Content-Disposition"] = f'attachment; filename="{about.file}"'
        else:
            file = workbook(named, titles, rows, about_lines(about))
            answer = FileResponse(file, as_attachment=True, filename=about.file, content_type=TYPES[kind])
        answer.headers["Cache-Control"] = "no-store, private"
        return answer

    def export_columns(self, request) -> list:
        """The columns in view, without private ones, then the codes that are not among them."""
        shown = [name for name in self.get_list_display(request) if name not in self.export_private]
        return [*shown, *(name for name in self.export_codes if name not in shown)]

    def export_title(self, name, *, is_code=False) -> str:
        """Columns as the list heads them; a code by the name of its column, the same in every language."""
        if is_code:
            return getattr(getattr(self, name, None), "short_description", name)
        return capfirst(str(label_for_field(name, self.model, model_admin=self)))

    def export_rows(self, queryset, columns, language):
        """The rows in their order, read a thousand at a time; in the language of the page, however late they are sent."""
        with override(language):
            for row in queryset.iterator(chunk_size=AT_ONCE):
                yield [cell_of(self.export_value(name, row)) for name in columns]

    def export_value(self, name, row):
        field, attribute, value = lookup_field(name, row, self)
        if field is None:
            is_yes_or_no = getattr(attribute, "boolean", False)
            return (_("Yes") if value else _("No")) if is_yes_or_no else value
        if field.choices and name not in self.export_codes:
            return getattr(row, f"get_{name}_display")()
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value
