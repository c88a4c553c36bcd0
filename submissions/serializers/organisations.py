"""Organisations with what is public about them, as the API shows them."""

from rest_framework import serializers


class StandingSerializer(serializers.Serializer):
    forum = serializers.CharField(source="forum.slug")
    basis = serializers.CharField(source="basis_id")
    decided_on = serializers.DateField()
    decided_by = serializers.CharField()


class OrganisationSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    name_language = serializers.CharField()
    acronym = serializers.CharField()
    other_names = serializers.DictField(
        child=serializers.CharField(), help_text="Official names in other languages, by language."
    )
    kind = serializers.CharField()
    country = serializers.CharField(source="country_id", allow_null=True)
    website = serializers.CharField()
    standings = StandingSerializer(source="public_standings", many=True)
