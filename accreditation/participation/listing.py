"""Registered persons as a table for the desk: who comes from where, with access needs only for those who may read them."""

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.models import Accreditation, Organisation, Reading, Registration
from accreditation.operations import note_reading
from accreditation.participation.representation import has_letter
from forums.cells import as_text
from forums.templatetags.moments import moment_in_words


def accepted(forum, event=None):
    """Persons who come: not cancelled, of organisations whose standing holds."""
    persons = Registration.objects.standing().filter(
        accreditation__forum=forum, accreditation__status__in=Accreditation.STANDING
    )
    persons = persons.filter(event=event) if event else persons
    related = ("accreditation__organisation", "accreditation__basis", "accreditation__forum", "country")
    persons = persons.select_related(*related).annotate(letter_is_there=has_letter("accreditation"))
    return persons.order_by("event", "accreditation__organisation__name", "name", "pk")


@transaction.atomic
def table_of(forum, event, *, by, needs, at) -> list:
    """Rows of cells, the first with the titles. Of each person whose needs are handed out it is noted that `by` read them.

    Nobody gets the needs of persons of their own organisation that way.
    """
    own = set(Organisation.objects.represented_by(by).values_list("pk", flat=True))
    titles = [_("Event"), _("Organisation"), _("Basis"), _("Name"), _("Function"), _("E-mail address"), _("Country")]
    titles += [_("Letter of representation"), _("Registered"), *([_("Access needs")] if needs else [])]
    rows = [titles]
    for person in accepted(forum, event):
        row = _cells(person)
        if needs:
            row.append(_needs_of(person, own, by=by, at=at))
        rows.append([as_text(str(cell)) for cell in row])
    return rows


def _cells(person) -> list:
    accreditation = person.accreditation
    return [
        person.get_event_display(),
        accreditation.organisation.name,
        accreditation.basis.name,
        person.name,
        person.function,
        person.email,
        person.country.name if person.country else "",
        _("Letter received") if person.letter_is_there else _("Missing"),
        moment_in_words(person.registered_at, accreditation.forum),
    ]


def _needs_of(person, own, *, by, at) -> str:
    if not person.access_needs or person.accreditation.organisation_id in own:
        return ""
    note_reading(Reading.What.NEEDS, person, by=by, at=at, accreditation=person.accreditation)
    return person.access_needs
