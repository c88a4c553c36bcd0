"""One press that tells many: how many letters, one specimen of each kind in each language, who gets none and why.

Of acts whose letters are known before, only so many are carried out and taken back as there are kinds and languages, however
many they tell (docs/decisions/0036).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.operations.rehearsing import OwesALetter, columns_of
from forums.refusals import Refused

NOBODY = _("It has no focal point with an account, so nobody can be written to.")


@dataclass(frozen=True)
class Addressed:
    """What is told to whom: a body, the kind of its letters, and the language of each of its people."""

    thing: object
    named: str
    kind: str
    languages: tuple


@dataclass(frozen=True)
class Look:
    """What a press would tell. Nothing of it is stored."""

    told: int  # bodies or people that it is about, those left out not counted
    letters: int
    specimens: list  # a letter of each kind in each language
    skipped: list  # pairs: a name, and why nobody is written to
    owes: bool

    @property
    def languages(self) -> set:
        return {letter.language for letter in self.specimens}


def look(addressed, written: Callable, *, owed, skipped=()) -> Look:
    """`written` carries one out and returns its letters; it is asked only for kinds and languages not seen yet."""
    found, tried = {}, set()
    with transaction.atomic():
        for one in addressed:
            wanted = {(one.kind, language) for language in one.languages}
            if wanted - tried:
                tried |= wanted
                for letter in filter(None, written(one.thing)):
                    found.setdefault((letter.kind, letter.language), letter)
        transaction.set_rollback(True)
    silent = [(one.named, NOBODY) for one in addressed if not one.languages]
    return Look(
        len(addressed) - len(silent),
        sum(len(one.languages) for one in addressed),
        list(found.values()),
        [*skipped, *silent],
        any(one.kind in owed and one.languages for one in addressed),
    )


def look_at_each(rows, act, *, owed) -> Look:
    """Carry the act out on each row and take all of it back; what it refuses is left out, with its sentence.

    `act` returns what it told (telling_at_once.Told).
    """
    letters, skipped = [], []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    letters += act(row).letters.values()
            except Refused as why:
                skipped.append((str(row), str(why)))
        transaction.set_rollback(True)
    specimens = {(letter.kind, letter.language): letter for letter in reversed(letters)}
    owes = any(letter.kind in owed for letter in letters)
    return Look(len(rows) - len(skipped), len(letters), list(specimens.values())[::-1], skipped, owes)


def keep_for_all(table, steps, letters, *, owes, by, at):
    """Keep beside each of these steps what becomes of its letters; one statement, none where they go as they are."""
    if letters.is_as_written:
        return
    if letters.withheld and owes and not letters.reason.strip():
        raise OwesALetter
    table.objects.bulk_create(table(step=step, **columns_of(letters), by=by, at=at) for step in steps)
