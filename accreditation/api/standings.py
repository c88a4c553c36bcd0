"""Who is accredited, for machines: the same rows and filters as on the page of a forum."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from accreditation.models import Accreditation, Basis, ForumTerms
from accreditation.models.organisation import Kind
from accreditation.public_list import accredited
from forums.api.narrowed import FORUM, OfForum
from forums.keyset import NoSuchParameter
from forums.models import Country
from forums.reading import Listing

COLUMN = {"basis": "basis", "kind": "organisation__kind", "country": "organisation__country"}
FILTERS = [
    FORUM,
    OpenApiParameter("basis", str, description="Code of the basis, such as ecosoc."),
    OpenApiParameter("kind", str, enum=Kind.values, description="Kind of organisation."),
    OpenApiParameter("country", str, description="Three-letter code of a country or area, as in /countries/."),
]


class AccreditationSerializer(serializers.Serializer):
    forum = serializers.CharField(source="forum.slug")
    organisation = serializers.CharField(source="organisation.name")
    language = serializers.CharField(source="organisation.name_language", help_text="Of the name.")
    acronym = serializers.CharField(source="organisation.acronym")
    address = serializers.CharField(source="organisation.slug", help_text="As in /organisations/.")
    kind = serializers.CharField(source="organisation.kind")
    country = serializers.CharField(source="organisation.country_id", allow_null=True)
    basis = serializers.CharField(source="basis_id")
    paragraph = serializers.CharField(source="basis.paragraph", help_text="Where the basis is laid down.")
    decided_on = serializers.DateField()
    decided_by = serializers.CharField(help_text="Who granted the standing; the portal records it.")


@extend_schema_view(list=extend_schema(summary="Accredited organisations", parameters=FILTERS))
class AccreditationsViewSet(OfForum, Listing):
    """Standings that are recorded and told, of forums whose list is public."""

    queryset = Accreditation.objects.none()
    serializer_class = AccreditationSerializer
    parameters = ("forum", *COLUMN)

    def get_queryset(self):
        silent = ForumTerms.objects.filter(accredited_public=False).values("forum")
        found = accredited().exclude(forum__in=silent)
        if slug := self.asked_forum():
            found = found.filter(forum__slug=slug)
        return found.filter(**self._asked())

    def _asked(self) -> dict:
        params = self.request.query_params if self.request else {}
        asked = {name: params[name] for name in COLUMN if params.get(name)}
        known = {
            "basis": lambda value: Basis.objects.filter(pk=value).exists(),
            "kind": lambda value: value in Kind.values,
            "country": lambda value: Country.objects.filter(pk=value).exists(),
        }
        for name, value in asked.items():
            if not known[name](value):
                sentence = _("“%(value)s” is not a value of “%(name)s”.") % {"value": value[:40], "name": name}
                raise NoSuchParameter(name, sentence)
        return {COLUMN[name]: value for name, value in asked.items()}
