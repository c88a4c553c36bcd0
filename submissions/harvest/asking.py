"""What a harvester asks: verb and arguments, checked as OAI-PMH 2.0 has it (sections 3.3, 3.6 and 4)."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from submissions.harvest.formats import FORMATS
from submissions.harvest.sets import is_set
from submissions.harvest.tokens import Place, place_of

LISTED = {"metadataPrefix": True, "from": False, "until": False, "set": False}
ARGUMENTS = {  # verb -> argument -> whether it must be there
    "Identify": {},
    "ListMetadataFormats": {"identifier": False},
    "ListSets": {},
    "GetRecord": {"identifier": True, "metadataPrefix": True},
    "ListIdentifiers": LISTED,
    "ListRecords": LISTED,
}
GOES_ON = ("ListSets", "ListIdentifiers", "ListRecords")  # verbs that know a resumptionToken
LONGEST = 2000
DAY, SECOND = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)


class Fault(Exception):
    """An answer of the protocol: a code of its section 3.6 and a sentence."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Asked:
    verb: str
    arguments: dict = field(default_factory=dict)  # as they were given; the answer repeats them
    place: Place | None = None  # of the lists: where to begin or to go on

    @property
    def identifier(self) -> str:
        return self.arguments.get("identifier", "")


def read(query) -> Asked:
    """Understand a query of django's; raises Fault."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise Fault("badVerb", f"Ask with one “verb”: {', '.join(ARGUMENTS)}.")
    verb = verbs[0]
    given = {name: values for name, values in query.lists() if name != "verb"}
    for name, values in given.items():
        if len(values) != 1 or len(values[0]) > LONGEST:
            raise Fault("badArgument", f"“{name[:40]}” is given more than once, or is too long.")
    arguments = {name: values[0] for name, values in given.items()}
    if "resumptionToken" in arguments and verb in GOES_ON:
        return _gone_on(verb, arguments)
    _check(verb, arguments)
    asked = Asked(verb, arguments)
    return replace(asked, place=_beginning(verb, arguments)) if ARGUMENTS[verb] is LISTED else asked


def _gone_on(verb, arguments):
    if len(arguments) > 1:
        raise Fault("badArgument", "“resumptionToken” stands alone: it holds all other arguments.")
    try:
        place = place_of(arguments["resumptionToken"])
    except ValueError:
        place = None
    if place is None or place.verb != verb:
        raise Fault("badResumptionToken", "This is no token of this list. Begin the list again.")
    return Asked(verb, arguments, place)


def _check(verb, arguments):
    known = ARGUMENTS[verb]
    if unknown := [name[:40] for name in arguments if name not in known]:
        raise Fault("badArgument", f"{verb} does not know “{unknown[0]}”.")
    if lacking := [name for name, must in known.items() if must and not arguments.get(name)]:
        raise Fault("badArgument", f"{verb} needs “{lacking[0]}”.")
    prefix = arguments.get("metadataPrefix")
    if prefix is not None and prefix not in FORMATS:
        raise Fault("cannotDisseminateFormat", f"The formats are {', '.join(FORMATS)}.")


def _beginning(verb, arguments):
    since, until, spec = (arguments.get(name, "") for name in ("from", "until", "set"))
    for name, value in (("from", since), ("until", until)):
        if name in arguments and instant_of(value) is None:
            raise Fault("badArgument", f"“{name}” is a day, 2026-01-31, or a second, 2026-01-31T09:00:00Z.")
    if since and until:
        if len(since) != len(until):
            raise Fault("badArgument", "“from” and “until” are both days or both seconds.")
        if instant_of(since) > instant_of(until):
            raise Fault("badArgument", "“from” is later than “until”.")
    if "set" in arguments and not is_set(spec):
        raise Fault("badArgument", "There is no such set: see ListSets.")
    return Place(verb, arguments["metadataPrefix"], spec, since, until)


def instant_of(text):
    """The first instant of a day or of a second; None where the text is neither."""
    if not (DAY.match(text) or SECOND.match(text)):
        return None
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        return None


def end_of(text):
    """The first instant after that day or second; None after the last day there is."""
    try:
        return instant_of(text) + (timedelta(days=1) if DAY.match(text) else timedelta(seconds=1))
    except OverflowError:
        return None
