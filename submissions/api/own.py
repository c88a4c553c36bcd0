"""An organisation's own inputs, for its programs: read, begin, change, discard. The same forms and verbs as on the pages."""

import re

from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from accreditation.api import OwnSide, needs, once
from forums.keyset import Keyset, NoSuchParameter
from forums.models import Call
from forums.strict import Unprocessable
from submissions import operations, permissions
from submissions.api.saving import save
from submissions.models import Submission
from submissions.serializers.asked import BeginSerializer, ChangeSerializer
from submissions.serializers.own import OwnInputSerializer, OwnRowSerializer, TokenSerializer

ETAG = re.compile(r'"([0-9]{1,9})"')
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^"[0-9]{1,9}"$', "example": '"3"'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what you read: the edition that you change.",
)
STATUS = OpenApiParameter("status", str, enum=Submission.Status.values, description="Only those in this status.")
KEY = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"


class NoEdition(APIException):
    status_code = 428
    default_detail = gettext_lazy("Say in If-Match which edition you change: the ETag of what you read.")


class OfNoEdition(APIException):
    status_code = 412
    default_detail = gettext_lazy(
        "If-Match is not the ETag of an edition, so nothing was changed. Read it again, and say what you read."
    )


class OwnInputs(OwnSide):
    """Finds an input of the token's organisation; any other is as one that does not exist."""

    lookup_value_regex = KEY
    lookup_url_kwarg = lookup_field = "id"

    def own(self):
        return Submission.objects.filter(organisation=self.organisation).select_related("call__forum", "organisation")

    def found(self, id, *, may=permissions.may_read):
        own = self.own()
        submission = own.filter(pk=id).first() or own.filter(versions__sent_from=id).first()
        if submission is None or not may(self.request.user, submission):
            raise Http404
        return submission

    def asked(self, serializer):
        serializer = serializer(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


def as_read(submission, **more) -> Response:
    headers = {"ETag": f'"{submission.edition}"', **more.pop("headers", {})}
    return Response(OwnInputSerializer(submission).data, headers=headers, **more)


class TokenView(OwnSide):
    """What a token is, for whoever holds it."""

    @extend_schema(summary="The token that asks: whose it is, what it may do, until when", responses=TokenSerializer)
    @needs("read")
    def retrieve(self, request):
        return Response(TokenSerializer(request.auth).data)


class OwnInputViewSet(OwnInputs):
    """Drafts and inputs of the token's organisation."""

    parameters = ("status",)
    pagination_class = Keyset
    keyset = ("-begun_at", "-pk")
    queryset = Submission.objects.none()  # says what it is about

    @extend_schema(
        summary="Drafts and inputs of the organisation, the newest first",
        parameters=[STATUS],
        responses=OwnRowSerializer(many=True),
    )
    @needs("read")
    def list(self, request):
        own, status = self.own(), request.query_params.get("status", "")
        if status and status not in Submission.Status.values:
            sentence = _("“%(value)s” is not a value of “%(name)s”.") % {"value": status[:40], "name": "status"}
            raise NoSuchParameter("status", sentence)
        pages = self.pagination_class()
        rows = pages.paginate_queryset(own.filter(status=status) if status else own, request, view=self)
        return pages.get_paginated_response(OwnRowSerializer(rows, many=True).data)

    @extend_schema(
        summary="Begin a draft under a call that is open", request=BeginSerializer, responses={201: OwnInputSerializer}
    )
    @needs("write")
    @once
    def create(self, request):
        """The call must be open. Its draft is empty; change it next."""
        sent = self.asked(BeginSerializer)
        calls = Call.objects.for_inputs().filter(recorded_by_desk_only=False).select_related("forum")
        call = calls.filter(forum__slug=sent["forum"], slug=sent["call"]).first()
        if call is None:
            raise Unprocessable({"call": [_("There is no such call for inputs. Look at /api/v1/calls/.")]})
        draft = operations.start(call=call, organisation=self.organisation, by=request.user, language=sent["language"])
        return as_read(draft, status=201, headers={"Location": request.build_absolute_uri(f"{draft.pk}/")})

    @extend_schema(
        summary="One draft or input, with its answers and the questions of its form", responses=OwnInputSerializer
    )
    @needs("read")
    def retrieve(self, request, id):
        return as_read(self.found(id))

    @extend_schema(
        summary="Change answers and particulars; all of it is kept, or nothing",
        parameters=[IF_MATCH],
        request=ChangeSerializer,
        responses={200: OwnInputSerializer, 412: OpenApiResponse(description="Changed elsewhere meanwhile.")},
    )
    @needs("write")
    def partial_update(self, request, id):
        """As on the page: it may stay incomplete. Where somebody saved a later edition, the answer holds both texts."""
        submission, edition = self.found(id, may=permissions.may_edit), edition_in(request)
        sent = self.asked(ChangeSerializer)
        return as_read(save(submission, dict(sent), edition=edition, by=request.user, at=now()))

    @extend_schema(summary="Discard a draft that was never sent", responses={204: None})
    @needs("write")
    def destroy(self, request, id):
        submission = self.found(id, may=permissions.may_submit)
        operations.discard(submission, by=request.user, at=now())
        return Response(status=204)


def edition_in(request) -> int:
    """The edition that If-Match names. Raises NoEdition without it, and OfNoEdition where it says something else."""
    if not (given := request.headers.get("If-Match")):
        raise NoEdition
    if not (match := ETAG.fullmatch(given.strip())):
        raise OfNoEdition
    return int(match[1])
