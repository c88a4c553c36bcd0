"""Checking, sending and withdrawing an input, and its receipts, for programs of its organisation."""

from django.db import transaction
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.response import Response

from accreditation.api import needs, once
from forums.hints import look_soon
from forums.refusals import Refused
from forums.strict import Unprocessable
from submissions import operations, permissions
from submissions.api.own import OwnInputs, as_read
from submissions.forms import DeclarationForm, WithdrawForm
from submissions.operations import joining
from submissions.operations.submitting import missing
from submissions.publication import round_tables_of
from submissions.serializers.asked import SendSerializer, WithdrawSerializer
from submissions.serializers.own import CheckSerializer, OwnInputSerializer, ReceiptSerializer, WholeReceiptSerializer
from submissions.views.joint import under_it_now

NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="Of the receipt: 1, 2 …")

SENT_ALREADY = _("This input was sent before. Open it to see where it stands.")
OTHER_TEXT = _("The input was changed after you checked it. Check it once more, then send.")
OTHER_CONSENT = _("What the public may see of this input is not what you say. Check it once more, then send.")
SENT_AS = {"agreed": "declared"}


class Incomplete(Refused):
    """What stands against sending, field by field; `errors` as `missing` has them."""

    def __init__(self, lacks):
        super().__init__(" ".join(map(str, lacks.values())))
        self.errors = {name: [str(sentence)] for name, sentence in lacks.items()}


class Rehearsed(Exception):
    """Everything would be taken; ends the transaction without a trace."""


class SendingViewSet(OwnInputs):
    """The last page before sending, for programs."""

    @extend_schema(
        summary="Check before sending: what would be sent, or why it would be refused",
        responses={200: CheckSerializer, 409: OpenApiResponse(description="It would be refused, and why.")},
    )
    @needs("read")
    def check(self, request, id):
        """Tries everything that sending does and keeps nothing of it."""
        submission = self.found(id, may=permissions.may_edit)
        if not submission.is_writable:
            raise Refused(SENT_ALREADY)
        if lacks := missing(submission):
            raise Incomplete(lacks)
        rehearse(submission, by=request.user)
        return Response(CheckSerializer(checked(submission)).data)

    @extend_schema(
        summary="Send an input; the answer is its receipt", request=SendSerializer, responses={201: ReceiptSerializer}
    )
    @needs("send")
    @once
    def send(self, request, id):
        """Declared as on the page. Sent again under its key, it is one input with one receipt."""
        submission, sent = self.found(id, may=permissions.may_submit), self.asked(SendSerializer)
        version = send(submission, by=request.user, **sent)
        look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters", "submissions.tasks.scan_uploads")
        return Response(ReceiptSerializer(version).data, status=201)

    @extend_schema(
        summary="Withdraw an input that was sent", request=WithdrawSerializer, responses={200: OwnInputSerializer}
    )
    @needs("send")
    @once
    def withdraw(self, request, id):
        """If it was public, a tombstone with its reference stays at its address."""
        submission, sent = self.found(id, may=permissions.may_withdraw), self.asked(WithdrawSerializer)
        form = WithdrawForm(sent)
        if not form.is_valid():
            raise Unprocessable({name: list(map(str, why)) for name, why in form.errors.items()})
        operations.withdraw(submission, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters")
        return as_read(submission)

    @extend_schema(summary="Receipts of an input, the newest first", responses=ReceiptSerializer(many=True))
    @needs("read")
    def receipts(self, request, id):
        """As many as it was sent times; they are never in pages."""
        versions = self.found(id).versions.order_by("-number")
        return Response(ReceiptSerializer(versions, many=True).data)

    @extend_schema(
        summary="One receipt with the content that was sent", parameters=[NUMBER], responses=WholeReceiptSerializer
    )
    @needs("read")
    def receipt(self, request, id, number):
        version = self.found(id).versions.filter(number=int(number[:4])).first()
        if version is None:
            raise Http404
        return Response(WholeReceiptSerializer(version).data)


def send(submission, *, by, edition, publish_as, declared, sponsors):
    """Send what was checked; returns its Version. Refused where it is another text, or another consent, by now."""
    if submission.is_writable:
        form = DeclarationForm({"agreed": declared, "edition": edition, "sponsors": sponsors}, submission=submission)
        if not form.is_valid():
            raise Unprocessable({SENT_AS.get(name, name): list(map(str, why)) for name, why in form.errors.items()})
        if edition != submission.edition:
            raise Refused(OTHER_TEXT)
        if publish_as != submission.publish_as:
            raise Refused(OTHER_CONSENT)
    return operations.submit(submission, by=by, sponsors_seen=sponsors)


def rehearse(submission, *, by):
    """Ask of the sending itself whether it would take this; raises its Refused. Nothing of it is kept."""
    try:
        with transaction.atomic():
            operations.submit(submission, by=by)
            raise Rehearsed
    except Rehearsed:
        return


def checked(submission) -> dict:
    """What a person sees on the last page and a program has to send along."""
    holder = joining.holder_of(submission)
    return {
        "edition": submission.edition,
        "publish_as": submission.publish_as,
        "sponsors": under_it_now(holder, submission)["sponsors"],
        "declaration": DeclarationForm(submission=submission).fields["agreed"].label,
        "round_tables": round_tables_of(submission.call.forum, submission.chosen()["objectives"]),
        "desk_files": [file.name for file in submission.attachments.kept() if not file.public],
    }
