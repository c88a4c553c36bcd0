"""A list of inputs that is kept as its query string: what it asks today, what it is called, where it is read."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.search.asking import Question, understand
from submissions.search.facets import pills


@dataclass(frozen=True)
class KeptList:
    """`name` is in the active language; one that names what is no longer there `is_whole` no more and holds nothing."""

    question: Question
    name: str
    address: str

    @property
    def is_whole(self) -> bool:
        return not self.question.filters.unknown


def kept_list(query: str, *, at) -> KeptList:
    """The list of that query string, as it is understood at that instant."""
    question = understand(QueryDict(query), at=at, others=())
    return KeptList(question, name_of(question), address_of(query))


def name_of(question) -> str:
    """The words and filters of a list, one after the other; a name of its own for the list of everything."""
    labels = [pill["label"] for pill in pills(question.filters, question.vocabulary)]
    return " · ".join(map(str, labels)) or _("All inputs")


def address_of(query: str) -> str:
    """The page of the list in the active language, the newest first."""
    return f"{reverse('submissions:inputs')}?{query}{'&' if query else ''}sort=newest"
