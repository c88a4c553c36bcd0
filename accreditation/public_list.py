"""Who is accredited to a forum, for the public: nothing but these columns, and nobody before the standing is recorded."""

from accreditation.models import Accreditation, NonObjectionList

COLUMNS = (
    "organisation",
    "language",
    "acronym",
    "address",
    "kind",
    "country",
    "basis",
    "paragraph",
    "decided_on",
    "decided_by",
)


def accredited(forum=None):
    """Standing accreditations, by name; an outcome of a non-objection list only once its letters went out."""
    told = Accreditation.objects.told().filter(organisation__merged_into__isnull=True)
    if forum is not None:
        told = told.filter(forum=forum)
    return told.select_related("organisation__country", "basis", "forum").order_by("organisation__name", "pk")


def shown_lists(forum, terms):
    """Non-objection lists whose names the forum's terms make public; with outcomes only once their letters went out."""
    Status = NonObjectionList.Status
    shown = [
        *([Status.CIRCULATED, Status.PERIOD_ENDED] if terms.names_before else []),
        *([Status.OUTCOME_RECORDED] if terms.names_after else []),
    ]
    lists = NonObjectionList.objects.filter(forum=forum, status__in=shown).order_by("number")
    return lists.exclude(status=Status.OUTCOME_RECORDED, letters_released_at__isnull=True)


def row_of(accreditation) -> dict:
    """One row, for tables, CSV, JSON and the API alike; the whitelist of what is public."""
    organisation = accreditation.organisation
    return {
        "organisation": organisation.name,
        "language": organisation.name_language,
        "acronym": organisation.acronym,
        "address": organisation.slug,
        "kind": organisation.kind,
        "country": organisation.country_id or "",
        "basis": accreditation.basis_id,
        "paragraph": accreditation.basis.paragraph,
        "decided_on": accreditation.decided_on.isoformat(),
        "decided_by": accreditation.decided_by,
    }
