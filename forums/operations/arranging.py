"""What the desk arranges about a duty: who answers for it; its notices held, released, sent now, or written ahead."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums import notices
from forums.models import Milestone
from forums.operations.milestones import Recipient, is_watched, recipients, tell_all, was_told, works_here
from forums.operations.outbox import hold
from forums.refusals import Refused


@transaction.atomic
def make_responsible(milestone, person, *, seen):
    """Let this person answer for the duty, or nobody; `seen` is the key of the person who answered for it so far."""
    kept = Milestone.objects.select_for_update(of=("self",)).select_related("responsible").get(pk=milestone.pk)
    if kept.responsible == person:
        return kept
    if kept.responsible_id != seen:
        raise Refused(
            _("Somebody else has changed this meanwhile: “%(duty)s” is now answered for by %(name)s. Look at it again.")
            % {"duty": kept, "name": kept.responsible or _("nobody")}
        )
    if person is not None and not works_here(person):
        raise Refused(_("%(name)s does not work at the desk any more. Choose somebody else.") % {"name": person})
    kept.responsible = person
    kept.save(update_fields=["responsible"])
    return kept


def next_notice(milestone, at) -> int:
    """The distance of the notice that comes next."""
    return notices.coming(milestone.due_on, at, milestone.forum.zone)[0]


def untold(milestone, days) -> list[Recipient]:
    """Who would be told at that distance, as the sweep itself decides it."""
    return [one for one in recipients(milestone, days) if not was_told(milestone, days, one.email)]


def tell_now(milestone, *, at):
    """Send the next notice of a duty at once, although its day has not come; returns how many letters were written."""
    ask_whether_it_is_told(milestone)
    return len(tell_all(milestone, next_notice(milestone, at), at))


@transaction.atomic
def write_ahead(milestone, *, at):
    """Write the next notice of a duty for its day and hold it, so that the desk can rewrite it; returns the new letters.

    Once released a letter waits for its day. Its notice counts as told, so the sweep writes no other one.
    """
    ask_whether_it_is_told(milestone)
    letters = tell_all(milestone, next_notice(milestone, at), at, ahead=True)
    if not letters:
        raise Refused(_("The next notice of this duty is written already. Open its letters to change their words."))
    for letter in letters:
        hold(letter)
    return letters


def hold_notices(milestone):
    """Tell nobody of this duty until its notices are released."""
    if not Milestone.objects.filter(pk=milestone.pk, notices_held=False).update(notices_held=True):
        raise Refused(_("The notices of this duty are held back already."))


def release_notices(milestone):
    """Let the notices of this duty go out again; one whose day has passed goes out late with the next sweep and says so."""
    if not Milestone.objects.filter(pk=milestone.pk, notices_held=True).update(notices_held=False):
        raise Refused(_("The notices of this duty are not held back."))


def ask_whether_it_is_told(milestone):
    """Raises Refused where nobody is told of this duty, or its notices are held back."""
    if not is_watched(milestone):
        raise Refused(_("Nobody is told of a duty that is met, waived or without a day, or whose forum was held."))
    if milestone.notices_held:
        raise Refused(_("The notices of this duty are held back. Release them first."))
