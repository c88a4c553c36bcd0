"""A published input with its version as its page reads them: one statement, written once, without what no page shows."""

from django.db.models import Exists, F, OuterRef

from forums.kept_statements import KeptStatement
from submissions import publication

UNSHOWN = ("vector", "in_regions", "received_in", "stamp", "co_sponsor_keys")
UNSHOWN_OF_VERSION = ("sha256", "sent_by", "sent_from", "place", "link", "words", "forum")


def row_of_page(reference, at):
    """The input that is or was public under a reference; None where there is none.

    `has_additions` stands beside it: most inputs have none, and their pages need not ask for them. So does `related`: keys
    of the inputs that were found nearest to it, which may have been taken down since (related.py); None before they were.
    """
    return next(iter(ROW.rows(reference=reference, at=at)), None)


def as_page_reads_it(*, reference, at):
    inputs = (publication.visible(at) | publication.entombed(at)).filter(reference=reference).select_related("version")
    unshown = (*UNSHOWN, *(f"version__{name}" for name in UNSHOWN_OF_VERSION))
    additions = publication.approved().filter(submission=OuterRef("submission"))
    beside = {"has_additions": Exists(additions), "related": F("related_inputs__others")}
    return inputs.annotate(**beside).defer(*unshown)


ROW = KeptStatement(as_page_reads_it)
