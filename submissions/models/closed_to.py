"""What is closed to somebody of the desk: inputs with which they have a conflict of interest, and those outside their scope.

Conditions for queries over inputs. They compare with sets that PostgreSQL makes once a statement, so that they cost the same
with one conflict and with many; nobody asks about a row at a time.
"""

from django.db.models import Exists, F, OuterRef, Q

from accreditation.models import DeskScope
from accreditation.ties import bodies_tied_to


def bodies_in_conflict(user):
    """Keys of organisations: those that the person is tied to, and those that were declared."""
    from .conflict import Conflict

    declared = Conflict.objects.standing().filter(user=user, organisation__isnull=False).order_by()
    first, *others = bodies_tied_to(user)
    return first.union(*others, declared.values_list(F("organisation")))


def in_conflict(user) -> Q:
    """Inputs of such a body, or under which one stands or is asked to stand; and inputs that were declared."""
    from .co_sponsor import CoSponsor
    from .conflict import Conflict

    bodies = bodies_in_conflict(user)
    joint = CoSponsor.objects.bodies().exclude(answer=CoSponsor.Answer.DECLINED).filter(organisation__in=bodies).order_by()
    named = Conflict.objects.standing().filter(user=user, submission__isnull=False).order_by()
    return Q(organisation__in=bodies) | Q(pk__in=joint.values("submission")) | Q(pk__in=named.values("submission"))


def out_of_scope(user) -> Q:
    """Inputs that no line of the person's scope names; none where they have no line."""
    lines = DeskScope.objects.standing().filter(user=user).order_by()
    return Q(Exists(lines)) & ~Q(Exists(lines.filter(_fits())))


def _fits() -> Q:
    """Whether a line names the input around it. A region is one that was chosen, or that of a chosen country."""
    fits = (Q(forum=None) | Q(forum__calls=OuterRef("call"))) & (Q(call=None) | Q(call=OuterRef("call")))
    fits &= (Q(level="") | Q(level=OuterRef("level"))) & (Q(language="") | Q(language=OuterRef("language")))
    fits &= Q(objective=None) | Exists(_chosen("objectives").filter(objective=OuterRef("objective")))
    of_country = _chosen("countries").filter(country__regions=OuterRef("region"))
    return fits & (Q(region=None) | Exists(_chosen("regions").filter(region=OuterRef("region"))) | Exists(of_country))


def _chosen(name):
    from .submission import Submission

    return getattr(Submission, name).through.objects.filter(submission=OuterRef(OuterRef("pk")))
