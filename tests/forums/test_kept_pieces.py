"""Pieces of pages that are kept: written once for each language and each word that they name, and blind for all else."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
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
