"""Lists to pick from, for machines: objectives, round tables, regions, countries."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from forums.api.narrowed import OfForum, listed
from forums.models import Country, Objective, Region, RoundTable
from forums.reading import Listing, Reading
from forums.serializers.lists import CountrySerializer, ObjectiveSerializer, RegionSerializer, TableOfForumSerializer


@extend_schema_view(
    list=extend_schema(summary="The 23 objectives of the Global Compact for Migration"),
    retrieve=extend_schema(summary="One objective, by its number"),
)
class ObjectiveViewSet(Reading):
    """Titles and short labels in six languages, with those that were seen in an official source."""

    queryset = Objective.objects.all()
    serializer_class = ObjectiveSerializer
    lookup_field = "number"
    lookup_value_regex = r"\d{1,4}"
    keyset = ("number",)


@extend_schema_view(
    list=extend_schema(summary="Regions, as the regional commissions divide the world"),
    retrieve=extend_schema(summary="One region, by its code"),
)
class RegionViewSet(Reading):
    """Codes as inputs and countries carry them."""

    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    lookup_field = "code"
    keyset = ("code",)


@extend_schema_view(
    list=extend_schema(summary="Countries and areas of the UN standard"),
    retrieve=extend_schema(summary="One country or area, by its three-letter code"),
)
class CountryViewSet(Reading):
    """With regional groups and the marks of special situations."""

    queryset = Country.objects.prefetch_related("regions")
    serializer_class = CountrySerializer
    lookup_field = "iso3"
    keyset = ("iso3",)


@extend_schema_view(list=listed("Round tables of the forums, with the objectives that each discusses"))
class RoundTablesViewSet(OfForum, Listing):
    """The same as within a forum; its number is a filter of inputs."""

    queryset = RoundTable.objects.select_related("forum").prefetch_related("objectives")
    serializer_class = TableOfForumSerializer
