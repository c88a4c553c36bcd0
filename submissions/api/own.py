"""An organisation's own inputs, for its programs: read, begin, change, discard. The same forms and verbs as on the pages."""

import re

from django.db import transaction
from django.http import Http404, QueryDict
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from accreditation.api import OwnSide, needs, once
from forums.keyset import Keyset, NoSuchParameter
from forums.models import Call
from forums.strict import Unprocessable
from forums.typed import posted
from submissions import operations, permissions
from submissions.forms import DraftForm, answers_of
from submissions.models import Submission
from submissions.operations.drafting import LISTS
from submissions.questions.rows import MOST_ROWS
from submissions.serializers.asked import BeginSerializer, ChangeSerializer
from submissions.serializers.own import OwnInputSerializer, OwnRowSerializer, TokenSerializer
from submissions.views.typed import mine_of, same_answer

ETAG = re.compile(r'"(\d{1,9})"')
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
    default_detail = "Say in If-Match which edition you change: the ETag of what you read."


class Elsewhere(APIException):
    """Somebody saved a later edition. Both texts are in the answer; nothing was overwritten."""

    status_code = 412

    def __init__(self, why, mine, theirs, edition):
        super().__init__(str(why))
        self.beside = {"edition": edition, "mine": mine, "theirs": theirs}


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
    if not (given := request.headers.get("If-Match")):
        raise NoEdition
    match = ETAG.fullmatch(given.strip())
    return int(match[1]) if match else 0


def save(submission, sent, *, edition, by, at):
    """Keep what was sent on that edition; what the draft says already conflicts with nobody."""
    publish_as = sent.pop("publish_as", None)
    form, named = page_with(submission, sent)
    form.is_valid()
    if wrong := {name: list(map(str, form.errors[name])) for name in named if name in form.errors}:
        raise Unprocessable({_as_sent(form, name): why for name, why in wrong.items()})
    try:
        with transaction.atomic():
            kept = operations.revise(submission, by=by, at=at, edition=edition, **form.changes)
            if publish_as is not None:
                kept = operations.choose_publicity(kept, by=by, at=at, edition=kept.edition, publish_as=publish_as)
    except operations.Conflict as conflict:
        kept = conflict.theirs
        says_it = publish_as in (None, kept.publish_as)
        if not says_it or differing(form, named, kept):
            raise Elsewhere(
                conflict, mine=_mine(sent, publish_as), theirs=_theirs(kept, sent), edition=kept.edition
            ) from None
    kept.call, kept.organisation = submission.call, submission.organisation
    return kept


def differing(form, named, kept) -> list:
    """The named answers to which the draft says something else."""
    saved = answers_of(kept, form.form)
    return [name for name in named if not same_answer(mine_of(form, name), saved.get(name))]


def _mine(sent, publish_as):
    return sent if publish_as is None else {**sent, "publish_as": publish_as}


def _theirs(kept, sent):
    says = OwnInputSerializer(kept).data
    return {name: says[name] for name in (*sent, "publish_as") if name != "answers"} | (
        {"answers": {key: kept.answers.get(key) for key in sent["answers"]}} if "answers" in sent else {}
    )


def page_with(submission, sent):
    """The form of the edit page as a browser would post it now, with what was sent in place; and the names of that."""
    form = DraftForm(submission=submission)
    fields = {question.key: name for name, question in form.questions.items()}
    if unknown := sorted(set(sent.get("answers", {})) - set(fields)):
        raise Unprocessable({f"answers.{key[:80]}": [_("The form of this input has no such question.")] for key in unknown})
    if "text" in sent and "text" not in form.fields:
        raise Unprocessable({"text": [_("The form of this input asks for no free text.")]})
    wanted = {name: value for name, value in sent.items() if name != "answers"}
    wanted |= {fields[key]: value for key, value in sent.get("answers", {}).items()}
    data = QueryDict(mutable=True)
    for name, value in {**form.initial, **wanted}.items():
        if name in form.fields:
            put(data, form, name, value)
    return DraftForm(posted(data), submission=submission), list(wanted)


def put(data, form, name, value):
    """One answer as a browser posts it; an answer of another shape than its question's is refused."""
    shape = shape_of_field(form, name)
    if value not in ("", [], None) and shape_of(value) != shape:
        raise Unprocessable({_as_sent(form, name): [_("This question takes an answer of another kind.")]})
    if shape == "rows":
        put_rows(data, form, name, value or [])
    else:
        data.setlist(name, [str(one) for one in value or []] if shape == "list" else [str(value or "")])


def shape_of_field(form, name) -> str:
    if hasattr(form.fields[name], "columns"):
        return "rows"
    several = name in form.questions and form.questions[name].kind == "several"
    return "list" if several or name in LISTS else "text"


def shape_of(value) -> str:
    if not isinstance(value, list):
        return "text"
    return "rows" if any(isinstance(one, dict) for one in value) else "list"


def put_rows(data, form, name, rows):
    columns = form.fields[name].columns
    if unknown := sorted({key for row in rows for key in row} - set(columns)):
        raise Unprocessable({_as_sent(form, name): [_("There is no such column: %(name)s.") % {"name": unknown[0][:80]}]})
    if len(rows) > MOST_ROWS:
        raise Unprocessable({_as_sent(form, name): [_("A table has at most %(most)d rows.") % {"most": MOST_ROWS}]})
    for column in columns:
        data[f"{name}-0-{column}"] = ""
    for number, row in enumerate(rows):
        for column, cell in row.items():
            data[f"{name}-{number}-{column}"] = cell


def _as_sent(form, name) -> str:
    question = form.questions.get(name)
    return f"answers.{question.key}" if question else name
