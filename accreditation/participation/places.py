"""How many persons an organisation may register: the smaller of what its standing permits and what the forum sets."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.models.participation import Event
from accreditation.participation.terms import terms_of
from accreditation.terms import permits
from forums.refusals import Refused


@dataclass(frozen=True)
class Places:
    """Of one event: whether the standing covers it, how many persons may come and do. `most` None is no ceiling."""

    event: Event
    covered: bool
    most: int | None
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(self.most - self.taken, 0)

    @property
    def are_left(self) -> bool:
        return self.covered and self.left != 0


def ceiling(permitted, terms, event) -> int | None:
    """The smaller of two ceilings; None where neither sets one. Pure."""
    name = "most_persons_hearing" if event == Event.HEARING else "most_persons"
    both = [most for most in (getattr(permitted, name), getattr(terms, name)) if most is not None]
    return min(both, default=None)


def covers(permitted, event) -> bool:
    return permitted.hearing if event == Event.HEARING else permitted.attend


def permits_at(accreditation, at):
    """What its standing permits on the day that it is then where the forum is."""
    return permits(accreditation, localtime(at, accreditation.forum.zone).date())


def places_of(accreditation, at, terms=None, registered=None) -> list[Places]:
    """Of both events; `registered` spares the question who is."""
    terms = terms or terms_of(accreditation.forum)
    if registered is None:
        registered = list(accreditation.registrations.standing())
    permitted = permits_at(accreditation, at)
    return [
        Places(
            event,
            covers(permitted, event),
            ceiling(permitted, terms, event),
            sum(one.event == event for one in registered),
        )
        for event in Event
    ]


def ask_for_a_place(accreditation, event, at):
    """Raise Refused unless the standing covers the event and a place is left; asked under a lock on the accreditation."""
    places = next(one for one in places_of(accreditation, at) if one.event == event)
    words = {"organisation": accreditation.organisation, "event": Event(event).label}
    if not places.covered:
        raise Refused(
            _(
                "The standing of %(organisation)s does not cover this event: %(event)s. The page of its application says "
                "what it permits."
            )
            % words
        )
    if not places.are_left:
        raise Refused(
            ngettext(
                "%(event)s: %(most)d person of %(organisation)s can be registered, and is. Cancel the registration or "
                "replace the person.",
                "%(event)s: %(most)d persons of %(organisation)s can be registered, and are. Cancel a registration or "
                "replace a person.",
                places.most,
            )
            % {**words, "most": places.most}
        )
