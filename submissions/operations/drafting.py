"""Drafts: begun once, saved incomplete, never overwritten by an older page, never deleted by a closing."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.operations.living import hold_living
from forums.kept_statements import KeptStatement
from forums.prepared import rows_of
from forums.refusals import Closed, Refused
from forums.windows import Phase
from submissions import joint_letters
from submissions.models import Attachment, Submission
from submissions.operations.cowriting import keep_changes
from submissions.operations.reopened import ask_whether_opened, opened
from submissions.questions.asking import ASKED, asked_now, form_for, form_of
from submissions.receipts import clean, clean_answer

TEXTS = ("title", "summary", "text")
PLAIN = (*TEXTS, "language", "level", "contact_email")
FORM = ("form_version", "answers")  # the questions of the call, and what was answered
LISTS = ("countries", "regions", "objectives", "principles")
QUESTION = "question:"  # before the key of a question, as a part of a draft
# What is asked before a draft begins: the time by PostgreSQL's clock, this person's unsent drafts, the form of the call.
BEFORE = f"""SELECT clock_timestamp(),
    (SELECT count(*) FROM submissions_submission WHERE begun_by_id = %s AND status = 'draft'), ({ASKED})"""  # noqa: S608
BEGUN = KeptStatement(
    lambda *, key, person: Submission.objects.filter(form_key=key, begun_by=person).order_by(), prepared=True
)
HELD = KeptStatement(lambda *, pk: Submission.objects.select_for_update().filter(pk=pk).order_by(), prepared=True)


class Conflict(Refused):
    """Somebody (or another tab) saved a later edition. `theirs` is the draft as it now stands; nothing was overwritten."""

    def __init__(self, theirs):
        super().__init__(
            _("This draft was saved elsewhere after you opened it. Both texts are below: take over what you need.")
        )
        self.theirs = theirs


def start(*, call, organisation, by, at=None, form_key=None, language=""):
    """Begin an empty draft for a call that is open. Pressing twice (the same form_key) begins one.

    `at` is for tests only, here as wherever something is begun: PostgreSQL's clock says whether a call is open, as it does
    at sending, so that nobody is let in who cannot send, and nobody is kept out whose web server is ahead.
    """
    if form_key and (begun := BEGUN.rows(key=form_key, person=by.pk)):
        return begun[0]
    if call.purpose != call.Purpose.INPUT or call.recorded_by_desk_only:
        raise Refused(_("This call does not take inputs through the form. Choose one of the open calls."))
    level = call.levels[0] if len(call.levels) == 1 else ""
    clock, unsent, form = _before_beginning(call, level, by)
    at = at or clock
    phase = call.phase(at)
    if phase is not Phase.OPEN:
        raise Closed(
            _("“%(call)s”: %(phase)s. Look at the forum's page for calls that are open.")
            % {"call": call, "phase": phase.label}
        )
    if unsent >= settings.MOST_DRAFTS_PER_PERSON:
        raise Refused(_("You have too many unsent drafts. Send or discard some of them first."))
    try:
        with transaction.atomic():
            return Submission.objects.create(
                call=call,
                organisation=hold_living(organisation),
                language=language,
                level=level,
                form_version_id=form,
                begun_by=by,
                begun_at=at,
                saved_at=at,
                form_key=form_key,
            )
    except IntegrityError as why:
        if begun := form_key and BEGUN.rows(key=form_key, person=by.pk):
            return begun[0]
        raise Refused(_("This form was used before. Open the call again and begin from there.")) from why


def _before_beginning(call, level, by) -> tuple:
    return rows_of(BEFORE, [by.pk, call.pk, level])[0]


def hold_draft(pk):
    """The draft as it stands, held until the transaction ends; one statement."""
    return HELD.one(pk=pk)


@transaction.atomic
def revise(submission, *, by, at, edition, answers=None, **changes):
    """Save what was typed, complete or not. Raises Conflict when the page was older than the draft.

    `answers` to questions of the form are kept by key, an empty one is taken out; those that are not named stay. Where
    another form applies to the level that was chosen, the draft gets that form and keeps every answer.

    Also possible after the call has closed: the text stays its author's; only sending is refused then.
    """
    kept = hold_draft(submission.pk)
    if not kept.is_writable:
        raise Refused(_("This input was sent and cannot be changed now. If it must change, ask the desk to ask you back."))
    if kept.edition != edition:
        raise Conflict(kept)
    read_then = submission.chosen_read is not None and submission.edition == kept.edition
    chosen = submission.chosen() if read_then else kept.chosen()  # who changes a list raises the edition
    had = _as_listed(chosen)
    before = {**{name: getattr(kept, name) for name in PLAIN}, **had, **_by_question(kept.answers)}
    was = kept.level
    lists = {name: changes.pop(name) for name in LISTS if name in changes}
    for name, value in changes.items():
        if name not in PLAIN:
            raise TypeError(f"{name} is not a field of a draft")
        setattr(kept, name, clean(value) if name in TEXTS else value)
    if answers is not None:
        typed = {key: clean_answer(value) for key, value in answers.items()}
        kept.answers = {key: value for key, value in (kept.answers | typed).items() if value}
    has = _as_listed(lists)
    now = {**{name: getattr(kept, name) for name in changes}, **has, **_by_question(answers or {})}
    ask_whether_opened(kept, _changed(before, now))
    if kept.level != was and opened(kept) is None:
        _take_the_form_of(kept, asked_now(submission, kept.level))
    keep_changes(kept, before=before, now=now, by=by, at=at)
    kept.edition += 1
    kept.saved_at = at
    kept.save(update_fields=[*changes, *FORM, "edition", "saved_at"])
    kept.choose(**{name: has[name] for name in has if has[name] != had[name]})
    kept.just_chosen = chosen | has
    return kept


def _changed(before, now) -> list:
    """The parts that say something else now; an empty answer is as none."""
    return [name for name, value in now.items() if (before.get(name) or "") != (value or "")]


def _as_listed(lists) -> dict:
    """Chosen keys in one form, whether they were looked up or posted."""
    return {name: sorted(str(getattr(key, "pk", key)) for key in keys) for name, keys in lists.items()}


def _by_question(answers) -> dict:
    """Answers to questions of a form as parts of a draft; an empty one is as none."""
    return {f"{QUESTION}{key}": value for key, value in answers.items()}


@transaction.atomic
def put_back(change, *, by, at, edition):
    """Let a part of a draft say again what it said before that change; itself a saving, so it can be undone as well."""
    if change.part.startswith(QUESTION):
        answer = {change.part.removeprefix(QUESTION): change.before}
        return revise(change.submission, by=by, at=at, edition=edition, answers=answer)
    return revise(change.submission, by=by, at=at, edition=edition, **{change.part: change.before})


def _take_the_form_of(kept, asked):
    """Exchange the form where another template is asked on this level; a version that was given stays otherwise."""
    wanted, has = form_of(asked), form_of(kept.form_version_id)
    if (wanted and wanted.template_id) != (has and has.template_id):
        kept.form_version = wanted


@transaction.atomic
def renew_form(submission, *, by, at):
    """Give a draft the form that its call asks now; every answer to a question of the same key stays."""
    kept = Submission.objects.select_for_update().get(pk=submission.pk)
    if not kept.is_writable:
        raise Refused(_("This input was sent and keeps the form it was sent with."))
    if opened(kept) is not None:
        raise Refused(_("The desk asks about parts of this input only, so it keeps its form."))
    kept.form_version_id = form_for(kept.call_id, kept.level)
    kept.edition += 1
    kept.saved_at = at
    kept.save(update_fields=["form_version", "edition", "saved_at"])
    return kept


@transaction.atomic
def discard(submission, *, by, at):
    """Delete a draft that was never sent, with its files; bodies that were asked to stand under it are told.

    What was sent is withdrawn, not discarded.
    """
    kept = Submission.objects.select_for_update().get(pk=submission.pk)
    if kept.status != Submission.Status.DRAFT:
        raise Refused(_("Only a draft can be discarded. Withdraw an input that was sent."))
    joint_letters.tell_of_discard(kept, at=at)
    files = {attachment.file.name: attachment.file for attachment in kept.attachments.all()}
    kept.attachments.all().delete()
    kept.delete()
    for name in Attachment.objects.filter(file__in=files).values_list("file", flat=True):
        files.pop(name, None)  # a change to what was sent began with its files
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files.values()])
