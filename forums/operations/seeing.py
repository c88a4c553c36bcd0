"""Letters on a person's own pages: how many are new, and up to when they were seen."""

from forums.models import Letter, LettersSeen
from forums.prepared import rows_of

MOST_COUNTED = 99
# As Letter.objects.for_reader finds them, by hand: every page of somebody who is signed in asks it, and as a queryset the
# asking took longer than all the rest of the frame.
UNSEEN = """
    SELECT count(*) FROM (
        SELECT FROM forums_letter
        WHERE "to" = %s AND NOT private AND NOT held AND not_before <= %s AND NOT starts_with(key, %s)
        AND not_before > coalesce((SELECT up_to FROM forums_lettersseen WHERE person_id = %s), %s) LIMIT %s) new
"""


def unseen(person, at) -> int:
    """How many letters came since this person last looked, counted up to a hundred, in one statement."""
    asked = [person.email, at, Letter.SUPERSEDED, person.pk, person.date_joined, MOST_COUNTED + 1]
    return rows_of(UNSEEN, asked)[0][0]


def see_letters(person, *, at):
    """This person has looked at the letters to them."""
    LettersSeen.objects.update_or_create(person=person, defaults={"up_to": at})
