"""From screened applications to a frozen, numbered list."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, ListLine, NonObjectionList
from forums.refusals import Refused

Status = NonObjectionList.Status


def begin_list(forum, *, by, at):
    """The list that is being prepared for this forum; a new one where there is none. Pressing twice begins one."""
    there = NonObjectionList.objects.filter(forum=forum, status=Status.PREPARING, frozen_at__isnull=True).first()
    if there:
        return there
    try:
        with transaction.atomic():
            return NonObjectionList.objects.create(forum=forum, begun_by=by, begun_at=at)
    except IntegrityError:
        return NonObjectionList.objects.get(forum=forum, status=Status.PREPARING, frozen_at__isnull=True)


def fitting(forum):
    """Applications that can be put on a list: screened, decided by Member States, on no list that still counts."""
    screened = Accreditation.objects.filter(forum=forum, basis__non_objection=True, status=Accreditation.Status.SCREENING)
    listed = ListLine.objects.filter(struck_at__isnull=True).exclude(list__status=Status.OUTCOME_RECORDED)
    return screened.exclude(pk__in=listed.values("accreditation")).select_related("organisation__country", "basis")


@transaction.atomic
def add_to_list(accreditation, *, by, at):
    """Put a screened application on the list being prepared for its forum, which is begun if there is none."""
    listed = _open(begin_list(accreditation.forum, by=by, at=at))
    if accreditation.enquiries.filter(answered_at__isnull=True).exists():
        raise Refused(_("The organisation was asked for more information. Wait for its answer, then put it on the list."))
    if not fitting(accreditation.forum).filter(pk=accreditation.pk).exists():
        raise Refused(_("Only an application in screening that Member States decide on is put on a list, and only once."))
    organisation = accreditation.organisation
    what = {**snapshot(organisation), "added_by": by, "added_at": at, "struck_at": None, "struck_because": ""}
    line, _new = ListLine.objects.update_or_create(list=listed, accreditation=accreditation, defaults=what)
    return line


def snapshot(organisation) -> dict:
    """What a line says of an organisation."""
    names = ("name", "name_language", "acronym", "kind", "country")
    return {name: getattr(organisation, name) for name in names}


@transaction.atomic
def take_off(line, *, by, at, because):
    """Take a line off the list before it is frozen; its application stays in screening."""
    _open(line.list)
    line.delete()


def freeze(listed, *, by, at):
    """Number the list and its lines, in the order of their names, and keep what each line says; nothing is added any more.

    Numbers are given once: a list that was thawed keeps its own.
    """
    with transaction.atomic():
        listed = _open(listed)
        lines = list(listed.lines.select_related("accreditation__organisation__country"))
        if not lines:
            raise Refused(_("The list is empty. Put applications on it, then freeze it."))
        gone = [line.name for line in lines if line.accreditation.status != Accreditation.Status.SCREENING]
        if gone:
            raise Refused(_("No longer in screening: %(names)s. Take them off the list first.") % {"names": "; ".join(gone)})
        for line in lines:
            for name, value in snapshot(line.accreditation.organisation).items():
                setattr(line, name, value)
        lines.sort(key=lambda line: (line.name.casefold(), line.pk))
        for position, line in enumerate(lines, start=1):
            line.position = position
        ListLine.objects.bulk_update(lines, ["name", "name_language", "acronym", "kind", "country", "position"])
        if listed.number is None:
            last = NonObjectionList.objects.filter(forum=listed.forum).aggregate(last=Max("number"))["last"]
            listed.number = (last or 0) + 1
        listed.frozen_at, listed.frozen_by = at, by
        listed.save(update_fields=["number", "frozen_at", "frozen_by"])
        return listed


def thaw(listed, *, by, at):
    """Open a frozen list again before it was circulated; documents made of it are not those of the list any more."""
    with transaction.atomic():
        held = NonObjectionList.objects.select_for_update().get(pk=listed.pk)
        if held.status != Status.PREPARING or held.frozen_at is None:
            raise Refused(_("Only a frozen list that was not circulated can be opened again."))
        other = NonObjectionList.objects.filter(forum=held.forum, status=Status.PREPARING, frozen_at__isnull=True)
        if other.exists():
            raise Refused(_("Another list of this forum is being prepared. Freeze that one first."))
        held.lines.update(position=None)
        held.documents.all().delete()
        held.frozen_at = held.frozen_by = None
        held.save(update_fields=["frozen_at", "frozen_by"])
        return held


def write_note(listed, *, note, by, at):
    """Keep the words that go to the Office of the President of the General Assembly with the list."""
    if not NonObjectionList.objects.filter(pk=listed.pk, status=Status.PREPARING).update(note=note):
        raise Refused(_("The list was circulated; its note is what was sent."))
    listed.documents.all().delete()


def _open(listed):
    held = NonObjectionList.objects.select_for_update().get(pk=listed.pk)
    if held.status != Status.PREPARING or held.frozen_at is not None:
        raise Refused(_("This list is frozen. Open it again before you change what is on it."))
    return held
