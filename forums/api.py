"""Forums with their dates, calls, objectives, regions and countries, for machines."""

from django.db.models import Prefetch
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from forums.keyset import NoSuchParameter
from forums.models import Call, Country, Forum, Milestone, Objective, Region
from forums.reading import Reading
from forums.serializers import (
    CallSerializer,
    CountrySerializer,
    ForumSerializer,
    ObjectiveSerializer,
    RegionSerializer,
)


class AtThisMoment:
    """Serializers that say where something stands are told the moment of the request."""

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "at": now()}


@extend_schema_view(
    list=extend_schema(summary="All forums with milestones and round tables"),
    retrieve=extend_schema(summary="One forum, by its address (its year)"),
)
class ForumViewSet(AtThisMoment, Reading):
    """Every edition with its dates, duties, round tables and the dates it once had."""

    milestones = Milestone.objects.select_related("forum", "round_table")
    queryset = Forum.objects.prefetch_related(Prefetch("milestones", milestones), "round_tables__objectives", "former_dates")
    serializer_class = ForumSerializer
    lookup_field = "slug"
    keyset = ("slug",)


@extend_schema_view(
    list=extend_schema(
        summary="Calls for inputs and for special accreditation",
        parameters=[OpenApiParameter("forum", str, description="Only calls of this forum, such as 2026.")],
    ),
    retrieve=extend_schema(summary="One call, by its number"),
)
class CallViewSet(AtThisMoment, Reading):
    """Whether a call is open is computed for this moment; a moved closing keeps its history."""

    queryset = (
        Call.objects.filter(recorded_by_desk_only=False)
        .select_related("forum", "round_table")
        .prefetch_related("extensions")
    )
    serializer_class = CallSerializer
    lookup_value_regex = r"\d{1,15}"
    parameters = ("forum",)

    def get_queryset(self):
        slug = self.request.query_params.get("forum", "") if self.request else ""
        if slug and not Forum.objects.filter(slug=slug).exists():
            raise NoSuchParameter("forum", _("There is no forum “%(slug)s”.") % {"slug": slug[:40]})
        return self.queryset.filter(forum__slug=slug) if slug else self.queryset.all()


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
