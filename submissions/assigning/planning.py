"""A plan: who gets which input, what is skipped and why. Pure: the same question has the same answer."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from submissions.assigning.candidates import fits
from submissions.models import Submission

WAYS = {
    "one": _("All to one person"),
    "evenly": _("Evenly among the chosen: each gets as many as the others"),
    "by_work": _("By open work: whoever has the least gets the next"),
    "rules": _("By the rules of their calls"),
    "nobody": _("Take them back: nobody reviews them"),
}
WHY = {
    "over": _("There is nothing left to review."),
    "has": _("They review it already."),
    "nobody_has": _("Nobody reviews it."),
    "taken": _("Somebody reviews it already."),
    "no_rule": _("No rule fits it."),
    "no_one": _("Nobody of the chosen can be given it: conflict of interest, scope or absence."),
    "conflict": _("This person has a conflict of interest with it."),
    "scope": _("It lies outside what this person works on."),
}


@dataclass
class Plan:
    """`gets`: pairs of input and candidate (None: nobody), in order. `skipped`: pairs of input and key of WHY."""

    way: str
    gets: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def lines(self) -> list:
        """What it would do, in plain values that can be compared: input, status and reviewer as seen, who gets it."""
        return [
            [str(thing.pk), thing.status, thing.reviewer_id, candidate.pk if candidate else None]
            for thing, candidate in self.gets
        ]

    def shares(self) -> list:
        """How many each gets, and how much open work they would have then, in the order of names."""
        found = {}
        for _thing, candidate in self.gets:
            if candidate:
                found.setdefault(candidate.pk, [candidate, 0])[1] += 1
        return [(candidate, count) for candidate, count in found.values()]


def plan(things, people, *, way, chosen=(), rules=(), again=False) -> Plan:
    """Share out these inputs. `chosen` are keys of people, `again` gives out also what somebody reviews already.

    Inputs are taken in their order. Who is away gets nothing by evenness, work or rule; one person who was named gets it
    all the same, since whoever names them knows why.
    """
    made, by_key = Plan(way), {candidate.pk: candidate for candidate in people}
    load = {candidate.pk: candidate.open for candidate in people}
    given = dict.fromkeys(by_key, 0)
    picked = [by_key[key] for key in chosen if key in by_key]
    for thing in things:
        answer = _choose(thing, way, picked, by_key, rules, again, load if way != "evenly" else given)
        if isinstance(answer, str):
            made.skipped.append((thing, answer))
            if answer == "has" and thing.reviewer_id in given:
                given[thing.reviewer_id] += 1
            continue
        made.gets.append((thing, answer))
        if answer is not None:
            load[answer.pk] += 1
            given[answer.pk] += 1
    return made


def _choose(thing, way, picked, by_key, rules, again, load):
    """A candidate, None for nobody, or why it is skipped."""
    if thing.status not in Submission.GIVEN_OUT:
        return "over"
    if way == "nobody":
        return None if thing.reviewer_id else "nobody_has"
    if way == "one":
        return _named(thing, picked[0]) if picked else "no_one"
    if thing.reviewer_id and not again:
        return "taken"
    pool = picked
    if way == "rules":
        rule = first_rule(rules, thing)
        if rule is None:
            return "no_rule"
        pool = [by_key[key] for key in rule.people if key in by_key]
    return _least(thing, pool, load)


def _named(thing, candidate):
    if thing.reviewer_id == candidate.pk:
        return "has"
    if candidate.is_in_conflict(thing):
        return "conflict"
    return candidate if candidate.works_on(thing) else "scope"


def _least(thing, pool, load):
    """Who has least so far among those who can get it; of equals the first."""
    able = [one for one in pool if not one.away and one.may_get(thing)]
    if not able:
        return "no_one"
    best = min(able, key=lambda one: load[one.pk])
    return "has" if best.pk == thing.reviewer_id else best


def first_rule(rules, thing):
    """The first rule, in their order, that fits an input."""
    return next((rule for rule in rules if fits(rule, thing)), None)
