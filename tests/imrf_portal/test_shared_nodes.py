"""Templates that share what is the same in them are made of the same as without; what is translated is not shared."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.base import FilterExpression, Node, Template, TextNode, Token, Variable

from imrf_portal.shared_nodes import shared_nodes

FOLDER = Path(settings.TEMPLATES[0]["DIRS"][0])
PAGES = sorted(str(page.relative_to(FOLDER)) for page in FOLDER.rglob("*.html"))


def engine():
    return Engine.get_default()


def loaded(pages):
    return {name: Template((FOLDER / name).read_text(), name=name, engine=engine()) for name in pages}


def told(thing, seen=()):
    """What a node is made of, as plain lists; where it stands is left out."""
    if isinstance(thing, (list, tuple)):
        return [told(each, seen) for each in thing]
    if isinstance(thing, dict):
        return {str(key): told(each, seen) for key, each in thing.items()}
    if isinstance(thing, Token) or id(thing) in seen:
        return "-"
    if isinstance(thing, FilterExpression):
        return [thing.token, told(thing.var, seen), told(thing.filters, seen)]
    if isinstance(thing, Variable):
        return [thing.var, thing.literal, thing.lookups, thing.translate, thing.message_context]
    if type(thing).__module__.startswith(("django.template", "forums", "imrf_portal", "submissions")) and hasattr(
        thing, "__dict__"
    ):
        inside = {name: each for name, each in vars(thing).items() if name not in ("origin", "token", "parser", "engine")}
        return [type(thing).__name__, told(inside, (*seen, id(thing)))]
    return re.sub("0x[0-9a-f]+", "-", str(thing))


def test_every_template_is_made_of_the_same():
    plain = loaded(PAGES)
    with shared_nodes():
        shared = loaded(PAGES)
    assert len(PAGES) > 300
    for name in PAGES:
        assert told(list(shared[name].nodelist)) == told(list(plain[name].nodelist)), name


def test_what_is_the_same_is_one_object_and_what_is_translated_is_not():
    twice = "{% if a.b %}x {{ a.b }}{% endif %}" * 2
    source = "{% load i18n %}" + twice + "{% translate a.b %}{% translate 'c' %}"
    with shared_nodes():
        page = Template(source, engine=engine())
    first, second = [node for node in page.nodelist if type(node).__name__ == "IfNode"]
    assert [*first.nodelist] == [*second.nodelist]
    assert (
        first.conditions_nodelists[0][0].value
        is second.conditions_nodelists[0][0].value
        is first.nodelist[1].filter_expression
    )
    translated = [node for node in page.nodelist if type(node).__name__ == "TranslateNode"]
    assert translated[0].filter_expression is not first.nodelist[1].filter_expression
    assert page.render(Context({"a": {"b": "&"}})) == "x &amp;x &amp;&amp;c"
    assert first.nodelist[1].filter_expression.var.translate is False


@pytest.mark.parametrize("source", ["{{ a|lower }}{{ a|lower }}", "{{ 'a' }}{{ 'a' }}"])
def test_filters_are_not_shared(source):
    with shared_nodes():
        page = Template(source, engine=engine())
    first, second = page.nodelist
    assert (first is second) is ("|" not in source)


def test_without_it_nothing_is_shared_and_with_it_half_is():
    def texts(pages):
        return [node for page in pages.values() for node in page.nodelist.get_nodes_by_type(Node) if type(node) is TextNode]

    plain = texts(loaded(PAGES))
    with shared_nodes():
        shared = texts(loaded(PAGES))
    assert [node.s for node in plain] == [node.s for node in shared]
    assert len(Counter(map(id, plain))) == len(plain) > 2 * len(Counter(map(id, shared)))
