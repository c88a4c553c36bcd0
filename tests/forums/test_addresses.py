"""A quick address is the address."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from forums.addresses import address, way_to

WAYS = ("submissions:input", "submissions:organisation")


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", ["IMRF-2026-0007", "a", "under_score", "7"])
def test_it_is_what_django_finds(way, value, language):
    with override(language):
        assert address(way, value) == way_to(way)(value) == reverse(way, args=[value])


@pytest.mark.parametrize("value", ["two words", "per%cent", "é", "a?b=c", "../up"])
def test_what_an_address_has_to_escape_is_escaped(value):
    try:
        found = reverse("submissions:input", args=[value])
    except Exception as why:
        with pytest.raises(type(why)):
            address("submissions:input", value)
    else:
        assert address("submissions:input", value) == found
