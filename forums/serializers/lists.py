"""Lists to pick from, as the API shows them: every field is named here; what is not named is not shown."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.reading import in_six_languages


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


class TableOfForumSerializer(RoundTableSerializer):
    forum = serializers.CharField(source="forum.slug")
