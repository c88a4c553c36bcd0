"""Letters on a person's own pages: how many are new, and up to when they were seen."""

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from forums.models import Letter, LettersSeen

MOST_COUNTED = 99


def unseen(person, at) -> int:
    """How many letters came since this person last looked, counted up to a hundred, in one statement."""
    seen = LettersSeen.objects.filter(person=person).values("up_to")[:1]
    since = Coalesce(Subquery(seen), Value(person.date_joined))
    letters = Letter.objects.for_reader(person.email, at).filter(not_before__gt=since)
    return letters.order_by()[: MOST_COUNTED + 1].count()


def see_letters(person, *, at):
    """This person has looked at the letters to them."""
    LettersSeen.objects.update_or_create(person=person, defaults={"up_to": at})
