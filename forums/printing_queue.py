"""PDFs that were asked for: rows with language, file, sha256 and trouble, printed by a sweep, each once."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction

from forums.refusals import Refused

A_SWEEP = 20


def print_waiting(model, *, related, pdf_of, name_of) -> int:
    """Print the rows of this model that have no file yet, at most twenty; returns how many were taken up.

    `pdf_of(row)` gives the bytes, `name_of(row)` the name in the store. A row that cannot be printed says why in its
    `trouble` and holds up no other; one that another worker holds is left to it.
    """
    waiting, done = model.objects.filter(file="", trouble=""), 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:A_SWEEP]):
        with transaction.atomic():
            held = waiting.select_for_update(skip_locked=True, of=("self",))
            row = held.select_related(*related).filter(pk=pk).first()
            if row is not None:
                _print(row, pdf_of, name_of)
                done += 1
    return done


def _print(row, pdf_of, name_of):
    try:
        made = pdf_of(row)
    except Refused as why:
        row.trouble = str(why)[:300]
        row.save(update_fields=["trouble"])
        return
    row.sha256 = sha256(made).hexdigest()
    row.file.save(name_of(row), ContentFile(made), save=False)
    row.save(update_fields=["sha256", "file"])
