"""Pieces of pages that are kept: written once for each language and each word that they name, and blind for all else."""

from uuid import UUID

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from forums.templatetags import kept


def template(piece):
    return Template("{% load i18n kept %}" + piece)


@pytest.fixture
def written(monkeypatch):
    """The names and values of which a piece was written anew."""
    seen, write = [], kept.Kept._written

    def note(self, values, context):
        seen.append(values)
        return write(self, values, context)

    monkeypatch.setattr(kept.Kept, "_written", note)
    return seen


def test_a_piece_is_written_once_for_each_language(written):
    page = template('{% kept %}<a href="{% url "about" %}">{% translate "About" %}</a>{% endkept %}')
    for language, words in (("en", "About"), ("fr", "À propos"), ("en", "About")):
        with override(language):
            assert page.render(Context()) == f'<a href="/{language}/about/">{words}</a>'
    assert written == [{}, {}]


def test_a_piece_sees_nothing_but_what_it_names(written):
    page = template("{% kept here other=what.named %}{{ here }}|{{ other }}|{{ secret }}|{{ what.named }}{% endkept %}")
    for secret in ("hers", "his"):
        with override("en"):
            said = page.render(Context({"here": "<home>", "what": {"named": "x"}, "secret": secret}))
        assert said == "&lt;home&gt;|x||"
    assert written == [{"here": "<home>", "other": "x"}]


def test_each_value_has_a_piece_of_its_own_and_the_oldest_goes(monkeypatch, written):
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    page = template("{% kept value %}{{ value }}{% endkept %}")
    with override("en"):
        assert [page.render(Context({"value": value})) for value in (1, True, "1", None, 1)] == [
            "1",
            "True",
            "1",
            "None",
            "1",
        ]
    assert len(written) == 5


@pytest.mark.parametrize("value", [mark_safe("<b>"), ["a"], object()])
def test_only_plain_words_can_be_named(value):
    with pytest.raises(TypeError, match="plain"):
        template("{% kept value %}{{ value }}{% endkept %}").render(Context({"value": value}))


KEYS = [UUID("12345678-0000-4000-8000-00000000000a"), UUID("12345678-0000-4000-8000-00000000000b")]


def test_the_key_of_a_row_is_put_into_one_piece_afterwards(written):
    page = template(
        "{% kept here key=row.key other=row.other %}{{ here }} {% url 'submissions:edit' key %} {{ other }}{% endkept %}"
    )
    for key, other in (KEYS, KEYS[::-1]):
        with override("en"):
            said = page.render(Context({"here": "<x>", "row": {"key": key, "other": other}}))
        assert said == f"&lt;x&gt; /en/my/inputs/{key}/edit/ {other}"
        assert isinstance(said, SafeString)
    assert len(written) == 1


def test_control_a_key_that_is_named_as_words_has_a_piece_of_its_own(written):
    page = template("{% kept key %}{{ key }}{% endkept %}")
    for key in KEYS:
        assert page.render(Context({"key": str(key)})) == str(key)
    assert len(written) == 2
