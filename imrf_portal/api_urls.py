"""The description of the API, for machines and for people; and a plain no for addresses it does not have."""

from functools import cache

from django.urls import path, re_path
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView

from forums.public_page import in_asked_language, public_page
from imrf_portal.api_docs import api_docs, api_docs_own


class NoSuchAddress(APIView):
    """Machines get their 404 as problem+json, too, whatever they wanted to do there."""

    schema = None
    permission_classes = []

    def nowhere(self, request, *args, **kwargs):
        raise NotFound

    get = post = put = patch = delete = nowhere


@cache
def _schema_view():
    """With what makes and writes a description, which is loaded when one is asked for."""
    from drf_spectacular.views import SpectacularAPIView

    return SpectacularAPIView.as_view()


def _schema(request):
    return _schema_view()(request)


_schema.csrf_exempt = True  # as every view of the API

urlpatterns = [
    path("schema/", public_page(in_asked_language(_schema)), name="schema"),
    path("docs/", api_docs, name="api-docs"),
    path("docs/own/", api_docs_own, name="api-docs-own"),
    re_path(r"^v1/.*$", NoSuchAddress.as_view()),
]
