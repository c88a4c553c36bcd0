"""Receiving: what was sent gets its reference, is kept as a version with its place in the chain, and moves to sent."""

from django.db import connection
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from forums.kept_statements import KeptStatement
from submissions import words
from submissions.models import Act, Submission, Version
from submissions.models.version import symbol_of
from submissions.operations import showing_anew
from submissions.operations.held import look_behind
from submissions.operations.questions import newest_answer
from submissions.questions.sending import own_words_in
from submissions.receipts import FIRST_LINK, content_of, fingerprint, link_of

Status = Submission.Status
COUNT_ON = """
    UPDATE forums_forum SET last_input_number = last_input_number + %s, last_version_number = last_version_number + 1
    WHERE id = %s RETURNING last_input_number, last_version_number
"""
LINK = """encode(sha256(convert_to(
    (SELECT link FROM submissions_version WHERE forum_id = %s AND place = %s) || %s, 'UTF8')), 'hex')"""  # as link_of


def hold(pk):
    """The input and its call as they stand, both held until the transaction ends; one statement, which may wait.

    `arrived_at` is when PostgreSQL got that statement, by its own clock: before any waiting for the lock.
    """
    return HELD.one(pk=pk)


def to_hold(*, pk):
    held = Submission.objects.select_for_update(of=("self", "call"), no_key=True).filter(pk=pk).order_by()
    return held.select_related("call__forum", "organisation").annotate(typed_answer=newest_answer(), arrived_at=Now())


HELD = KeptStatement(to_hold, prepared=True)


def receive(submission, *, by, at, chosen=None, files=None, note="", sent_from=None, more=None, held=None):
    """Give what was sent its reference, keep it as a version and move it to sent; returns the Version.

    Asks neither the window nor whether it is complete: `submit` does; the desk records for its authors what came
    otherwise (recording.py). Runs inside the transaction of its caller. `chosen` and `files` as for `missing`;
    `more` stands on the receipt as well; `held` is what look_behind found of the input.
    """
    chosen = submission.chosen() if chosen is None else chosen
    files = list(submission.attachments.kept()) if files is None else files
    act = Act.ORIGINAL if submission.reference is None else Act.REVISION
    version = keep_version(
        submission,
        said=submission,
        act=act,
        by=by,
        at=at,
        chosen=chosen,
        files=files,
        sent_from=sent_from,
        more=more,
        held=held,
    )
    received = {"reference": version.content["reference"], "received_at": submission.received_at or at}
    submission.move(Status.SUBMITTED, by=by, at=at, note=note, **received)
    return version


def keep_version(submission, *, said, act, by, at, chosen, files, sent_from=None, more=None, held=None):
    """Store what `said` (the input itself, or the draft of a change) says as the next version of the input.

    The caller holds the row of the input, so no number is given twice.
    """
    first, held = act == Act.ORIGINAL, held or look_behind(submission)
    acts = held.acts
    number, act_number = len(acts) + 1, 0 if first else acts.count(act) + 1
    counted, place = _count_on(submission.call, inputs=1 if first else 0)
    reference = f"IMRF-{submission.call.forum.series}-I-{counted:05}" if first else submission.reference
    content = content_of(said, reference=reference, number=number, sent_at=at, chosen=chosen, files=files)
    content |= {"symbol": symbol_of(reference, act, act_number), **(more or {})}
    sha256 = fingerprint(content)
    version = Version.objects.create(
        submission=submission,
        number=number,
        act=act,
        act_number=act_number,
        content=content,
        sha256=sha256,
        forum=submission.call.forum,
        place=place,
        link=_link_at(submission.call.forum_id, place, sha256),
        sent_at=at,
        sent_by=by,
        sent_from=sent_from,
        words=words.count(own_words_in(content), said.language),
    )
    if place > 1:
        del version.link  # PostgreSQL worked it out; read where somebody asks for it
    if held.is_redacted:
        showing_anew.redact_too(version)
    return version


def _count_on(call, *, inputs):
    """The last number of an input and the next place in the chain of the forum.

    Taken under the row lock of its counters, held to the end of the transaction, so none is given twice or skipped.
    """
    with connection.cursor() as cursor:  # Django's update() gives nothing back
        cursor.execute(COUNT_ON, [inputs, call.forum_id])
        return cursor.fetchone()


def _link_at(forum, place, sha256):
    """The link of the version at this place, for the statement that stores it.

    That one comes behind the lock of `_count_on`, so the version before is stored by now; were it not, none would be.
    """
    return link_of(FIRST_LINK, sha256) if place == 1 else RawSQL(LINK, [forum, place - 1, sha256])  # noqa: S611
