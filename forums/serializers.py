"""Forums, calls and lists as the API shows them: every field is named here; what is not named is not shown."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.models import Call, Forum
from forums.models.call import Level
from forums.reading import in_six_languages
from forums.timeline import Standing
from forums.windows import Phase


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "…", "fr": "…"}})
class Words(serializers.Field):
    """The same words by language code; a language that is missing has none yet."""

    def __init__(self, column=None, **options):
        self.column = column
        super().__init__(source="*", read_only=True, **options)

    def to_representation(self, thing):
        return in_six_languages(thing, self.column or self.field_name)


class ObjectiveSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    title = Words()
    label = Words(help_text="Short name.")
    verified_languages = serializers.ListField(
        child=serializers.CharField(), help_text="Languages whose wording was seen in an official source."
    )


class RegionSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = Words()
    commission = Words(help_text="The regional commission of the United Nations.")


class CountrySerializer(serializers.Serializer):
    iso3 = serializers.CharField()
    iso2 = serializers.CharField()
    m49 = serializers.CharField(help_text="UN standard code of countries and areas.")
    name = Words()
    un_status = serializers.CharField(help_text="member, observer or none.")
    regional_group = serializers.CharField()
    regions = serializers.SerializerMethodField(help_text="Codes of regions; some countries belong to two.")
    ldc = serializers.BooleanField(help_text="Least developed country.")
    lldc = serializers.BooleanField(help_text="Landlocked developing country.")
    sids = serializers.BooleanField(help_text="Small island developing State.")

    def get_regions(self, country) -> list[str]:
        return [region.pk for region in country.regions.all()]


class RoundTableSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    title = Words()
    objectives = serializers.SerializerMethodField()
    note_leads = serializers.CharField()
    indicative = serializers.BooleanField(help_text="The map of objectives is not final.")

    def get_objectives(self, table) -> list[int]:
        return [objective.pk for objective in table.objectives.all()]


class MilestoneSerializer(serializers.Serializer):
    kind = serializers.CharField()
    round_table = serializers.IntegerField(source="round_table.number", default=None, allow_null=True)
    name = Words()
    basis = serializers.CharField(help_text="Resolution and paragraph.")
    due_on = serializers.DateField(allow_null=True, help_text="The last day on which it is met in time.")
    met_on = serializers.DateField(allow_null=True)
    standing = serializers.SerializerMethodField(help_text=f"One of {', '.join(each.value for each in Standing)}.")
    days = serializers.SerializerMethodField(help_text="Days to go, early, late or overdue; never negative.")

    def _state(self, milestone):
        return milestone.state(self.context["at"])

    def get_standing(self, milestone) -> str:
        return self._state(milestone).standing.value

    def get_days(self, milestone) -> int:
        return self._state(milestone).days


class FormerDatesSerializer(serializers.Serializer):
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    replaced_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


class ForumSerializer(serializers.Serializer):
    slug = serializers.CharField()
    ordinal = serializers.IntegerField(allow_null=True)
    year = serializers.IntegerField()
    name = Words()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    city = serializers.CharField()
    venue = serializers.CharField()
    time_zone = serializers.CharField()
    chair = serializers.CharField()
    status = serializers.CharField(help_text=f"One of {', '.join(Forum.Status.values)}.")
    demonstration = serializers.BooleanField(help_text="True: everything in it is invented.")
    milestones = MilestoneSerializer(many=True)
    round_tables = RoundTableSerializer(many=True)
    former_dates = FormerDatesSerializer(many=True)


class ExtensionSerializer(serializers.Serializer):
    was = serializers.DateTimeField()
    became = serializers.DateTimeField()
    reason = serializers.CharField()
    authority = serializers.CharField()
    at = serializers.DateTimeField()


class CallSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    forum = serializers.CharField(source="forum.slug")
    slug = serializers.CharField()
    purpose = serializers.CharField(help_text=f"One of {', '.join(Call.Purpose.values)}.")
    name = Words()
    guidance = Words()
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True, help_text="This instant is already outside.")
    phase = serializers.SerializerMethodField(help_text=f"At this moment: {', '.join(each.value for each in Phase)}.")
    audience = serializers.CharField(help_text=f"Who may answer: {', '.join(Call.Audience.values)}.")
    bases = serializers.ListField(child=serializers.CharField())
    levels = serializers.ListField(
        child=serializers.CharField(), help_text=f"Of {', '.join(Level.values)}; empty means all."
    )
    round_table = serializers.IntegerField(source="round_table.number", default=None, allow_null=True)
    most_objectives = serializers.IntegerField()
    most_words = serializers.IntegerField()
    most_files = serializers.IntegerField()
    recorded_by_desk_only = serializers.BooleanField()
    extensions = ExtensionSerializer(many=True)

    def get_phase(self, call) -> str:
        return call.phase(self.context["at"]).value
