"""What is asked when nothing answers: the likest words that public texts have, then any of the words. Always said."""

from dataclasses import dataclass

from submissions.models import Findable
from submissions.search.analysis import HAN_RUN
from submissions.search.asked import Asked, Kind
from submissions.search.querying import answering, read
from submissions.search.spelling import MOST_LOOKED_UP, meant_by
from submissions.search.tsqueries import Reading


@dataclass(frozen=True)
class Attempt:
    reading: Reading
    some: bool = False  # any of the words is enough
    mended: bool = False  # other words stand in it than were typed

    @property
    def asked(self) -> Asked:
        return self.reading.asked

    def answers(self, inputs):
        return answering(inputs, self.reading, some=self.some)


def attempts(asked: Asked, at):
    """The question, then what comes nearest to it; who quotes means every letter and is offered nothing else."""
    first = read(asked)
    yield Attempt(first)
    if asked.is_literal:
        return
    better = mended(first, at)
    is_mended = better.asked != first.asked
    if is_mended:
        yield Attempt(better, mended=True)
    if len(better.asked.words) > 1 or any(HAN_RUN.search(term.text) for term in better.asked.words):
        yield Attempt(better, some=True, mended=is_mended)


def _is_known(term, reading, at) -> bool:
    """Counted, since a search for one row that is not there walks through all by date."""
    return answering(Findable.objects.seen(at), reading.of(term)).order_by().count() > 0


def mended(reading: Reading, at) -> Reading:
    """The question with a likely word in place of each that no visible text has."""
    asked = reading.asked
    typed = [term for term in asked.words if term.kind is Kind.WORD and not HAN_RUN.search(term.text)][:MOST_LOOKED_UP]
    strange = [term.text for term in typed if not _is_known(term, reading, at)]
    instead = {word: meant for word in strange if (meant := meant_by(word, at))}
    return read(asked.in_place(instead)) if instead else reading
