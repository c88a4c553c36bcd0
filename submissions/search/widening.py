"""What is asked when nothing answers: the likest words that public texts have, then any of the words. Always said."""

from dataclasses import dataclass

from submissions.models import Findable
from submissions.search.analysis import HAN_RUN
from submissions.search.asked import Asked, Kind
from submissions.search.querying import answering
from submissions.search.spelling import MOST_LOOKED_UP, meant_by


@dataclass(frozen=True)
class Attempt:
    asked: Asked
    some: bool = False  # any of the words is enough
    mended: bool = False  # other words stand in it than were typed

    def answers(self, inputs):
        return answering(inputs, self.asked, some=self.some)


def attempts(asked: Asked, at):
    """The question, then what comes nearest to it; who quotes means every letter and is offered nothing else."""
    yield Attempt(asked)
    if asked.is_literal:
        return
    better = mended(asked, at)
    if better != asked:
        yield Attempt(better, mended=True)
    if len(better.words) > 1 or any(HAN_RUN.search(term.text) for term in better.words):
        yield Attempt(better, some=True, mended=better != asked)


def _is_known(term, at) -> bool:
    """Counted, since a search for one row that is not there walks through all by date."""
    return answering(Findable.objects.seen(at), Asked(((term,),))).order_by().count() > 0


def mended(asked: Asked, at) -> Asked:
    """The question with a likely word in place of each that no visible text has."""
    typed = [term for term in asked.words if term.kind is Kind.WORD and not HAN_RUN.search(term.text)][:MOST_LOOKED_UP]
    strange = [term.text for term in typed if not _is_known(term, at)]
    return asked.in_place({word: meant for word in strange if (meant := meant_by(word, at))})
