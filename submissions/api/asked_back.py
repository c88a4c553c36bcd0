"""After sending, for programs of an organisation: changing what was sent before the closing, and answering the desk."""

from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from accreditation.api import needs, once
from forums.hints import look_soon
from forums.strict import Unprocessable
from submissions import operations, permissions
from submissions.api.own import IF_MATCH, OwnInputs, as_read, edition_in
from submissions.api.saving import Elsewhere
from submissions.operations.questions import LONGEST_ANSWER
from submissions.serializers.asked import DeskAnswerSerializer, KeepAnswerSerializer
from submissions.serializers.own import DeskQuestionSerializer, OwnInputSerializer

BOTH = OpenApiResponse(description="Somebody saved a later answer: both are in the answer; nothing was overwritten.")


class AmendingViewSet(OwnInputs):
    """What was sent stands until its change is sent, which becomes /Rev.1 under the same reference."""

    @extend_schema(
        summary="Begin to change what was sent, or go on with it, while the call is open",
        request=None,
        responses={201: OwnInputSerializer, 200: OpenApiResponse(OwnInputSerializer, "The change was begun before.")},
    )
    @needs("write")
    @once
    def amend(self, request, id):
        """The answer is a draft that says what was sent says. Change, check and send it, or discard it, as any draft."""
        sent = self.found(id, may=permissions.may_edit)
        begun = sent.amendments.exists()
        draft = operations.amend(sent, by=request.user)
        draft.call, draft.organisation = sent.call, sent.organisation
        headers = {"Location": request.build_absolute_uri(f"../../{draft.pk}/")}
        return as_read(draft, status=200 if begun else 201, headers=headers)


class DeskQuestionViewSet(OwnInputs):
    """The question of the desk that waits, and its answer."""

    @extend_schema(summary="The question of the desk that waits for an answer", responses=DeskQuestionSerializer)
    @needs("read")
    def retrieve(self, request, id):
        """404 where none waits. Its ETag is the edition of the answer."""
        question = operations.open_question(self.found(id))
        if question is None:
            raise Http404
        return told(question)

    @extend_schema(
        summary="Keep an answer to the desk without sending it",
        parameters=[IF_MATCH],
        request=KeepAnswerSerializer,
        responses={200: DeskQuestionSerializer, 412: BOTH},
    )
    @needs("write")
    def partial_update(self, request, id):
        """Others of the organisation see it and go on with it; the desk sees it once it is sent."""
        submission, edition = self.found(id, may=permissions.may_edit), edition_in(request)
        sent = self.asked(KeepAnswerSerializer)
        return told(keep(submission, sent["answer"], edition=edition, by=request.user))

    @extend_schema(
        summary="Send the answer to the desk, with what was changed in the input meanwhile",
        request=DeskAnswerSerializer,
        responses={200: OwnInputSerializer, 412: BOTH},
    )
    @needs("send")
    @once
    def answer(self, request, id):
        """Also after the closing. An input that was changed goes along as its next version, with a receipt of its own."""
        submission, sent = self.found(id, may=permissions.may_submit), self.asked(DeskAnswerSerializer)
        keep(submission, sent["answer"], edition=sent["edition"], by=request.user)
        operations.answer(submission, by=request.user)
        look_soon("submissions.tasks.announce_steps", "forums.tasks.send_letters", "submissions.tasks.scan_uploads")
        return as_read(self.found(id))


def keep(submission, text, *, edition, by):
    """Save the answer on that edition; refused by name where it would not be kept whole."""
    if len(text) > LONGEST_ANSWER:
        sentence = _("The answer is too long: at most %(most)d signs.") % {"most": LONGEST_ANSWER}
        raise Unprocessable({"answer": [sentence]})
    try:
        return operations.keep_answer(submission, by=by, at=now(), edition=edition, text=text)
    except operations.AnswerConflict as conflict:
        theirs = conflict.theirs
        raise Elsewhere(conflict, {"answer": text}, {"answer": theirs.answer}, edition=theirs.edition) from None


def told(question) -> Response:
    return Response(DeskQuestionSerializer(question).data, headers={"ETag": f'"{question.edition}"'})
