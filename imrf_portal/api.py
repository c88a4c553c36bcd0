"""The API root: one router for the floors below."""

from rest_framework import routers

from accreditation.api import AccreditationsViewSet
from forums import api as forums
from submissions.api import InputViewSet, OrganisationViewSet

router = routers.DefaultRouter(use_regex_path=True)
router.include_format_suffixes = False
router.register("inputs", InputViewSet, basename="input")
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("accreditations", AccreditationsViewSet, basename="accreditation")
router.register("forums", forums.ForumViewSet, basename="forum")
router.register("milestones", forums.MilestonesViewSet, basename="milestone")
router.register("calls", forums.CallsViewSet, basename="call")
router.register(r"calls/(?P<forum>[-\w]+)", forums.CallViewSet, basename="one-call")
router.register("sessions", forums.SessionsViewSet, basename="session")
router.register(r"sessions/(?P<forum>[-\w]+)", forums.SessionViewSet, basename="one-session")
router.register("documents", forums.DocumentsViewSet, basename="document")
router.register("changes", forums.ChangesViewSet, basename="change")
router.register("objectives", forums.ObjectiveViewSet, basename="objective")
router.register("regions", forums.RegionViewSet, basename="region")
router.register("countries", forums.CountryViewSet, basename="country")
router.register("round-tables", forums.RoundTablesViewSet, basename="round-table")
