"""Files of a draft, for programs of its organisation: in pieces, described, taken out."""

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from accreditation.api import needs, once
from forums.hints import look_soon
from forums.strict import Bytes, Unprocessable
from submissions import operations, permissions
from submissions.api.own import OwnInputs
from submissions.file_forms import FileForm
from submissions.serializers.asked import BeginUploadSerializer, DescribeSerializer
from submissions.serializers.own import OwnFileSerializer, UploadSerializer
from submissions.uploads import PIECE

OFFSET = OpenApiParameter("offset", int, OpenApiParameter.PATH, description="Bytes before this piece; 0 for the first.")
OF_A_FILE = OpenApiParameter("file", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH)
OF_AN_UPLOAD = OpenApiParameter("upload", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH)
PIECES = {"application/octet-stream": {"type": "string", "format": "binary", "maxLength": PIECE}}


class Displaced(APIException):
    """A piece does not follow what is there; the answer says from where to go on."""

    status_code = 409

    def __init__(self, why):
        super().__init__(str(why))
        self.beside = {"arrived": why.arrived}


class OwnFileViewSet(OwnInputs):
    """The files of a draft, or of what was sent."""

    @extend_schema(summary="Files of a draft or input", responses=OwnFileSerializer(many=True))
    @needs("read")
    def files(self, request, id):
        """With the verdict of the scanner. They are few, and never in pages."""
        return Response(OwnFileSerializer(self.found(id).attachments.kept(), many=True).data)

    @extend_schema(
        summary="Say the language of a file, what it translates, whether it is public",
        parameters=[OF_A_FILE],
        request=DescribeSerializer,
        responses=OwnFileSerializer,
    )
    @needs("write")
    def describe(self, request, id, file):
        kept = self.file(id, file)
        sent = dict(self.asked(DescribeSerializer))
        public = sent.pop("public")
        form = FileForm(sent, files=kept.submission.attachments.kept())
        if not form.is_valid():
            raise Unprocessable({name: list(map(str, why)) for name, why in form.errors.items()})
        operations.describe(kept, by=request.user, at=now(), **form.cleaned_data)
        if public is not None:
            operations.show_file(kept, public=public, by=request.user, at=now())
        return Response(OwnFileSerializer(self.file(id, file)).data)

    @extend_schema(summary="Take a file out of a draft", parameters=[OF_A_FILE], responses={204: None})
    @needs("write")
    def detach(self, request, id, file):
        operations.detach(self.file(id, file), by=request.user, at=now())
        return Response(status=204)

    def file(self, id, file):
        submission = self.found(id, may=permissions.may_edit)
        kept = submission.attachments.kept().filter(pk=file).first()
        if kept is None:
            raise Http404
        kept.submission = submission
        return kept


class UploadViewSet(OwnInputs):
    """A file on its way: begun, sent in pieces of at most 1 MiB, finished. After a cut it goes on from what arrived."""

    @extend_schema(
        summary="Begin to send a file, or go on with it", request=BeginUploadSerializer, responses={201: UploadSerializer}
    )
    @needs("write")
    @once
    def begin(self, request, id):
        """Refused before a byte has travelled: for its size, its kind, one file too many, too many bytes together."""
        submission, sent = self.found(id, may=permissions.may_edit), self.asked(BeginUploadSerializer)
        upload = operations.begin_upload(submission, **sent, by=request.user, at=now())
        where = request.build_absolute_uri(f"{upload.pk}/")
        return Response(UploadSerializer(upload).data, status=201, headers={"Location": where})

    @extend_schema(summary="How much of a file has arrived", parameters=[OF_AN_UPLOAD], responses=UploadSerializer)
    @needs("write")
    def stand(self, request, id, upload):
        return Response(UploadSerializer(self.upload(id, upload)).data)

    @extend_schema(summary="Forget what arrived of a file", parameters=[OF_AN_UPLOAD], responses={204: None})
    @needs("write")
    def cancel(self, request, id, upload):
        operations.cancel_upload(self.upload(id, upload))
        return Response(status=204)

    @extend_schema(
        summary="Make a file of the draft of what arrived",
        parameters=[OF_AN_UPLOAD],
        request=None,
        responses={200: OwnFileSerializer, 409: OpenApiResponse(description="Not all of it has arrived.")},
    )
    @needs("write")
    def finish(self, request, id, upload):
        """Asked again it answers the same. A file that is not taken is forgotten; choosing it again begins anew."""
        try:
            file = operations.finish_upload(self.upload(id, upload), by=request.user, at=now())
        except operations.Elsewhere as why:
            raise Displaced(why) from None
        look_soon("submissions.tasks.scan_uploads", "submissions.tasks.read_files")
        return Response(OwnFileSerializer(file).data)

    def upload(self, id, upload):
        submission = self.found(id, may=permissions.may_edit)
        found = submission.uploads.select_related("attachment").filter(pk=upload, by=self.request.user).first()
        if found is None:
            raise Http404
        found.submission = submission
        return found


class PieceViewSet(UploadViewSet):
    """One piece of a file, as it is."""

    parser_classes = [Bytes]

    @extend_schema(
        summary="Send one piece of a file, of at most 1 MiB",
        parameters=[OF_AN_UPLOAD, OFFSET],
        request=PIECES,
        responses={200: UploadSerializer, 409: OpenApiResponse(description="It does not follow what is there.")},
    )
    @needs("write")
    def piece(self, request, id, upload, offset):
        """The same piece sent twice changes nothing; 409 says from where to go on."""
        found = self.upload(id, upload)
        try:
            content = request.data if isinstance(request.data, bytes) else b""
            found.arrived = operations.add_piece(found, offset=int(offset), content=content, at=now())
        except operations.Elsewhere as why:
            raise Displaced(why) from None
        return Response(UploadSerializer(found).data)
