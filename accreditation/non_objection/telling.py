"""Letters round a list: the desk before and after the period; outcomes wait until they are released together."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from accreditation.models import Accreditation, ListLine, NonObjectionList, User
from accreditation.non_objection.circulating import ending_soon
from forums.operations import write

Status = NonObjectionList.Status
SOON = timedelta(days=3)
COMPILE = "accreditation.compile_list"
OUTCOMES = (Accreditation.Status.ACCREDITED, Accreditation.Status.NOT_ACCREDITED)


def not_held(steps):
    """Steps of accreditations whose letters may be written: those of a list's outcome wait for its release."""
    held = NonObjectionList.objects.filter(status=Status.OUTCOME_RECORDED, letters_released_at__isnull=True)
    waiting = Q(accreditation__lines__list__in=held, accreditation__lines__struck_at__isnull=True)
    return steps.exclude(waiting & Q(was="put_forward"))


def as_told(accreditation):
    """The same row as its people may know it, not to be saved: nobody reads an outcome before all are told of theirs."""
    if accreditation is not None and accreditation.status in OUTCOMES and _is_held_back(accreditation):
        accreditation.status = Accreditation.Status.PUT_FORWARD
        accreditation.decided_on, accreditation.decided_by, accreditation.evidence = None, "", ""
    return accreditation


HELD_BACK = {"list__status": Status.OUTCOME_RECORDED, "list__letters_released_at": None, "struck_at": None}


def with_held_back(accreditations):
    """Rows that know whether their outcome is held back, so that `as_told` need not ask for each."""
    lines = ListLine.objects.filter(accreditation=OuterRef("pk"), **HELD_BACK)
    return accreditations.annotate(held_back=Exists(lines))


def _is_held_back(accreditation) -> bool:
    if hasattr(accreditation, "held_back"):
        return accreditation.held_back
    return accreditation.lines.filter(**HELD_BACK).exists()


def desk():
    """Active staff who compile lists."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    return [person for person in staff.order_by("pk") if person.has_perm(COMPILE)]


def remind_of_periods(*, at) -> int:
    """Tell the desk once, three days before a period ends."""
    told = 0
    for listed in ending_soon(at=at, within=SOON):
        if NonObjectionList.objects.filter(pk=listed.pk, reminded_at__isnull=True).update(reminded_at=at):
            _tell("accreditation/period_ends_soon", listed, f"period-ends-soon:{listed.pk}", at)
            told += 1
    return told


def letters_for(step, *, at):
    """What a step of a list sends: the desk hears that the period has ended and the list waits for its outcome."""
    if step.became == Status.PERIOD_ENDED:
        _tell("accreditation/period_ended", step.list, f"period-ended:{step.pk}", at)


def _tell(template, listed, key, at):
    for person in desk():
        about = {"list": listed, "forum": listed.forum, "person": person}
        write(
            template,
            to=person.email,
            language=person.language,
            about=about,
            key=f"{key}:{person.pk}",
            forum=listed.forum,
            at=at,
        )
