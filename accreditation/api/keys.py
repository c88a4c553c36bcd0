"""Once: a request that is sent again under its Idempotency-Key gets the answer it got, and does nothing a second time.

The answer is written in the transaction of what was done, so a cut or a crash leaves both or neither. While one request
works under a key, another under the same one is told to wait. A refusal is not kept: nothing was done.
"""

import hashlib
import re
from functools import wraps

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException, ParseError

from accreditation.models import ApiAnswer

KEY = re.compile(r"[\x21-\x7e]{1,255}")
KEPT_HEADERS = ("ETag", "Location")
PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,255}$", "example": "0f6a3f0e-draft-of-may"},
    OpenApiParameter.HEADER,
    required=True,
    description="Of your own choosing, one for each thing to be done. Sent again within 24 hours it gets the same answer.",
)


class UnderWay(APIException):
    status_code = 409
    default_detail = _("A request with this Idempotency-Key is being worked on. Send it again in a second.")


class OtherRequest(APIException):
    status_code = 422
    default_detail = _("This Idempotency-Key was used for another request. Choose a new one for a new thing.")


def once(action):
    """For an action that does something: asks for the key, and does it once."""

    @extend_schema(parameters=[PARAMETER])
    @wraps(action)
    def answer(view, request, *args, **kwargs):
        key, asked = _key_of(request), _asked(request)
        with transaction.atomic():
            if not _alone(request.auth, key):
                raise UnderWay
            if kept := answered_before(request.auth, key):
                if kept.asked != asked:
                    raise OtherRequest
                return _again(kept)
            response = action(view, request, *args, **kwargs)
            response = view.finalize_response(request, response, *args, **kwargs).render()
            keep(request.auth, key, asked, response, at=now())
            return _plain(response)

    return answer


def answered_before(token, key):
    return ApiAnswer.objects.filter(token=token, key=key).first()


def keep(token, key, asked, response, *, at):
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    body = response.content.decode()
    ApiAnswer.objects.create(
        token=token, key=key, asked=asked, status=response.status_code, headers=headers, body=body, at=at
    )


def _key_of(request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise ParseError(_("Send an “Idempotency-Key” of your own choosing: up to 255 signs, without spaces."))
    return key


def _asked(request) -> str:
    body = request._request.body  # read once by Django, parsed afterwards
    return hashlib.sha256(b"\n".join([request.method.encode(), request.get_full_path().encode(), body])).hexdigest()


def _alone(token, key) -> bool:
    """Whether nobody else works under this key; held until the transaction ends, or this process does."""
    number = int.from_bytes(hashlib.sha256(f"{token.pk}:{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return cursor.fetchone()[0]


def _again(kept):
    return HttpResponse(
        kept.body,
        status=kept.status,
        content_type="application/json",
        headers={**kept.headers, "Idempotency-Replayed": "true"},
    )


def _plain(response):
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    return HttpResponse(response.content, status=response.status_code, content_type="application/json", headers=headers)
