"""What a standing permits: read from the terms kept with it when it was granted, whatever its basis says today. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Permits:
    """What an organisation can do by its standing. A ceiling of None is no ceiling that the basis sets."""

    attend: bool = False
    hearing: bool = False
    speak: bool = False
    inputs: bool = False
    most_words: int | None = None
    most_persons: int | None = None
    most_persons_hearing: int | None = None

    def __bool__(self):
        return self.attend or self.hearing or self.speak or self.inputs


NOTHING = Permits()


def permits(accreditation, on=None) -> Permits:
    """What this standing permits on that day (of the forum's zone); nothing where it does not stand or holds no longer.

    Without a day only the status is asked. A standing recorded before terms were kept has the basis's of today.
    """
    if accreditation is None or accreditation.status not in accreditation.STANDING:
        return NOTHING
    if on is not None and accreditation.holds_until and on > accreditation.holds_until:
        return NOTHING
    return of_terms(accreditation.terms or accreditation.basis.terms())


def of_terms(terms) -> Permits:
    """What terms permit, as they are kept with a standing."""
    return Permits(
        attend=bool(terms.get("may_attend")),
        hearing=bool(terms.get("may_attend_hearing")),
        speak=bool(terms.get("may_ask_to_speak")),
        inputs=bool(terms.get("may_send_inputs")),
        most_words=terms.get("most_words"),
        most_persons=terms.get("most_persons"),
        most_persons_hearing=terms.get("most_persons_hearing"),
    )
