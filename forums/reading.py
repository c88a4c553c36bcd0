"""What every address of the API shares: reading only, no cookie, kept by caches, unknown parameters refused by name."""

from datetime import UTC, datetime, time

from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework import mixins, viewsets

from forums.keyset import Keyset, NoSuchParameter
from forums.public_page import may_be_kept
from forums.written_rows import writer_of

SIX_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")
FIELDS = "fields"


class Asked:
    """Refuses parameters that an address does not know; `parameters` names the filters of its list."""

    parameters = ()
    everywhere = ()  # of its list and of each row

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if self.action is None:  # a method that is not there: 405 says more than what its parameters are
            return
        known = {*self.everywhere, *(self._of_lists() if self.action == "list" else ())}
        for name in request.query_params:
            if name not in known:
                sentence = _("“%(name)s” is not a parameter of this address. It knows: %(known)s.")
                known_words = ", ".join(sorted(known)) or _("none")
                raise NoSuchParameter(name[:80], sentence % {"name": name[:80], "known": known_words})

    def _of_lists(self):
        paged = self.pagination_class.parameters if self.pagination_class else ()
        return (*self.parameters, *paged)


class ReadOnly(Asked, viewsets.GenericViewSet):
    """`keyset` is the order of its list. `fields=` leaves out of each row what a program does not need.

    An address that will go says so for a year: `deprecated` since which day, `sunset` from which day it is gone.
    """

    http_method_names = ["get", "head", "options"]
    pagination_class = Keyset
    keyset = ("pk",)
    everywhere = (FIELDS,)
    deprecated = sunset = None

    def get_serializer(self, *args, **kwargs):
        """Only with the fields that were asked for; one that is not there is refused by name."""
        serializer = super().get_serializer(*args, **kwargs)
        asked = self.request.query_params.get(FIELDS, "") if self.request else ""
        if asked:
            _keep_only(getattr(serializer, "child", serializer), dict.fromkeys(asked.split(",")))
        return serializer

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code in (200, 304):
            may_be_kept(response)
        if self.deprecated:
            response.headers["Deprecation"] = f"@{_begin(self.deprecated):.0f}"
            response.headers["Sunset"] = http_date(_begin(self.sunset))
        return response


def _begin(day) -> float:
    return datetime.combine(day, time(), UTC).timestamp()


def _keep_only(serializer, names):
    for name in names:
        if name not in serializer.fields:
            sentence = _("“%(name)s” is not a field here. There are: %(known)s.")
            told = {"name": name[:80], "known": ", ".join(serializer.fields)}
            raise NoSuchParameter(FIELDS, sentence % told)
    for name in set(serializer.fields) - set(names):
        serializer.fields.pop(name)


class Listing(mixins.ListModelMixin, ReadOnly):
    """A list whose rows have no address of their own."""


class One(mixins.RetrieveModelMixin, ReadOnly):
    """One thing at its address; its list is elsewhere."""


class Reading(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnly):
    """A list, and each of its rows at its address."""


class ReadingRows(Reading):
    """The same for rows with many fields: read without a model, written without asking each field (written_rows.py)."""

    row_serializer = None

    def list(self, request, *args, **kwargs):
        writer = writer_of(self.row_serializer, _keep_only, request.query_params.get(FIELDS, ""))
        columns = dict.fromkeys((*writer.columns, *(name.lstrip("-") for name in self.keyset)))
        rows = self.filter_queryset(self.get_queryset()).values_list(*columns, named=True)
        return self.get_paginated_response(writer.rows(self.paginate_queryset(rows)))


def in_six_languages(thing, field) -> dict:
    """A translated column as the API shows it: language -> words, empty ones left out."""
    names = {code: getattr(thing, f"{field}_{code.replace('-', '_')}", "") for code in SIX_LANGUAGES}
    return {code: name for code, name in names.items() if name}
