"""{% kept %} ... {% endkept %}: a piece of a page that is the same for everybody, written once for each language and kept.

Inside nothing of the page can be seen but the words that the tag names, as in `{% kept here %}`: what is kept depends on
nothing else, and nothing of a person comes into it unless it is named. Pieces live as long as the process and its templates.
The key of a row, as in `{% kept key=input.pk %}`, is put in afterwards, so that one piece serves all rows: inside it may
stand in addresses and be printed, and nothing can be asked about it.
"""

from collections import OrderedDict
from uuid import UUID

from django import template
from django.template.base import token_kwargs
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST_KEPT = 128  # pieces of one tag
PLAIN = (str, int, bool, type(None))
PLACES = [UUID(int=(0x1903 << 64) | number) for number in range(4)]  # no key that was ever drawn


class Kept(template.Node):
    def __init__(self, inside, named):
        self.nodelist, self.named, self.pieces = inside, named, OrderedDict()

    def render(self, context):
        values, keys = {name: value.resolve(context) for name, value in self.named.items()}, []
        for name, value in values.items():
            if type(value) is UUID:
                values[name] = str(PLACES[len(keys)])
                keys.append(str(value))
            elif type(value) not in PLAIN:
                raise TypeError(f"Only plain words and numbers can be named: {values}")
        key = (get_language(), _addresses(context), *[(type(value), value) for value in values.values()])
        if (piece := self.pieces.get(key)) is None:
            piece = self.pieces[key] = self._written(values, context)
            while len(self.pieces) > MOST_KEPT:
                self.pieces.popitem(last=False)
        for place, its_key in zip(PLACES, keys, strict=False):
            piece = SafeString(piece.replace(str(place), its_key))
        return piece

    def _written(self, values, context):
        alone = template.Context(values)
        with alone.bind_template(context.template):
            return self.nodelist.render(alone)


def _addresses(context) -> tuple:
    """By what addresses are written; the same for all of a page, so looked up once for each."""
    found = getattr(context.render_context, "addresses", None)
    if found is None:
        found = context.render_context.addresses = (get_urlconf(), get_script_prefix())
    return found


@register.tag
def kept(parser, token):
    """`{% kept here slug=forum.slug %}`: what is named, by its own name or another."""
    named = {}
    for word in token.split_contents()[1:]:
        named |= token_kwargs([word], parser) or {word: parser.compile_filter(word)}
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, named)
