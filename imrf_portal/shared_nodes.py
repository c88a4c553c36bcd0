"""What templates are made of, once where it is the same: a line break, `{{ forum.name }}`, the name of an address.

Half of all nodes of our templates say what another one says. They are looked up while the templates are loaded; none of
them changes when a page is made. What is translated is left out: `{% translate %}` notes in its expression that it is.
"""

from contextlib import contextmanager

from django.template.base import FilterExpression, Parser, TextNode, VariableNode
from django.template.defaulttags import ForNode, TemplateLiteral, URLNode, WithNode
from django.template.loader_tags import IncludeNode

_add = Parser.extend_nodelist


@contextmanager
def shared_nodes():
    """Templates that are loaded inside share what is the same in them; for a process without threads."""
    shared = {}

    def add(parser, nodelist, node, token):
        _add(parser, nodelist, _shared(node, shared), token)

    Parser.extend_nodelist = add
    try:
        yield
    finally:
        Parser.extend_nodelist = _add


def _shared(node, shared):
    kind = type(node)
    if kind is TextNode:
        return shared.setdefault(("text", node.s), node)
    if kind is VariableNode and not node.filter_expression.filters:
        node.filter_expression = _expression(node.filter_expression, shared)
        return shared.setdefault(("variable", node.filter_expression.token), node)
    _share_expressions(kind, node, shared)
    return node


def _share_expressions(kind, node, shared):
    if kind is URLNode:
        node.view_name = _expression(node.view_name, shared)
        node.args = [_expression(each, shared) for each in node.args]
        node.kwargs = {name: _expression(each, shared) for name, each in node.kwargs.items()}
    elif kind is ForNode:
        node.sequence = _expression(node.sequence, shared)
    elif kind in (IncludeNode, WithNode):
        if kind is IncludeNode:
            node.template = _expression(node.template, shared)
        node.extra_context = {name: _expression(each, shared) for name, each in node.extra_context.items()}
    elif hasattr(node, "conditions_nodelists"):
        for condition, _nodelist in node.conditions_nodelists:
            _share_condition(condition, shared)


def _share_condition(condition, shared):
    if isinstance(condition, TemplateLiteral):
        condition.value = _expression(condition.value, shared)
        return
    for side in ("first", "second"):
        if (part := getattr(condition, side, None)) is not None:
            _share_condition(part, shared)


def _expression(expression, shared):
    """One without filters is what its text says; the same filter may be another one in another template."""
    if type(expression) is not FilterExpression or expression.filters:
        return expression
    return shared.setdefault(("expression", expression.token), expression)
