"""Published inputs as PDF and DOCX: asked for in one language, made by a sweep, kept until what they show changes.

How a file is laid out is imported where one is made: web processes only ask for files, and need not hold the libraries.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from forums.printing import CannotPrint
from forums.printing_queue import print_waiting
from forums.refusals import Refused
from submissions import publication
from submissions.models import PrintedInput

log = logging.getLogger(__name__)
A_SWEEP = 200
TRIED_AGAIN_AFTER = timedelta(minutes=10)


def _pdf(*given) -> bytes:
    from submissions.paper.pdf import pdf

    return pdf(*given)


def _docx(*given) -> bytes:
    from submissions.paper.docx import docx

    return docx(*given)


MAKERS = {"pdf": _pdf, "docx": _docx}


def paper_there(published, *, form, language, at):
    """The row of this paper as the input stands now, made or in trouble; None while it has to be asked for. Only looks."""
    row = PrintedInput.objects.filter(published=published, form=form, language=language, stamp=published.stamp).first()
    return None if row is None or _to_be_tried_again(row, at) else row


def print_on_request(key, *, form, language, at):
    """Ask for one paper of a public input and make what was asked for; nothing where the public may not see it."""
    published = publication.visible(at).filter(pk=key).first()
    if published is None or form not in MAKERS or language not in publication.LANGUAGES:
        return 0
    ask_input(published, form=form, language=language, at=at)
    return print_inputs(at=at)


def ask_input(published, *, form, language, at) -> PrintedInput:
    """The paper of this row as it stands now. One of an earlier stamp, or one that had trouble, is made anew."""
    asked = {"asked_at": at, "stamp": published.stamp}
    row, new = PrintedInput.objects.get_or_create(published=published, form=form, language=language, defaults=asked)
    if not new and (_to_be_tried_again(row, at) or row.stamp != published.stamp):
        _begin_anew(row, published.stamp, at)
    return row


def _to_be_tried_again(row, at) -> bool:
    return bool(row.trouble) and at - row.asked_at > TRIED_AGAIN_AFTER


def _begin_anew(row, stamp, at):
    file = row.file.name
    row.file, row.sha256, row.trouble, row.stamp, row.asked_at = "", "", "", stamp, at
    row.save()
    if file:
        storage = row.file.storage
        transaction.on_commit(lambda: storage.delete(file))


def print_inputs(*, at) -> int:
    """Make what was asked for and remove what may be kept no longer; returns how many were made."""
    forget_outdated(at=at)
    related = ("published__version", "published__forum")
    return print_waiting(PrintedInput, related=related, pdf_of=bytes_of, name_of=_stored_name)


def bytes_of(row) -> bytes:
    """The bytes of a paper in its language; raises CannotPrint, also for a text that the makers of paper choke on."""
    from submissions.paper.contents import paper_of

    with translation.override(row.language):
        try:
            return MAKERS[row.form](paper_of(row.published, row.language), row.language)
        except Refused:
            raise
        except Exception as why:
            log.exception("%s could not be printed as %s", row.published, row.form)
            raise CannotPrint(_("This input could not be laid out as a file. The desk has been told by its log.")) from why


def forget_outdated(*, at) -> int:
    """Remove papers of inputs that are no longer public, and of what has changed since; returns how many."""
    shown = publication.visible(at).values("pk")
    gone = ~Q(published__in=shown) | ~Q(stamp=F("published__stamp"))
    removed = 0
    for row in PrintedInput.objects.filter(gone)[:A_SWEEP]:
        with transaction.atomic():
            held = PrintedInput.objects.select_for_update(skip_locked=True).filter(pk=row.pk, stamp=row.stamp).first()
            if held is not None:
                name, storage = held.file.name, held.file.storage
                held.delete()
                if name:
                    transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
                removed += 1
    return removed


def _stored_name(row) -> str:
    return f"{row.published.reference}-{row.language}.{row.form}"
