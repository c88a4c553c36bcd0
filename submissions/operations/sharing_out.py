"""Sharing out: a plan is made and carried out exactly as it was shown; rules do so by themselves where a call wants it."""

from datetime import timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from forums.operations import write
from forums.refusals import Refused
from submissions.assigning.candidates import candidates, classed
from submissions.assigning.planning import Plan, plan
from submissions.models import Assignment, AssignmentRule, AutomaticAssignment, Submission
from submissions.operations.assigning import assign
from submissions.shown_titles import as_told

MOST = 200  # in one sweep
AT_REST = timedelta(minutes=5)  # somebody who gives out inputs is told of once they have paused for so long
AT_LEAST = timedelta(hours=1)  # or began so long ago

How = Assignment.How
HOW = {"one": How.CHOSEN, "nobody": How.CHOSEN, "evenly": How.SHARED_OUT, "by_work": How.SHARED_OUT, "rules": How.BY_RULE}

# As lists of reviewers show them: of two who have as much to do always the same one is first.
IN_ORDER = ArrayAgg("reviewers", order_by=("reviewers__name", "reviewers__email", "reviewers"), default=[])


def rules_in_order() -> list:
    """The rules that are in use, with the keys of their people; one statement."""
    rules = AssignmentRule.objects.in_order().annotate(people=IN_ORDER)
    return list(rules.select_related("forum"))


def plan_of(submissions, *, way, chosen=(), again=False, day) -> Plan:
    """What would be given out now; changes nothing."""
    rules = rules_in_order() if way == "rules" else ()
    return plan(classed(submissions), candidates(day), way=way, chosen=chosen, rules=rules, again=again)


def carry_out(made: Plan, *, by, at, how="") -> list:
    """Give out what the plan says, each input by itself; returns triples: input, candidate, why not.

    What changed since the plan was made is refused by the operation, the rest is done.
    """
    done = []
    for thing, candidate in made.gets:
        try:
            assign(thing, to=candidate and candidate.person, by=by, at=at, how=how or HOW[made.way])
        except Refused as why:
            done.append((thing, candidate, str(why)))
        else:
            done.append((thing, candidate, ""))
    return done


def give_out_new(*, at) -> int:
    """Give newly received inputs to reviewers by the rules, in calls that have it switched on; returns how many.

    Only what nobody ever had: an input that a person took back waits for a person.
    """
    calls = AutomaticAssignment.objects.filter(is_on=True, call=OuterRef("call"), since__lte=OuterRef("received_at"))
    fresh = Submission.objects.awaiting_review().filter(Exists(calls), reviewer=None)
    fresh = fresh.exclude(Exists(Assignment.objects.filter(submission=OuterRef("pk")))).order_by("received_at", "pk")
    keys = list(fresh.values_list("pk", flat=True)[:MOST])
    if not keys:
        return 0
    made = plan_of(Submission.objects.filter(pk__in=keys).order_by("received_at", "pk"), way="rules", day=at.date())
    done = carry_out(made, by=None, at=at, how=Assignment.How.BY_ITSELF)
    return sum(not why for _thing, _candidate, why in done)


def tell_of_assignments(*, at) -> int:
    """Write one letter to whoever got or lost inputs since they were last told; returns how many letters."""
    untold = Assignment.objects.filter(told_at=None).order_by()
    written = 0
    for giver in list(untold.values_list("by", flat=True).distinct()):
        with transaction.atomic():
            written += _tell_of(giver, at)
    return written


def _tell_of(giver, at) -> int:
    rows = Assignment.objects.filter(told_at=None, by=giver).select_for_update(of=("self",), skip_locked=True)
    rows = list(rows.select_related("to", "was").order_by("at", "pk"))
    if not rows or (at - rows[-1].at < AT_REST and at - rows[0].at < AT_LEAST):
        return 0
    people = {one.pk: one for row in rows for one in (row.to, row.was) if one is not None and one.pk != giver}
    letters = sum(_write(person, rows, at) for person in people.values() if person.is_active and person.is_staff)
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=at)
    return letters


def _write(person, rows, at) -> int:
    """What of it is theirs now and they may see, and how many went to others; nothing where neither is left."""
    given = {row.submission_id for row in rows if row.to_id == person.pk}
    lost = {row.submission_id for row in rows if row.was_id == person.pk}
    seen = Submission.objects.visible_to(person).filter(pk__in=given, reviewer=person).order_by(F("received_at"), "pk")
    inputs = as_told(seen.select_related("call__forum", "organisation"))
    gone = Submission.objects.filter(pk__in=lost).exclude(reviewer=person).count()
    if not inputs and not gone:
        return 0
    letter = write(
        "submissions/assigned",
        to=person.email,
        language=person.language,
        about={"inputs": inputs, "gone": gone, "person": person},
        key=f"assignments:{rows[-1].pk}:{person.pk}",
        private=True,  # letters are read by overseers who may have a conflict of interest with one of these inputs
        at=at,
    )
    return int(letter is not None)
