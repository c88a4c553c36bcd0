"""What is closed to somebody of the desk: inputs with which they have a conflict of interest, and those outside their scope.

Conditions for queries over inputs. They compare with sets that PostgreSQL makes once a statement, so that they cost the same
with one conflict and with many; nobody asks about a row at a time. Putting them together from querysets takes a hundred
times as long as an ordinary query, so it is done once for everybody (closed_to_sql.py).
"""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from accreditation.models import DeskScope
from accreditation.ties import bodies_beside, own_bodies
from forums.models import Country
from forums.remembered import remembered
from submissions.models.closed_to_sql import BODIES, OWN, OutOfScope, bodies_named
from submissions.models.known_open import closed_to_some_extent

NO_INPUT = Q(pk__in=[])  # which Django leaves out of a statement


def bodies_in_conflict(user):
    """Keys of organisations: those that the person is tied to, and those that were declared."""
    own = own_bodies(user)
    return own.union(*bodies_beside(own), _declared(user))


def _declared(user):
    from .conflict import Conflict

    declared = Conflict.objects.standing().filter(user=user, organisation__isnull=False).order_by()
    return declared.values_list(F("organisation"))


def in_conflict(user) -> Q:
    """Inputs of such a body, or under which one stands or is asked to stand; and inputs that were declared."""
    if not closed_to_some_extent(user).by_conflict:
        return NO_INPUT
    return Q(pk__in=RawSQL(*inputs_in_conflict(user)))  # noqa: S611 - SQL of Django's


def inputs_in_conflict(user) -> tuple:
    """The SQL of their keys, and its parameters."""
    return remembered(_closed_by_conflict, user.pk, settings.CONFLICT_DAYS)


def _closed_by_conflict(user) -> tuple:
    from .co_sponsor import CoSponsor
    from .conflict import Conflict
    from .submission import Submission

    joint = CoSponsor.objects.bodies().exclude(answer=CoSponsor.Answer.DECLINED).filter(organisation__in=BODIES)
    named = Conflict.objects.standing().filter(user=user, submission__isnull=False)
    inputs = [
        Submission.objects.filter(organisation__in=BODIES).values("pk"),
        joint.values("submission"),
        named.values("submission"),
    ]
    return bodies_named(own_bodies(user), [*bodies_beside(OWN), _declared(user)], inputs)


def out_of_scope(user) -> Q:
    """Inputs that no line of the person's scope names; none where they have no line."""
    if not closed_to_some_extent(user).by_scope:
        return NO_INPUT
    return Q(OutOfScope(_scope_around, user.pk))


def _scope_around(user, outer):
    """The lines of a person, and those of them that name the input around it, of which `outer` says the columns."""
    lines = DeskScope.objects.standing().filter(user=user).order_by()
    return lines.values("pk"), lines.filter(_fits(outer)).values("pk")


def _fits(outer) -> Q:
    """Whether a line names the input around it. A region is one that was chosen, or that of a chosen country.

    By EXISTS and a join, which PostgreSQL asks last: `in` is planned sooner, but read for every input, fit or not.
    """
    fits = (Q(forum=None) | Q(forum__calls=outer("call"))) & (Q(call=None) | Q(call=outer("call")))
    fits &= (Q(level="") | Q(level=outer("level"))) & (Q(language="") | Q(language=outer("language")))
    fits &= Q(objective=None) | Exists(_chosen("objectives", outer).filter(objective=OuterRef("objective")))
    of_country = Country.regions.through.objects.filter(region=OuterRef("region"))
    of_country = of_country.filter(country__in=_chosen("countries", outer).values("country"))
    return fits & (Q(region=None) | Exists(_chosen("regions", outer).filter(region=OuterRef("region"))) | Exists(of_country))


def _chosen(name, outer):
    from .submission import Submission

    return getattr(Submission, name).through.objects.filter(submission=outer("pk"))
