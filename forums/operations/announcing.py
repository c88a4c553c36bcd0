"""News: a step without its letters is a row that the sweep finds."""

import logging

from django.db import transaction

log = logging.getLogger(__name__)


def announce_pending(steps, letters_for, *, at, most=500):
    """Write the letters of every step that has none yet; returns how many steps were announced.

    Letters and mark are one transaction a step. A step whose letters fail stays pending, holds up no other, and
    says why in `trouble`, which the desk sees.
    """
    done = 0
    for pk in list(steps.pending().values_list("pk", flat=True)[:most]):
        try:
            with transaction.atomic():
                step = steps.pending().select_for_update(skip_locked=True).filter(pk=pk).first()
                if step is None:
                    continue
                letters_for(step, at=at)
                step.announced_at, step.trouble = at, ""
                step.save(update_fields=["announced_at", "trouble"])
                done += 1
        except Exception as why:
            log.exception("the letters of step %s could not be written", pk)
            steps.filter(pk=pk).update(trouble=f"{type(why).__name__}: {why}"[:500])
    return done
