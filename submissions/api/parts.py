"""Versions and files of a published input, and statistics of all of them, for machines."""

from dataclasses import asdict

from django.http import Http404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from forums.public_page import unless_unchanged
from forums.reading import ReadOnly
from submissions import publication
from submissions.api.public import FILTERS, found, understood
from submissions.figures import figures
from submissions.search.counting import ONE, SEVERAL, count
from submissions.search.filters import FIELDS
from submissions.search.vocabulary import NO_STANDING
from submissions.serializers import FileSerializer, StatisticsSerializer, VersionSerializer, WholeVersionSerializer

COUNTED = (*ONE, *SEVERAL)


class OfAnInput(ReadOnly):
    """What belongs to one published input; few rows, never in pages."""

    pagination_class = None

    def get_queryset(self):
        return publication.visible(now()).none()  # says what it is about; rows are read from the input

    def answer(self, make):
        published = self.published = found(self.kwargs["reference"], at=now())
        return unless_unchanged(
            self.request,
            lambda: Response(make(published).data),
            self.request.get_full_path(),
            changed_at=max(published.changed_at, published.visible_at),
        )

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "published": getattr(self, "published", None)}


class InputVersionViewSet(OfAnInput):
    """What a published input said and says."""

    def get_serializer_class(self):
        return WholeVersionSerializer if self.action == "retrieve" else VersionSerializer

    @extend_schema(
        summary="Versions of an input that are or were public, oldest first",
        responses={200: VersionSerializer(many=True), 410: None},
    )
    def list(self, request, reference):
        return self.answer(lambda published: self.get_serializer(publication.public_versions(published), many=True))

    @extend_schema(summary="One version with its text", responses={200: WholeVersionSerializer, 410: None})
    def retrieve(self, request, reference, number):
        return self.answer(lambda published: self.get_serializer(self.one(published, int(number[:4]))))

    def one(self, published, number):
        version = next((each for each in publication.public_versions(published) if each.number == number), None)
        if version is None:
            raise Http404
        return version


class InputFilesViewSet(OfAnInput):
    """The files of a published input that may be had."""

    serializer_class = FileSerializer

    @extend_schema(summary="Files of an input", responses={200: FileSerializer(many=True), 410: None})
    def list(self, request, reference):
        return self.answer(lambda published: self.get_serializer(self.files(published), many=True))

    def files(self, published):
        self.there = list(publication.public_files(published))
        return self.there

    def get_serializer_context(self):
        return {**super().get_serializer_context(), "there": {file.pk for file in getattr(self, "there", ())}}


class StatisticsView(ReadOnly):
    """How many published inputs answer the filters, by each field; and the figures of the whole."""

    serializer_class = StatisticsSerializer
    pagination_class = None
    everywhere = (*ReadOnly.everywhere, "q", *FIELDS)

    def get_queryset(self):
        return publication.visible(now()).none()  # says what it is about

    @extend_schema(summary="Statistics of published inputs", parameters=FILTERS, responses=StatisticsSerializer)
    def retrieve(self, request):
        """It takes the filters of /inputs/. An input with several objectives counts under each of them."""
        at = now()
        change = publication.last_change(at)
        marks = (change.newest if change else 0,)
        changed = change.at if change else at.replace(hour=0, minute=0, second=0, microsecond=0)
        return unless_unchanged(
            request, lambda: self.counted(request, at), request.get_full_path(), *marks, changed_at=changed
        )

    def counted(self, request, at):
        question = understood(request.query_params, at=at)
        counts = count(question.inputs(at), {})
        slugs = {str(key): slug for slug, key in question.vocabulary.keys["forum"].items()}
        by = {field: dict(counts.facets.get(field, {})) for field in COUNTED}
        by["forum"] = {slugs.get(key, key): number for key, number in by["forum"].items()}
        by["basis"] = {code or NO_STANDING: number for code, number in by["basis"].items()}
        told = {"inputs": counts.total, "by": by, "overall": asdict(figures(at))}
        return Response(self.get_serializer(told).data)
