"""Sweeps of the second floor; beat runs each every minute (the table stands in settings)."""

from celery import shared_task
from django.utils.timezone import now

from forums import operations as sweeping
from forums.hints import look_soon
from submissions import joint_letters, operations
from submissions.archive import making
from submissions.compilations import making as compiling
from submissions.models import CoSponsorStep, ProposalStep, SubmissionStep
from submissions.notifications import letters_for, proposal_letters_for
from submissions.on_behalf import batches, staging


@shared_task
def announce_steps():
    at = now()
    with sweeping.sweep("announce submission steps", at=at) as report:
        report.did = sweeping.announce_pending(SubmissionStep.objects.all(), letters_for, at=at)
        report.did += sweeping.announce_pending(ProposalStep.objects.all(), proposal_letters_for, at=at)
    if operations.inputs_to_relate(at=at):  # whoever publishes asks for this sweep at once
        look_soon("submissions.tasks.relate_inputs")


@shared_task
def share_out():
    """New inputs of calls whose rules work by themselves; and one letter to whoever got or lost some."""
    at = now()
    with sweeping.sweep("share out inputs", at=at) as report:
        report.did = operations.give_out_new(at=at) + operations.tell_of_assignments(at=at)


@shared_task
def remind_unsent_drafts():
    at = now()
    with sweeping.sweep("remind of unsent drafts", at=at) as report:
        report.did = operations.remind_unsent(at=at)


@shared_task
def remind_of_clarifications():
    """Questions of the desk about inputs, before the day for the answer and on it."""
    at = now()
    with sweeping.sweep("remind of questions about inputs", at=at) as report:
        report.did = operations.remind_of_clarifications(at=at)


@shared_task
def correct_closings():
    at = now()
    with sweeping.sweep("tell of moved closings", at=at) as report:
        report.did = operations.correct_closings(at=at)


@shared_task
def tell_co_sponsors():
    """Answers and invitations of joint inputs; reminders before a call closes; texts that changed after an agreement."""
    at = now()
    with sweeping.sweep("tell co-sponsors", at=at) as report:
        report.did = sweeping.announce_pending(CoSponsorStep.objects.all(), joint_letters.letters_for, at=at)
        report.did += operations.remind_co_sponsors(at=at) + operations.tell_of_changed_texts(at=at)


@shared_task
def scan_uploads():
    at = now()
    with sweeping.sweep("scan uploads", at=at) as report:
        report.did = operations.scan_waiting(at=at) + operations.scan_documents(at=at)


@shared_task
def scan_clean_files_again():
    """Once a day for each clean file, in small helpings through the night and day."""
    at = now()
    with sweeping.sweep("scan clean files again", at=at) as report:
        report.did = operations.scan_clean_again(at=at)


@shared_task
def work_on_imports():
    """Files of inputs that were sent, and those that got their second word."""
    at = now()
    with sweeping.sweep("read and record files of inputs", at=at) as report:
        report.did = batches.work_on_batches(at=at)
    if report.did and batches.is_unfinished():
        look_soon("submissions.tasks.work_on_imports")


@shared_task
def make_archives():
    """Archives of inputs that were asked for; those whose days are over go."""
    at = now()
    with sweeping.sweep("make archives of inputs", at=at) as report:
        report.did = making.make_archives(at=at) + making.forget_archives(at=at)


@shared_task
def forget_staged_recordings():
    """What the desk began to record and left lying."""
    at = now()
    with sweeping.sweep("forget what was never recorded", at=at) as report:
        report.did = staging.forget_staged(at=at)


@shared_task
def print_receipts():
    """Receipts that were asked for as PDF."""
    at = now()
    with sweeping.sweep("print receipts", at=at) as report:
        report.did = operations.print_receipts()


@shared_task
def follow_uses():
    """Official documents that drew on inputs: what is shown of them, and letters to authors, at most one a day."""
    at = now()
    with sweeping.sweep("follow uses of inputs", at=at) as report:
        report.did = operations.show_changed_documents(at=at) + operations.tell_of_uses(at=at)


@shared_task
def follow_names():
    """Organisations that were renamed, got an acronym or were merged: their inputs are found by the names they have now."""
    at = now()
    with sweeping.sweep("follow names of organisations", at=at) as report:
        report.did = operations.index_changed_names(at=at)
    if report.did and operations.names_are_due():
        look_soon("submissions.tasks.follow_names")


@shared_task
def relate_inputs():
    """Which inputs are related: of those that became public or changed, and round all others while something changes."""
    at = now()
    with sweeping.sweep("relate inputs", at=at) as report:
        report.did = operations.relate_inputs(at=at)
    if report.did and operations.inputs_to_relate(at=at):
        look_soon("submissions.tasks.relate_inputs")


@shared_task
def make_translations():
    """Titles and summaries that were asked of the machine, where this portal has one."""
    at = now()
    with sweeping.sweep("translate titles and summaries", at=at) as report:
        report.did = operations.make_translations(at=at)


@shared_task
def tell_of_draft_notes():
    """Notes that writers of a draft left each other, at most once an hour."""
    at = now()
    with sweeping.sweep("tell of notes on drafts", at=at) as report:
        report.did = operations.tell_of_notes(at=at)


@shared_task
def tell_of_new_inputs():
    """To those who follow a list of inputs: what became public in it in a day or a week."""
    at = now()
    with sweeping.sweep("tell of new inputs", at=at) as report:
        report.did = operations.tell_of_new_inputs(at=at)


@shared_task
def forget_followings():
    at = now()
    with sweeping.sweep("forget followers of inputs", at=at) as report:
        report.did = operations.forget_followings(at=at)


@shared_task
def forget_cowriting():
    """Who changed what, and notes, of what was sent long enough ago."""
    at = now()
    with sweeping.sweep("forget who wrote what", at=at) as report:
        report.did = operations.forget_cowriting(at=at)


@shared_task
def clear_uploads():
    """Files that were begun and never finished."""
    at = now()
    with sweeping.sweep("forget unfinished uploads", at=at) as report:
        report.did = operations.clear_uploads(at=at)


@shared_task
def read_files():
    """Text, hidden details and hazards of files, each read in a child process."""
    at = now()
    with sweeping.sweep("read files", at=at) as report:
        report.did = operations.read_waiting(at=at)


@shared_task
def print_input(key, form, language):
    """One published input that somebody wants to read as PDF or DOCX; told to a worker by the page that waits for it."""
    operations.print_on_request(key, form=form, language=language, at=now())


@shared_task
def draw_previews():
    """First pages of files that wait at the desk, each drawn in a child process; those of decided inputs are removed."""
    at = now()
    with sweeping.sweep("draw previews", at=at) as report:
        report.did = operations.make_previews(at=at)


@shared_task
def liken_texts():
    """Sketches of what was sent, and which other inputs are much like it."""
    at = now()
    with sweeping.sweep("liken texts", at=at) as report:
        report.did = operations.liken_waiting(at=at)


@shared_task
def print_inputs():
    """Published inputs that were asked for as PDF or DOCX; and those that may be kept no longer are removed."""
    at = now()
    with sweeping.sweep("print inputs", at=at) as report:
        report.did = operations.print_inputs(at=at)


@shared_task(time_limit=460, soft_time_limit=440)  # shorter than the broker waits before it hands a task out again
def make_open_data():
    at = now()
    with sweeping.sweep("make open data", at=at) as report:
        report.did = operations.make_due_open_data(at=at)


@shared_task
def work_on_rounds():
    """Decisions on several inputs, line by line."""
    at = now()
    with sweeping.sweep("carry out decisions on several inputs", at=at) as report:
        report.did = operations.work_on_rounds(at=at)


@shared_task(time_limit=460, soft_time_limit=440)
def make_compilations():
    """Compilations that were asked for; and those whose days are over, or that hold what has gone, lose their files."""
    at = now()
    with sweeping.sweep("make compilations", at=at) as report:
        report.did = compiling.make_compilations(at=at, clock=now) + compiling.forget_compilations(at=at)
