"""What every address of the API shares: reading only, no cookie, kept by caches, unknown parameters refused by name."""

from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework import mixins, viewsets

from forums.keyset import Keyset, NoSuchParameter
from forums.public_page import SECONDS

SIX_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")


class ReadOnly(viewsets.GenericViewSet):
    """`parameters` names the filters of the list; `keyset` its order."""

    http_method_names = ["get", "head", "options"]
    pagination_class = Keyset
    parameters = ()
    keyset = ("pk",)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        known = {*self.parameters, *Keyset.parameters} if self.action == "list" else set()
        for name in request.query_params:
            if name not in known:
                sentence = _("“%(name)s” is not a parameter of this address. It knows: %(known)s.")
                known_words = ", ".join(sorted(known)) or _("none")
                raise NoSuchParameter(name[:80], sentence % {"name": name[:80], "known": known_words})

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code in (200, 304):
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response


class Listing(mixins.ListModelMixin, ReadOnly):
    """A list whose rows have no address of their own."""


class One(mixins.RetrieveModelMixin, ReadOnly):
    """One thing at its address; its list is elsewhere."""


class Reading(mixins.ListModelMixin, mixins.RetrieveModelMixin, ReadOnly):
    """A list, and each of its rows at its address."""


def in_six_languages(thing, field) -> dict:
    """A translated column as the API shows it: language -> words, empty ones left out."""
    names = {code: getattr(thing, f"{field}_{code.replace('-', '_')}", "") for code in SIX_LANGUAGES}
    return {code: name for code, name in names.items() if name}
