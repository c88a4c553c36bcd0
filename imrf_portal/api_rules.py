"""Rules of the API: read-only without key, throttled; every error is problem+json, a Refused 409 with its sentence."""

import json
from http import HTTPStatus

from django.core.cache import caches
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import permissions, throttling
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.response import Response

from forums.refusals import Refused

PROBLEM = "application/problem+json"


class ReadOnly(permissions.BasePermission):
    """Writing is not forbidden to some: there is no such method here (405)."""

    def has_permission(self, request, view):
        if request.method not in permissions.SAFE_METHODS:
            raise MethodNotAllowed(request.method)
        return True


class Throttle(throttling.AnonRateThrottle):
    """Counts in the forgiving cache: reading goes on when Redis is away."""

    cache = caches["pages"]


def answer_to(error, context):
    """problem+json (RFC 9457) for every refusal; None (and so the 500 page) for what nobody foresaw."""
    from rest_framework.views import exception_handler  # views import the classes above

    if isinstance(error, Refused):
        return _with_errors(_problem(409, str(error)), getattr(error, "errors", None))
    if isinstance(error, RequestDataTooBig):
        return _problem(413, _("What was sent is too large."))
    response = exception_handler(error, context)
    if response is None:
        return None
    details = response.data
    sentence = details.get("detail") if isinstance(details, dict) else None
    if response.status_code == 404:
        sentence = _("Nothing is at this address.")
    problem = _problem(response.status_code, str(sentence or "The request could not be answered."))
    if parameter := getattr(error, "parameter", ""):
        problem.data["parameter"] = parameter
    errors = details if isinstance(details, dict) and "detail" not in details else None
    _with_errors(problem, getattr(error, "errors", errors))
    problem.data.update(getattr(error, "beside", {}))
    for name, value in response.headers.items():
        problem.headers.setdefault(name, value)
    return problem


def _with_errors(problem, errors):
    if errors:
        problem.data["errors"] = errors
    return problem


def _problem(status, sentence):
    return Response(_told(status, sentence), status=status, content_type=PROBLEM)


def _told(status, sentence):
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence}


def plain_problem(status, sentence):
    """The same where no view of the API answers: middleware, the last resort after an error."""
    return HttpResponse(json.dumps(_told(status, sentence)), status=status, content_type=PROBLEM)


def is_asked_of_api(request) -> bool:
    return request.path.startswith("/api/v1/")
