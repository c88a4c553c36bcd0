"""Forums with their dates, duties, calls, and what changed, for machines."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema, extend_schema_view

from forums.api.narrowed import AtThisMoment, OfForum, listed, one
from forums.models import Call, Change, Forum, Milestone
from forums.reading import Listing, One, Reading
from forums.serializers.dates import CallSerializer, ChangeSerializer, ForumSerializer, MilestoneSerializer


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


@extend_schema_view(list=listed("Dated duties of the forums, with paragraph, due day and where they stand"))
class MilestonesViewSet(OfForum, AtThisMoment, Listing):
    """Where a duty stands is computed for this moment."""

    queryset = Milestone.objects.select_related("forum", "round_table")
    serializer_class = MilestoneSerializer


CALLS = Call.objects.filter(recorded_by_desk_only=False)
CALLS = CALLS.select_related("forum", "round_table").prefetch_related("extensions")


@extend_schema_view(list=listed("Calls for inputs, for special accreditation, for registration and for speaking"))
class CallsViewSet(OfForum, AtThisMoment, Listing):
    """Whether a call is open is computed for this moment; a moved closing keeps its history."""

    queryset = CALLS
    serializer_class = CallSerializer


@extend_schema_view(retrieve=one("One call, by its forum and its own address"))
class CallViewSet(AtThisMoment, One):
    """Whether it is open is computed for this moment; a moved closing keeps its history."""

    queryset = CALLS
    serializer_class = CallSerializer
    lookup_field = "slug"

    def get_queryset(self):
        return self.queryset.filter(forum__slug=self.kwargs.get("forum", ""))


@extend_schema_view(list=listed("What changed in the calendar, the newest first"))
class ChangesViewSet(OfForum, Listing):
    """Dates set and moved, closings, duties met or waived, documents, the programme, in words of six languages."""

    queryset = Change.objects.select_related("forum")
    serializer_class = ChangeSerializer
    keyset = ("-at", "-pk")
