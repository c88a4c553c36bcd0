"""People of the desk: days on which they are not there, and the part of the inputs on which they work."""

from accreditation.models import Absence, DeskScope


def note_absence(person, *, first_day, last_day, by, at):
    """From the first to the last day nothing is given to this person by itself. The same days noted twice are one row."""
    days = {"first_day": first_day, "last_day": last_day, "taken_back_at": None}
    absence, _new = Absence.objects.get_or_create(user=person, **days, defaults={"by": by, "at": at})
    return absence


def take_back_absence(absence, *, at):
    """It does not hold; taking back twice is no error."""
    Absence.objects.filter(pk=absence.pk, taken_back_at=None).update(taken_back_at=at)


def narrow_to(person, *, by, at, **named):
    """Add a line to what this person works on; from now on they find nothing that no line of theirs names."""
    line, _new = DeskScope.objects.get_or_create(user=person, ended_at=None, **named, defaults={"by": by, "at": at})
    return line


def end_scope(line, *, at):
    """The line does not hold any more; who has no other one works on everything again."""
    DeskScope.objects.filter(pk=line.pk, ended_at=None).update(ended_at=at)
