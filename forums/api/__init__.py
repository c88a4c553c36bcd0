"""When, for machines: forums, duties, calls, sessions, documents, changes, and the lists to pick from."""

from .dates import CallsViewSet, CallViewSet, ChangesViewSet, ForumViewSet, MilestonesViewSet
from .lists import CountryViewSet, ObjectiveViewSet, RegionViewSet, RoundTablesViewSet
from .programme import DocumentsViewSet, SessionsViewSet, SessionViewSet

__all__ = [
    "CallViewSet",
    "CallsViewSet",
    "ChangesViewSet",
    "CountryViewSet",
    "DocumentsViewSet",
    "ForumViewSet",
    "MilestonesViewSet",
    "ObjectiveViewSet",
    "RegionViewSet",
    "RoundTablesViewSet",
    "SessionViewSet",
    "SessionsViewSet",
]
