"""Catalogues as bytes say what Django's dictionaries say: sentences, plurals, nothing for what nobody translated."""

import gettext
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from imrf_portal.catalogues import Catalogue, compact

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NOWHERE = "Nobody has translated this sentence."


@pytest.fixture(scope="module")
def fresh():
    """Django's own catalogues of all languages, read anew; what the process has is put back."""
    kept, trans_real._translations = trans_real._translations, {}
    gettext._translations.clear()
    yield {code: trans_real.translation(code) for code in LANGUAGES}
    trans_real._translations = kept


@pytest.fixture(scope="module")
def ours(fresh):
    """The same, compact."""
    places, found = {}, {}
    for code in LANGUAGES:
        theirs = fresh[code]._catalog
        found[code] = SimpleNamespace(_catalogs=[dict(each) for each in theirs._catalogs], _plurals=[*theirs._plurals])
        compact(found[code], places)
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_said_as_by_django(code, fresh, ours, monkeypatch):
    catalogue = fresh[code]._catalog
    keys = [key for each in catalogue._catalogs for key in each]
    plain, counted = [key for key in keys if isinstance(key, str)], {key[0] for key in keys if not isinstance(key, str)}
    asked = (*plain, *counted, NOWHERE)

    def said():
        one = {key: fresh[code].gettext(key) for key in asked}
        return one, {
            (key, n): fresh[code].ngettext(key, f"{key}s", n)
            for key in (*counted, NOWHERE)
            for n in (0, 1, 2, 3, 5, 11, 21, 100, 102)
        }

    django = said()
    monkeypatch.setattr(catalogue, "_catalogs", ours[code]._catalogs)
    monkeypatch.setattr(catalogue, "_plurals", ours[code]._plurals)
    assert said() == django
    assert said() == django  # now as it was kept
    assert {key: catalogue.get(key) for key in keys} == {key: catalogue[key] for key in keys}
    assert (len(plain) > 5000) is (code != "en")


def test_it_is_a_dictionary_of_what_is_in_it():
    sentences = {"one": "eins", "two": "zwei", ("%d input", 1): "%d Eingaben", "tea": "茶"}
    places = {"none": 0}
    catalogue = Catalogue(sentences, places)
    other = Catalogue({"none": "keine", "later": "später"}, places)
    assert (dict(catalogue.items()), len(catalogue), list(catalogue)) == (sentences, 4, list(sentences))
    assert (catalogue["tea"], catalogue.get("none"), catalogue.get("later"), "none" in catalogue) == (
        "茶",
        None,
        None,
        False,
    )
    assert other["later"] == "später"
    with pytest.raises(KeyError):
        catalogue["none"]


def test_an_empty_sentence_is_left_to_django():
    found = SimpleNamespace(_catalogs=[{"one": "", "two": "zwei"}, {"three": "drei"}], _plurals=[None, None])
    compact(found, {})
    assert found._catalogs == [{"one": "", "two": "zwei"}, {"three": "drei"}]
    assert len(found._plurals) == 2
