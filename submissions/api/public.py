"""Published inputs, their versions and files, organisations, for machines: filters and words as on the pages."""

from django.db.models import F, Prefetch, Q
from django.shortcuts import redirect
from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import APIException
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from accreditation.models import Accreditation, FormerAddress
from accreditation.models.organisation import Kind
from forums.keyset import Keyset, NoSuchParameter
from forums.models.call import Level
from forums.public_page import unless_unchanged
from forums.reading import FIELDS as FIELDS_ASKED
from forums.reading import SIX_LANGUAGES, Reading, ReadingRows
from submissions import organisation_lists, publication
from submissions.search.asking import understand
from submissions.search.filters import FIELDS
from submissions.serializers import (
    InputSerializer,
    OrganisationSerializer,
    WholeInputSerializer,
)

DESCRIBED = {
    "forum": "Address of a forum, such as 2026.",
    "objective": "Number of an objective, 1 to 23.",
    "round_table": "Number of a round table, 1 to 4.",
    "region": "Code of a region, as in /regions/: inputs that name it, or name none and are about a country of it.",
    "country": "Three-letter code of a country or area, as in /countries/.",
    "kind": "Kind of organisation, such as nhri.",
    "basis": "Basis of the standing held; none: no standing recorded.",
    "year": "Year in which it was received, in the time zone of its forum.",
    "organisation": "Address of an organisation.",
}
ONE_OF = {"level": Level.values, "language": list(SIX_LANGUAGES)}
FILTERS = [
    OpenApiParameter("q", str, description="Words in any of the six languages; “…” for a phrase, -word to leave out."),
    *(
        OpenApiParameter(
            name,
            str,
            many=True,
            enum=ONE_OF.get(name),
            description=f"{DESCRIBED.get(name, '')} May be given several times: any of them.".strip(),
        )
        for name in FIELDS
    ),
]


OF_ORGANISATIONS = {
    "q": "Words of a name.",
    "letter": "First letter of the name without its marks, as a capital; # for a figure or a sign.",
    "kind": "Kind of organisation, such as nhri.",
    "region": "Code of a region to which its country belongs, as in /regions/.",
    "country": "Three-letter code of the country or area of its seat, as in /countries/.",
}
ORGANISATION_FILTERS = [
    OpenApiParameter(
        name,
        str,
        many=name != "q",
        enum=Kind.values if name == "kind" else None,
        description=described if name == "q" else f"{described} May be given several times: any of them.",
    )
    for name, described in OF_ORGANISATIONS.items()
]


class Gone(APIException):
    status_code = 410


@extend_schema_view(
    list=extend_schema(summary="Published inputs, the newest first", parameters=FILTERS),
    retrieve=extend_schema(
        summary="One published input with its text and files", responses={200: WholeInputSerializer, 410: None}
    ),
)
class InputViewSet(ReadingRows):
    """What pages and feeds show, filtered by the same parameters."""

    serializer_class = row_serializer = InputSerializer
    lookup_field = "reference"
    lookup_value_regex = r"[\w-]{1,40}"
    parameters = ("q", *FIELDS)
    keyset = ("-visible_at", "-pk")

    def get_serializer_class(self):
        return WholeInputSerializer if self.action == "retrieve" else InputSerializer

    def get_queryset(self):
        return publication.visible(now())

    def list(self, request, *args, **kwargs):
        """As published; taken-down inputs are not listed."""
        self.at = now()
        make, change = super().list, publication.last_change(self.at)
        if change is None:
            return make(request)
        address = request.get_full_path()
        return unless_unchanged(request, lambda: make(request), address, change.newest, changed_at=change.at)

    def filter_queryset(self, inputs):
        asked = self.request.query_params
        if set(asked) & set(self.parameters):
            inputs = understood(asked, at=self.at).inputs(self.at)
        return inputs.annotate(version_number=F("version__number"))

    def retrieve(self, request, reference):
        """The published version. One that was taken down answers 410 with the reason and the date."""
        published = found(reference, at=now())
        published.version_number = published.version.number
        return unless_unchanged(
            request,
            lambda: Response(self.get_serializer(published).data),
            request.get_full_path(),
            changed_at=max(published.changed_at, published.visible_at),
        )


def understood(asked, *, at):
    """What a query string asks for; the first value that does not exist is refused by name."""
    question = understand(asked, at=at, others=(*Keyset.parameters, FIELDS_ASKED))
    for parameter, sentence in question.unknown():
        raise NoSuchParameter(parameter, sentence)
    return question


def found(reference, *, at):
    """The input that is public under a reference, with the version that is shown; Gone for one that was taken down."""
    inputs = (publication.visible(at) | publication.entombed(at)).select_related("version", "forum").defer("vector")
    published = get_object_or_404(inputs, reference=reference)
    if published.taken_down_at:
        raise Gone(f"{published.taken_down_because} ({published.taken_down_at.isoformat(timespec='seconds')})")
    return published


@extend_schema_view(
    list=extend_schema(
        summary="Organisations with a published input or a recorded standing", parameters=ORGANISATION_FILTERS
    ),
    retrieve=extend_schema(summary="One organisation, by its address"),
)
class OrganisationViewSet(Reading):
    """Only standings that were recognised or granted are shown. Filtered by the parameters of the page of organisations."""

    serializer_class = OrganisationSerializer
    lookup_field = "slug"
    keyset = ("slug",)
    parameters = tuple(OF_ORGANISATIONS)

    def get_queryset(self):
        standings = Accreditation.objects.told().select_related("forum").order_by("forum__slug", "pk")
        organisations = publication.public_organisations(now())
        return organisations.prefetch_related("names", Prefetch("accreditations", standings, to_attr="public_standings"))

    def filter_queryset(self, organisations):
        query = self.request.query_params
        if self.action != "list" or not set(query) & set(self.parameters):
            return organisations
        _every, asked, keys = organisation_lists.narrowed(query, now(), others=set(query), steady=True)
        for (name, _value), sentence in zip(asked.unknown, asked.sentences, strict=False):
            raise NoSuchParameter(name, sentence)
        return organisations.filter(pk__in=keys)

    def retrieve(self, request, slug):
        """One organisation; an address that it had before leads to the one it has (301)."""
        if not FormerAddress.objects.filter(slug=slug).exists():
            return super().retrieve(request, slug=slug)
        found = self.get_queryset().filter(Q(former_addresses__slug=slug) | Q(slug=slug)).first()
        if found is None or found.slug == slug:
            return super().retrieve(request, slug=slug)
        return redirect(self.reverse_action("detail", args=[found.slug]), permanent=True)
