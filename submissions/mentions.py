"""Colleagues who are named in a note with @: who can be named and who is meant, of those who may see the input."""

import re
import unicodedata

from django.contrib.auth import get_user_model
from django.db.models import Q

from submissions.models import Submission

READS = ("view_submission", "review_submission")
MOST_LOOKED_AT, MOST_OFFERED, MOST_TOLD = 40, 8, 20
AT = re.compile(r"(?<![\w.])@(?=\w)")
SIGNS_SHOWN = 30


def people_of_the_desk():
    """Active people whose role reads inputs; without those who are superusers and nothing else."""
    holds = Q(groups__permissions__codename__in=READS) | Q(user_permissions__codename__in=READS)
    people = get_user_model().objects.filter(holds, is_active=True, is_staff=True)
    return people.distinct().order_by("name", "email", "pk")


def may_see(person, submission) -> bool:
    return Submission.objects.visible_to(person).filter(pk=submission.pk).exists()


def offered(submission, words, *, besides) -> list:
    """Colleagues with these words in their name who may see the input; so many are asked about at most."""
    people = (
        people_of_the_desk().exclude(pk=besides.pk).filter(Q(name__icontains=words) | Q(name="", email__icontains=words))
    )
    found = []
    for person in people[:MOST_LOOKED_AT]:
        if len(found) < MOST_OFFERED and may_see(person, submission):
            found.append(person)
    return found


def meant_in(text, submission, *, besides) -> tuple:
    """Who is named with @ in a text and may see the input; and how those are called of whom that cannot be said.

    The name is written as the desk shows it, or the address. Whoever may not see the input is as unknown as nobody.
    """
    known = {}
    for person in people_of_the_desk():
        for called in {str(person), person.email}:
            known.setdefault(folded(called), []).append(person)
    longest_first, told, unknown = sorted(known, key=len, reverse=True), {}, []
    for found in AT.finditer(text):
        rest = folded(text[found.end() :])
        name = next((name for name in longest_first if _begins(rest, name)), None)
        people = [person for person in known.get(name, ()) if person.pk != besides.pk]
        if len(people) == 1 and len(told) < MOST_TOLD and may_see(people[0], submission):
            told[people[0].pk] = people[0]
        elif name is None or people:
            unknown.append(text[found.start() : found.end() + SIGNS_SHOWN].split("\n")[0].split(" ")[0])
    return list(told.values()), list(dict.fromkeys(unknown))


def folded(text) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _begins(rest, name) -> bool:
    return rest.startswith(name) and not (rest[len(name) : len(name) + 1] or " ").isalnum()
