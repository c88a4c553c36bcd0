"""The API root: one router for the floors below."""

from rest_framework import routers

from forums.api import CallViewSet, CountryViewSet, ForumViewSet, ObjectiveViewSet, RegionViewSet
from submissions.api import InputViewSet, OrganisationViewSet

router = routers.DefaultRouter(use_regex_path=True)
router.include_format_suffixes = False
router.register("inputs", InputViewSet, basename="input")
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("forums", ForumViewSet, basename="forum")
router.register("calls", CallViewSet, basename="call")
router.register("objectives", ObjectiveViewSet, basename="objective")
router.register("regions", RegionViewSet, basename="region")
router.register("countries", CountryViewSet, basename="country")
