"""What was pressed on the desk when the proof of the second factor was too old: kept, shown after the proof, then done."""

import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.forms import BaseForm, FileField
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from accreditation.entrance import LATE, forget_typed, keep_typed, typed_before
from accreditation.second_factor import prove_it

TO, BACK, FILES = LATE, "pressed-late-back", "pressed-late-files"
OURS = (TO, BACK, FILES)
PRESSES = ("decision", "action", "act", "index", "select_across")
MARK = re.compile(r"\d*|on|[0-9a-f]{8}-[0-9a-f-]{27}")  # nothing, a number, a tick, a key


@csrf_protect  # a page may check this for itself, later than here; what another site posts is never kept
def prove_first(request):
    """Lead to the proof. What was posted waits in the session; nothing of it is carried out before it is pressed again."""
    messages.warning(
        request, _("Prove your second factor once more: it is a while since you did. Nothing you typed is lost.")
    )
    if request.method != "POST":
        return prove_it(request, request.get_full_path())
    kept = {TO: request.get_full_path(), BACK: _came_from(request), FILES: " ".join(request.FILES)}
    keep_typed(request, request.path, **kept)
    return prove_it(request, f"{reverse('admin:again')}?{urlencode({'page': request.path})}")


def _came_from(request) -> str:
    """The page of the desk on which it was pressed."""
    page = urlsplit(request.headers.get("Referer", ""))
    here = page.netloc == request.get_host() and page.path.startswith(reverse("admin:index"))
    return f"{page.path}?{page.query}" if here and page.query else page.path if here else request.path


def again_page(desk, request):
    """Everything that was posted, and the button that posts it to where it was going; a file has to be chosen again."""
    typed = typed_before(request, request.GET.get("page", ""))
    if typed is None or TO not in typed:
        return redirect("admin:index")
    posted = [(name, value) for name, values in typed.lists() if name not in OURS for value in values]
    context = {
        **desk.each_context(request),
        "title": _("Go on where you were"),
        "to": typed[TO],
        "back": typed[BACK],
        "files": typed[FILES].split(),
        "posted": posted,
        "kept": [{"label": _in_words(name), "text": value} for name, value in posted if _was_typed(name, value)],
    }
    return TemplateResponse(request, "admin/again.html", context)


def _in_words(name) -> str:
    return name.rpartition("-")[2].replace("_", " ").capitalize()


def _was_typed(name, value) -> bool:
    """Not what a page carries for itself: its marks, its counts, the row that was ticked, the button."""
    carried = name.startswith(("_", "seen")) or name.endswith(("_FORMS", "seen", "-id")) or name in PRESSES
    return not (carried or MARK.fullmatch(value.strip()))


def forget_late(request):
    """It was pressed again with a fresh proof, so what was kept has arrived."""
    typed = typed_before(request, request.path)
    if typed is not None and TO in typed:
        forget_typed(request, request.path)


# Back in the form ----------------------------------------------------------------------------------------------------


def fill_in(request, response):
    """Put what was pressed late back into the forms of its page, which its writer may change before pressing again."""
    typed = typed_before(request, request.path)
    if typed is None or TO not in typed:
        return
    context = getattr(response, "context_data", None) or {}
    filled = [_fill(form, typed) for form in _forms_of(context)]
    for panel in context.get("panels", ()):
        panel.open = _fill(panel.form, typed) or panel.open
        filled.append(panel.open)
    if any(filled):
        messages.info(request, _("Nothing was carried out yet. What you typed is back in its place."))


def _forms_of(context):
    """The forms of a page, with the rows of its inlines."""
    yield from (thing for thing in context.values() if isinstance(thing, BaseForm))
    if hasattr(form := getattr(context.get("adminform"), "form", None), "add_prefix"):
        yield form
    for inline in context.get("inline_admin_formsets", ()):
        yield from inline.formset.forms


def _fill(form, typed) -> bool:
    """Show in an unbound form what was posted to it; says whether anything was."""
    if form.is_bound or not any(name in typed for name in map(form.add_prefix, form.fields)):
        return False
    for name, field in form.fields.items():
        posted = form.add_prefix(name)
        if not isinstance(field, FileField) and not field.widget.value_omitted_from_data(typed, {}, posted):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, posted)
    return True
