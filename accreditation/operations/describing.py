"""What an organisation says about itself: names in several languages, kind, place, the bodies it belongs to.

Two people may have the page open: the later one is told, sees both, and overwrites nothing. A name that is replaced stays
among the former names, so that letters and lists that carry it still lead here.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Organisation, OrganisationName
from accreditation.names import fold
from accreditation.operations.twins import note_twins
from forums.refusals import Refused

Use = OrganisationName.Use
PLAIN = ("name", "name_language", "acronym", "kind", "country_id", "seat", "website", "parent_id")
MOST_STEPS = 20  # from a body to the one it is part of, and so on


class RecordChanged(Refused):
    """Another page saved a later edition. `theirs` is the record as it now stands; nothing was overwritten."""

    def __init__(self, theirs):
        super().__init__(
            _("This record was saved elsewhere after you opened it. Both versions are below: take over what you need.")
        )
        self.theirs = theirs


@transaction.atomic
def describe(organisation, *, by, at, edition, about):
    """Save what its people say about their organisation; `about` holds PLAIN, `official` by language, `also_called`,
    `former`, `regions` and `networks`.

    Names that are new are compared with those of other records; what may be a twin waits at the desk.
    """
    kept = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if kept.merged_into_id:
        raise Refused(_("This record was merged into another one. Open your page to find it."))
    if kept.edition != edition:
        raise RecordChanged(kept)
    _ask_whether_a_part(kept, about["parent_id"])
    before = known_names(kept)
    former = keep_former(kept, about["name"], about["former"])
    for name in PLAIN:
        setattr(kept, name, about[name])
    kept.edition += 1
    kept.save()
    kept.regions.set(about["regions"])
    kept.networks.set([body for body in about["networks"] if body.pk != kept.pk])
    _follow_official(kept, about["official"])
    _follow_lines(kept, Use.ALIAS, about["also_called"])
    _follow_lines(kept, Use.FORMER, former)
    fresh = [name for name in kept.names.exclude(use__in=[Use.ACRONYM, Use.FORMER]) if name.folded not in before]
    if fresh:
        note_twins(kept, at=at, names=[name.name for name in fresh])
    return kept


def known_names(organisation) -> set:
    return set(organisation.names.values_list("folded", flat=True))


def keep_former(organisation, new_name, former) -> list:
    """The former names, with the main one if it is about to be replaced by a name that differs in more than spelling."""
    replaced = fold(organisation.name) != fold(new_name)
    known = {fold(name) for name in former}
    return [*former, organisation.name] if replaced and fold(organisation.name) not in known else list(former)


def name_replaced(organisation, was, *, at):
    """After the desk has written another main name: the one before stays as a former one; twins of the new one are noted."""
    if was and fold(was) not in known_names(organisation):
        OrganisationName.objects.create(organisation=organisation, use=Use.FORMER, name=was)
    note_twins(organisation, at=at)


def _ask_whether_a_part(organisation, parent_id):
    """Nothing is part of itself, however many bodies lie between."""
    above, steps = parent_id, 0
    while above is not None and steps < MOST_STEPS:
        if above == organisation.pk:
            raise Refused(_("A body cannot be part of itself. Choose another body, or leave the field empty."))
        above = Organisation.objects.filter(pk=above).values_list("parent_id", flat=True).first()
        steps += 1


def _follow_official(organisation, official):
    """One row for each language but that of the main name."""
    wanted = {language: name for language, name in official.items() if name and language != organisation.name_language}
    rows = organisation.names.filter(use=Use.OFFICIAL)
    rows.exclude(language__in=list(wanted)).delete()
    held = {row.language: row for row in rows}
    for language, name in wanted.items():
        row = held.get(language) or OrganisationName(organisation=organisation, use=Use.OFFICIAL, language=language)
        if row.name != name:
            row.name = name
            row.save()


def _follow_lines(organisation, use, names):
    """Names without a language, each once."""
    rows = organisation.names.filter(use=use)
    rows.exclude(name__in=names).delete()
    held = set(rows.values_list("name", flat=True))
    for name in dict.fromkeys(names):
        if name not in held:
            OrganisationName.objects.create(organisation=organisation, use=use, name=name)
