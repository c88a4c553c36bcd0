"""Every public name of the organisations under an input: what their public pages say, and nothing that only the desk knows.

Names by which a body is also called, and those it had, stand on no public page: nobody finds an input by them. The name
under which it was published stays in the row, whatever the body is called today.
"""

from accreditation.models import OrganisationName
from submissions.models import PublishedInput, Submission


def organisations_under(co_sponsors) -> list:
    """Keys of the bodies that agreed; those on whose behalf it is sent are a name and nothing else."""
    return [body["organisation"] for body in co_sponsors if body["organisation"] and not body["on_behalf"]]


def names_of(keys) -> list:
    """Pairs of language and name, each once, in one order."""
    shown = OrganisationName.objects.shown().filter(organisation__in=keys).order_by()
    return sorted([language, name] for language, name in set(shown.values_list("language", "name")))


def names_under(submission_id, co_sponsors) -> list:
    """Those of an input that is about to be shown with these co-sponsors."""
    lead = Submission.objects.filter(pk=submission_id).order_by().values("organisation")
    keys = organisations_under(co_sponsors)
    return names_of([*lead.values_list("organisation", flat=True), *keys])


def names_now(submission_ids) -> dict:
    """Submission -> what names_of says today of each of these that is not taken down; two statements."""
    rows = PublishedInput.objects.filter(submission__in=submission_ids, taken_down_at=None).order_by()
    under = {
        key: [lead, *organisations_under(co_sponsors)]
        for key, lead, co_sponsors in rows.values_list("submission", "organisation", "co_sponsors")
    }
    wanted = {body for bodies in under.values() for body in bodies}
    found = {}
    shown = OrganisationName.objects.shown().filter(organisation__in=wanted).order_by()
    for body, language, name in shown.values_list("organisation", "language", "name"):
        found.setdefault(body, set()).add((language, name))
    return {
        key: sorted(map(list, set().union(*(found.get(body, set()) for body in bodies)))) for key, bodies in under.items()
    }
