"""One table of addresses for all languages says what six tables of Django's would say."""

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, path, reverse
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.translation import gettext_lazy, override

from imrf_portal import address_tables
from imrf_portal.address_tables import depends_on_language

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def written(resolver):
    """The table as it stands for the language that is active, and those of the apps in it."""
    entries = {name: [each[:3] for each in resolver.reverse_dict.getlist(name)] for name in resolver.reverse_dict}
    return entries, {app: (prefix, written(below)) for app, (prefix, below) in resolver.namespace_dict.items()}


def fresh():
    return URLResolver(RegexPattern(r"^/"), settings.ROOT_URLCONF)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_address_is_written_as_by_the_tables_of_django(code, monkeypatch):
    with override("en"):
        written(get_resolver())  # so that another language finds what this one laid out
    with override(code):
        ours = written(get_resolver())
        monkeypatch.setattr(URLResolver, "_populate", address_tables._lay_out)
        assert written(fresh()) == ours
    assert len(ours[0]) > 100


def test_what_is_the_same_in_all_languages_is_kept_once():
    below = URLResolver(RoutePattern("a/"), [path("inputs/", lambda request: None, name="plain")])
    root, tables = URLResolver(RegexPattern(r"^/"), [below]), []
    for code in LANGUAGES:
        with override(code):
            tables.append(root.reverse_dict)
            assert reverse("submissions:inputs") == f"/{code}/inputs/"
            assert reverse("admin:index") == "/admin/"
    assert len(tables) == 6
    assert all(table is tables[0] for table in tables)


def test_a_translated_address_keeps_a_table_for_each_language():
    plain = path("inputs/", lambda request: None, name="plain")
    translated = path(gettext_lazy("Arabic"), lambda request: None, name="translated")
    root = URLResolver(RegexPattern(r"^/"), [URLResolver(RoutePattern("a/"), [translated])])
    assert depends_on_language(root)
    assert not depends_on_language(URLResolver(RoutePattern("a/"), [plain]))
    found = set()
    for code in LANGUAGES:
        with override(code):
            found.add(root.reverse_dict.getlist("translated")[0][1])
    assert len(found) > 1
