"""Who may be given inputs: reviewers with open work, absences, conflicts of interest and scopes, in few statements."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accreditation.models import Absence, DeskScope
from accreditation.ties import ties_of
from submissions.models import Conflict, CoSponsor, Submission

REVIEWS = "review_submission"


@dataclass
class Candidate:
    """One reviewer as a plan sees them."""

    person: object
    open: int = 0
    away: bool = False
    bodies: set = field(default_factory=set)  # organisations with which they have a conflict of interest
    inputs: set = field(default_factory=set)  # inputs with which they said they have one
    scope: list = field(default_factory=list)  # lines; none means everything

    @property
    def pk(self):
        return self.person.pk

    def is_in_conflict(self, thing) -> bool:
        return thing.pk in self.inputs or not self.bodies.isdisjoint(thing.bodies)

    def works_on(self, thing) -> bool:
        return not self.scope or any(fits(line, thing) for line in self.scope)

    def may_get(self, thing) -> bool:
        return not self.is_in_conflict(thing) and self.works_on(thing)


def reviewers():
    """Active people of the desk whose role reviews; without those who are superusers and nothing else."""
    holds = Q(groups__permissions__codename=REVIEWS) | Q(user_permissions__codename=REVIEWS)
    people = get_user_model().objects.filter(holds, is_active=True, is_staff=True)
    return people.distinct().order_by("name", "email", "pk")


def candidates(day: date) -> list[Candidate]:
    """All reviewers as they stand on that day; five statements, however many there are."""
    waiting = (
        Submission.objects.filter(reviewer=OuterRef("pk"), status__in=Submission.GIVEN_OUT).order_by().values("reviewer")
    )
    people = list(reviewers().annotate(open_work=Coalesce(Subquery(waiting.values(n=Count("pk"))), 0)))
    keys = [person.pk for person in people]
    away = set(Absence.objects.on(day).filter(user__in=keys).values_list("user", flat=True))
    found = {p.pk: Candidate(p, p.open_work, p.pk in away, bodies) for p, bodies in zip(people, _ties(keys), strict=True)}
    for conflict in Conflict.objects.standing().filter(user__in=keys):
        candidate = found[conflict.user_id]
        candidate.bodies.add(conflict.organisation_id) if conflict.organisation_id else candidate.inputs.add(
            conflict.submission_id
        )
    for line in DeskScope.objects.standing().filter(user__in=keys):
        found[line.user_id].scope.append(line)
    return list(found.values())


def _ties(keys):
    ties = ties_of(keys)
    return [ties.get(key, set()) for key in keys]


def with_classes(submissions):
    """With what rules and scopes look at: its bodies, regions and objectives; in the same statement."""
    through = {name: getattr(Submission, name).through.objects for name in ("regions", "countries", "objectives")}
    here = {"submission": OuterRef("pk")}
    bodies = CoSponsor.objects.bodies().exclude(answer=CoSponsor.Answer.DECLINED).exclude(organisation=None)
    of_countries = through["countries"].filter(**here, country__regions__isnull=False)
    return submissions.annotate(
        joint=ArraySubquery(bodies.filter(**here).order_by().values("organisation")),
        own_regions=ArraySubquery(through["regions"].filter(**here).values("region")),
        country_regions=ArraySubquery(of_countries.values(code=F("country__regions"))),
        in_objectives=ArraySubquery(through["objectives"].filter(**here).values("objective")),
    )


def classed(submissions) -> list:
    """The inputs with their bodies and regions as sets."""
    things = list(
        with_classes(submissions).select_related("call__forum", "organisation", "reviewer").defer("text", "summary")
    )
    for thing in things:
        thing.bodies = {thing.organisation_id, *thing.joint}
        thing.in_regions = {*thing.own_regions, *thing.country_regions}
    return things


def fits(line, thing) -> bool:
    """Whether all that a rule or a line of a scope names applies to the input; the same that closed_to.py asks in SQL."""
    return (
        line.forum_id in (None, thing.call.forum_id)
        and line.call_id in (None, thing.call_id)
        and line.level in ("", thing.level)
        and line.language in ("", thing.language)
        and (line.region_id is None or line.region_id in thing.in_regions)
        and (line.objective_id is None or line.objective_id in thing.in_objectives)
    )
