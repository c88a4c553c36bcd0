"""Redacting at the desk: what is taken out of the public copy and why; reading the sealed original, which is noted."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.admin.telling import whom_it_tells
from accreditation.entrance import typed_before
from accreditation.operations.reading import note_reading
from forums.admin.decisions import typed_into
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted
from submissions import notifications, operations, permissions
from submissions.admin.corrected import redactions_in_words
from submissions.admin.particulars import opened
from submissions.models import ExtractPage, Redaction, SubmissionStep
from submissions.operations import deciding
from submissions.parts import FILE, named
from submissions.public_form import holds, parts_of
from submissions.questions.lacking import prose_of
from submissions.typed_fields import Line, Text
from submissions.withheld import keys_of

OPEN_DATA = "submissions.tasks.make_open_data"  # the present edition is withheld from now on
AREA = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class RedactionForm(forms.Form):
    part = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    passage = Text(
        label=gettext_lazy("Words to be redacted, exactly as they stand (empty: the whole part)"),
        required=False,
        max_length=20_000,
        widget=AREA,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of reason (shown in its place)"), choices=Redaction.Kind.choices)
    replacement = Line(
        label=gettext_lazy("Other words in its place (in the language of the text)"), required=False, max_length=200
    )
    reason = Text(label=gettext_lazy("Reason (the author reads it)"), max_length=2000, widget=AREA)

    def __init__(self, *args, submission, version, **kwargs):
        super().__init__(*args, **kwargs)
        given = (file["id"] for file in version.shown["files"])
        parts = [*parts_of(version.content), *(f"{FILE}{key}" for key in given)]
        self.fields["part"].choices = [("", _("Wherever these words stand")), *((p, named(p, submission)) for p in parts)]


class ReasonForm(forms.Form):
    reason = Text(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))


def redactions_page(room, request, pk):
    """What was redacted, the form for more, and what is pressed; editors only. Letters are shown before they are written."""
    submission = opened(room, request, pk)
    if not permissions.may_publish(request.user, submission):
        raise PermissionDenied
    version = submission.standing_version()
    pressed = request.POST.get("press", "") if request.method == "POST" else ""
    typed = typed_before(request, request.path) if request.method == "GET" else None
    forms_of = _forms(submission, version, posted(request.POST), pressed, typed)
    if pressed and pressed not in forms_of:
        raise Http404
    original = None
    if pressed and forms_of[pressed].is_valid():
        words = forms_of[pressed].cleaned_data
        try:
            if pressed != "read":
                return ACTS[pressed](room, request, submission, words) or redirect(request.path)
            original = _read(request, submission, version, words)
        except Refused as why:
            forms_of[pressed].add_error(None, str(why))
    context = _context(room, request, submission, forms_of, original)
    context["lifting"] = (request.POST if typed is None else typed).get("redaction", "")
    return TemplateResponse(request, "admin/submissions/submission/redactions.html", context)


def _forms(submission, version, fields, pressed, typed) -> dict:
    """The forms of the page: what was pressed is bound, what was typed before somebody went back stands there again."""
    kinds = {"redact": (RedactionForm, {"submission": submission, "version": version})}
    kinds |= dict.fromkeys(("lift", "read"), (ReasonForm, {}))
    found = {}
    for name, (make, more) in kinds.items():
        found[name] = make(fields if pressed == name else None, prefix=name, **more)
        if typed is not None and typed.get("press") == name:
            found[name].initial = typed_into(found[name], typed)
    return found


def _context(room, request, submission, forms_of, original):
    people = notifications.recipients(SubmissionStep(submission=submission))
    return {
        **room.admin_site.each_context(request),
        "title": _("Redactions"),
        "opts": room.opts,
        "submission": submission,
        "forum": submission.call.forum,
        "back": reverse("admin:submissions_submission_change", args=[submission.pk]),
        "redactions": redactions_in_words(submission, request.user),
        "forms": forms_of,
        "original": original,
        "letter": whom_it_tells(submission.organisation, people),
    }


def _redact(room, request, submission, words):
    """The page with the letters, or None when it is done."""
    pressed = Pressed(_("Redact"), operations.redact)
    about = {"named": submission.reference}
    page = Confirmation(room, request, submission, pressed, words, deciding.REDACTIONS, **about).carry_out()
    if page is not None:
        return page
    look_soon(OPEN_DATA, "forums.tasks.send_letters")
    messages.success(request, _("It is redacted."))
    if names := files_saying(submission, words["passage"]):
        sentence = _("These files say the same words and are still given out. Redact them too: %(names)s")
        messages.warning(request, sentence % {"names": ", ".join(names)})
    return None


def files_saying(submission, passage) -> list:
    """The names of files that are still given out and in whose words, as far as they could be read, the passage stands."""
    words = passage.split()
    if not words:
        return []
    pages = ExtractPage.objects.filter(extract__attachment__in=submission.attachments.kept(), text__contains=words[0])
    pages = pages.exclude(extract__attachment__in=keys_of(submission))
    names = pages.order_by("extract__attachment__name").values_list("extract__attachment__name", "text")
    return list(dict.fromkeys(name for name, text in names if holds(text, passage)))


def _lift(room, request, submission, words):
    """The page with the letters, or None when it is done."""
    key = request.POST.get("redaction", "")
    found = submission.redactions.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is None:
        raise Http404
    pressed, about = Pressed(_("Lift"), operations.lift), {"named": submission.reference}
    page = Confirmation(room, request, found, pressed, words, deciding.LIFTINGS, **about).carry_out()
    if page is None:
        look_soon("forums.tasks.send_letters")
        messages.success(request, _("It is shown again."))
    return page


def _read(request, submission, version, typed):
    """The sealed original, part by part; noted before a word of it is shown."""
    with transaction.atomic():
        note_reading("original", submission, by=request.user, at=now(), reason=typed["reason"])
    return [(named(part, submission), prose_of(value) or str(value)) for part, value in parts_of(version.content).items()]


ACTS = {"redact": _redact, "lift": _lift}
