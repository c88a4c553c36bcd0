"""Pages of the API by keyset: the last page costs what the first does, and nothing is skipped when rows are added."""

import base64
import binascii
import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

MOST = 100


class NoSuchParameter(ParseError):
    """A query parameter or a value of it that the API does not know; the answer names it."""

    def __init__(self, parameter, sentence):
        super().__init__(sentence)
        self.parameter = parameter


class Keyset(BasePagination):
    """Its view names `keyset`: one or two columns, all ascending or all descending, the last one unique."""

    parameters = ("cursor", "page_size")
    page_size = 50

    def paginate_queryset(self, queryset, request, view=None):
        self.request, self.columns = request, [name.lstrip("-") for name in view.keyset]
        self.down = view.keyset[0].startswith("-")
        size = self._size(request.query_params.get("page_size", ""))
        rows = queryset.order_by(*view.keyset)
        if cursor := request.query_params.get("cursor", ""):
            rows = rows.filter(self._after(self._values(cursor, queryset.model)))
        rows = list(rows[: size + 1])
        self.last = rows[size - 1] if len(rows) > size else None
        return rows[:size]

    def get_paginated_response(self, data):
        return Response({"next": self._next(), "results": data})

    def _size(self, asked):
        if not asked:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= MOST):
            raise NoSuchParameter("page_size", _("“page_size” is a number from 1 to %(most)d.") % {"most": MOST})
        return int(asked)

    def _values(self, cursor, model):
        try:
            values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
            if len(values) != len(self.columns) or not all(isinstance(value, str | int) for value in values):
                raise ValueError
            return self._understood(values, model)
        except (ValueError, TypeError, ValidationError, binascii.Error, RecursionError) as why:
            sentence = _("“cursor” is not one that this API gave out. Begin again without it.")
            raise NoSuchParameter("cursor", sentence) from why

    def _understood(self, values, model):
        return [
            model._meta.get_field(model._meta.pk.name if name == "pk" else name).to_python(value)
            for name, value in zip(self.columns, values, strict=True)
        ]

    def _after(self, values):
        """Rows beyond these values; the first column alone bounds the walk along the index."""
        first, beyond = self.columns[0], "lt" if self.down else "gt"
        rest = Q(**{f"{first}__{beyond}": values[0]})
        if len(values) == 2:
            rest |= Q(**{first: values[0], f"{self.columns[1]}__{beyond}": values[1]})
        return Q(**{f"{first}__{beyond}e": values[0]}) & rest

    def _next(self):
        if self.last is None:
            return None
        values = [getattr(self.last, name) for name in self.columns]
        return self._address_after([_plain(value) for value in values])

    def _address_after(self, values):
        cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
        return replace_query_param(settings.SITE_URL + self.request.get_full_path(), "cursor", cursor)

    def get_schema_operation_parameters(self, view):
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where to go on: comes with “next” of the page before.",
                "schema": {"type": "string"},
            },
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": "How many on a page.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": self.page_size},
            },
        ]

    def get_paginated_response_schema(self, schema):
        address = {"type": ["string", "null"], "format": "uri", "description": "The next page; null on the last one."}
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": address, "results": schema},
        }


def _plain(value):
    """As a cursor holds it: numbers and text as they are, a moment as ISO text, an id as text."""
    if isinstance(value, int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


KEY = ("forum", "starts_at", "slug")


class KeysetOfList(Keyset):
    """The same over rows that are in memory; their view gives each its `key_of`, a list of texts, and sorts them by it."""

    def paginate_queryset(self, rows, request, view=None):
        self.request, self.key_of = request, view.key_of
        size = self._size(request.query_params.get("page_size", ""))
        if cursor := request.query_params.get("cursor", ""):
            self.columns = KEY
            after = self._values(cursor, None)
            rows = [row for row in rows if view.key_of(row) > after]
        self.last = rows[size - 1] if len(rows) > size else None
        return rows[:size]

    def _understood(self, values, model):
        return [str(value) for value in values]

    def _next(self):
        return self._address_after(self.key_of(self.last)) if self.last else None
