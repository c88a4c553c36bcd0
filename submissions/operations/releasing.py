"""Releasing: a person at the desk answers for a file that no scanner passed, or that the reading held back."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.models import Attachment
from submissions.operations.showing_files import hold_input_of, show_files_anew

Verdict = Attachment.Verdict
BY_A_PERSON = "released by a person: no scanner is configured"


@transaction.atomic
def release(file, *, by, at, reason):
    """Let a file out of quarantine, or let go one that the reading held; who, when and why is kept with it.

    A scanner that is configured is waited for, also when it is away; what it refused nobody releases.
    """
    hold_input_of(file)
    file = Attachment.objects.select_for_update().get(pk=file.pk)
    if file.verdict == Verdict.INFECTED:
        raise Refused(_("The virus scanner refused this file; nobody can release it. Ask the author for another."))
    if file.verdict == Verdict.WAITING and settings.CLAMD_SOCKET:
        raise Refused(_("A virus scanner is configured and has not looked at this file yet. Wait for it."))
    if file.is_servable:
        raise Refused(_("This file is not held back; there is nothing to release."))
    if not reason.strip():
        raise Refused(_("Say why it may be handed out: how you made sure of it."))
    if file.verdict == Verdict.WAITING:
        file.verdict, file.verdict_note = Verdict.CLEAN, BY_A_PERSON
    file.is_held, file.released_by, file.released_at, file.release_note = False, by, at, reason.strip()[:300]
    file.save(update_fields=["verdict", "verdict_note", "is_held", "released_by", "released_at", "release_note"])
    show_files_anew(file.submission_id, at=at)
    return file
