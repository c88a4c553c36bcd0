"""Taking in what the edit page posted: answers first, then files. Whatever comes between, nobody loses their text."""

from functools import wraps

from django.forms import Textarea, TextInput
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accreditation.entrance import forget_typed, keep_typed, to_sign_in, typed_before
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted
from submissions import operations, permissions
from submissions.forms import DraftForm, answers_of, file_rules
from submissions.operations.reopened import opened
from submissions.operations.submitting import missing
from submissions.parts import is_of_files
from submissions.places import place
from submissions.questions.asking import asked_now, form_of
from submissions.receipts import clean, clean_answer
from submissions.views.opened import lines_to_change, opened_in_words
from submissions.views.own import kept_files, own_input, saved_at_words
from submissions.views.suggested import suggested_for
from submissions.views.together import last_changes, open_notes
from submissions.written_parts import steps_in_html

TEXTS = ("title", "summary", "text", "contact_email")


def place_of(pk):
    return place("submissions:edit", pk)


def by_script(request) -> bool:
    """Whether a script of the edit page asks, which wants JSON and not a page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def writing(view):
    """As signed_in, for every address to which the edit page posts: all of them come back to the edit page."""

    @wraps(view)
    def answer(request, pk, **kwargs):
        if request.user.is_authenticated:
            return view(request, pk, **kwargs)
        if request.method == "POST":
            keep_typed(request, place_of(pk))
        if by_script(request):
            return JsonResponse({"signed_out": True}, status=403)
        return to_sign_in(place_of(pk))

    return answer


def take_in(request, submission, *, at, then):
    """Save what was posted and go on to `then`; or show the same page again with what could not be taken."""
    form = DraftForm(posted(request.POST), submission=submission)
    if form.holds_answers:
        try:
            submission = save_answers(request, submission, form, at=at)
        except operations.Conflict as conflict:
            return conflict_page(request, form, conflict.theirs)
        except Refused as why:
            return lost_ground(request, submission, form, why)
    refused = save_files(request, submission, at=at)
    if (form.holds_answers and form.errors) or refused:
        submission = own_input(request, submission.pk, may=permissions.may_edit)  # of which the page says all
        form = form.now_edition(submission) if form.holds_answers else DraftForm(submission=submission)
        return edit_page(request, submission, form, at=at, refused=refused)
    return redirect(then)


def save_answers(request, submission, form, *, at):
    """Keep every well-formed answer on the edition that the page showed; returns the draft as it now stands.

    A page that says what is saved already conflicts with nobody: its own saving may have arrived without its answer.
    """
    try:
        kept = operations.revise(submission, by=request.user, at=at, edition=form.edition_seen, **form.changes)
    except operations.Conflict as conflict:
        if differing_answers(form, conflict.theirs):
            raise
        kept = conflict.theirs
    kept.call, kept.organisation = submission.call, submission.organisation
    forget_typed(request, place_of(submission.pk))
    return kept


def save_files(request, submission, *, at) -> list:
    """Take in each chosen file; returns the sentences about those that could not be taken."""
    refused = []
    submission.files_read = None  # what its row said is over
    for file in request.FILES.getlist("files"):
        try:
            operations.attach(submission, file, by=request.user, at=at)
        except Refused as why:
            refused.append(str(why))
    if len(refused) < len(request.FILES.getlist("files")):
        look_soon("submissions.tasks.scan_uploads", "submissions.tasks.read_files")
    return refused


def edit_page(request, submission, form, *, at, refused=(), status=200):
    """The page on which an input is written."""
    files = kept_files(submission)
    call, lacks = submission.call, missing(submission, files=files)
    asked = operations.open_question(submission)
    show_closed(form)
    steps = steps_of(submission, lacks, here="edit", files=files)
    files_closed = form.opens is not None and not any(map(is_of_files, form.opens))
    context = {
        "submission": submission,
        "call": call,
        "forum": call.forum,
        "phase": call.phase(at),
        "form": form,
        "refused": refused,
        "files": lines_to_change(submission, files, form.opens),
        "files_closed": files_closed,
        "begun": [] if files_closed else begun_by(request.user, submission),
        "rules": file_rules(call),
        "steps": steps,
        "steps_in_html": steps_in_html(steps),
        "saved_clock": saved_at_words(submission),
        **(opened_in_words(submission, asked) if asked else {}),
        "may_send": permissions.may_submit(request.user, submission),
        "suggested": suggested_for(form, submission),
        "language": submission.language,
        "last_changes": last_changes(submission, form),
        "open_notes": open_notes(submission),
        "newer_form": newer_form(submission),
        "unsaved": typed_before(request, place_of(submission.pk)) is not None,
    }
    return render(request, "submissions/participant/edit.html", context, status=status)


def begun_by(user, submission) -> list:
    """The uploads that this person began and did not finish."""
    return [] if submission.uploads_read is False else list(submission.uploads.under_way().filter(by=user))


def show_closed(form):
    """Beside each field that cannot be changed now: what it says, in words."""
    said = answers_of(form.submission, form.form) if form.closed else {}
    for name in form.closed:
        shown = in_words(form, name, said.get(name))
        form.fields[name].said = [one for one in shown if one] if isinstance(shown, list) else [shown] if shown else []


def newer_form(submission):
    """The form that the call asks by now, where the draft has another one; None where it has that, and of an addition."""
    if opened(submission) is not None or (submission.proposes and not submission.proposes.is_correction):
        return None
    wanted = asked_now(submission, submission.level)
    return form_of(wanted) if wanted and wanted != submission.form_version_id else None


def steps_of(submission, lacks, *, here, files) -> list:
    """The parts of an input with what each still lacks; the check page is the last of them."""
    edit = place_of(submission.pk) if here != "edit" else ""
    steps = []
    for part, label, fields in parts_of(submission):
        lacking = any(field in lacks for field in fields)
        note = _("to do") if lacking else str(len(files)) if part == "files" else ""
        steps.append({"label": label, "url": f"{edit}#{part}", "done": not lacking, "note": note})
    check = place("submissions:check", submission.pk)
    return [*steps, {"label": _("Check and send"), "url": check, "current": here == "check"}]


def parts_of(submission) -> list:
    """The parts of the page: its anchor, what it is called, the fields in it; the form of the call adds its sections."""
    form = form_of(submission.form_version_id)
    sections = [
        (f"section-{place}", section.title, [question.field for question in section.asked])
        for place, section in enumerate(form.parts if form else (), start=1)
    ]
    text = _("Summary") if form and form.text_asked == "none" else _("Text")
    return [
        ("about", _("About this input"), DraftForm.ABOUT),
        *sections,
        ("text", text, ("text",)),
        ("files", _("Files"), ("files",)),
    ]


def steps_now(submission, files=None) -> str:
    """The parts of a draft as its page shows them, for a script that saved something and has the old ones.

    `files` (attachments kept) are looked up where the caller does not know them.
    """
    files = list(submission.attachments.kept()) if files is None else files
    lacks = missing(submission, chosen=submission.just_chosen, files=files)
    return steps_in_html(steps_of(submission, lacks, here="edit", files=files))


def conflict_page(request, form, theirs):
    """Both texts, answer by answer, with the choice which one to keep; nothing was overwritten, nothing is lost."""
    form.now_edition(theirs)
    saved, differing = answers_of(theirs, form.form), differing_answers(form, theirs)
    context = {
        "submission": theirs,
        "form": form,
        "same": [form[name].as_hidden() for name in form.answer_names if name not in differing],
        "asks": form["asks"].as_hidden(),
        "differing": [
            {
                "field": form[name],
                "name": name,
                "long": is_written(form, name),
                "theirs": in_words(form, name, saved.get(name)),
                "mine": in_words(form, name, form[name].value()),
            }
            for name in differing
        ],
    }
    return render(request, "submissions/participant/conflict.html", context, status=409)


def differing_answers(form, theirs) -> list:
    """The questions to which the page says something else than the saved draft."""
    saved = answers_of(theirs, form.form)
    return [name for name in form.answer_names if not same_answer(mine_of(form, name), saved.get(name))]


def mine_of(form, name):
    """What the page says: the answer in the shape in which it is kept, or as it was typed where it has none."""
    asked = name in form.questions and name not in form.errors
    return form.cleaned_data.get(name) if asked else form[name].value()


def same_answer(mine, saved) -> bool:
    if isinstance(mine, list) or isinstance(saved, list):
        both = [clean_answer(answer or []) for answer in (mine, saved)]
        rows = any(isinstance(one, dict) for answer in both for one in answer)
        return both[0] == both[1] if rows else set(both[0]) == set(both[1])
    return clean(str(mine or "")) == clean(str(saved or ""))


def is_written(form, name) -> bool:
    """Whether an answer is prose, which is compared and changed as a text."""
    return name in TEXTS or (name in form.questions and form.fields[name].widget.__class__ in (TextInput, Textarea))


def in_words(form, name, value):
    """An answer as people read it: the names of what was chosen, or the text itself."""
    field = form.fields[name]
    if hasattr(field, "columns"):
        return ["; ".join(f"{field.columns.get(key, key)}: {cell}" for key, cell in row.items()) for row in value or ()]
    choices = getattr(field, "choices", None)
    if choices is None:
        return value or ""
    chosen = [str(code) for code in (value if isinstance(value, list | tuple) else [value]) if code]
    names = _names_of(choices, set(chosen)) if chosen else {}
    return [names.get(code, code) for code in chosen]


def _names_of(choices, chosen) -> dict:
    """Code -> its words, of the codes that were chosen; choices may lie in groups."""
    lines = (label if isinstance(label, list | tuple) else [(code, label)] for code, label in choices)
    return {str(code): str(label) for line in lines for code, label in line if str(code) in chosen}


def lost_ground(request, submission, form, why):
    """The input can no longer be written: say why, and give back everything that was typed."""
    kept = [
        {"label": form.fields[name].label, "text": form[name].value()}
        for name in form.answer_names
        if is_written(form, name) and form[name].value()
    ]
    context = {"message": str(why), "kept": kept, "url": submission.get_absolute_url(), "action": _("Open the input")}
    return render(request, "409.html", context, status=409)
