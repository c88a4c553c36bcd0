"""Tables of addresses that say everything once, where Django says it for each language, folder and kind of name.

To write an address (`reverse`) Django keeps a table of all of them for each language, since one may be translated. Of
ours only the prefix differs: five of six tables said the same, 15 MB of a web process, made while its first visitor waits.
Whatever does depend on the language (the prefix, a translated route, and all that includes one) keeps a table for each.

A table is put together from those of what it includes, which nobody asks again: they are let go of. And each address stands
in it twice, under its name and under its view: as one object.
"""

from contextlib import contextmanager

from django.urls import LocalePrefixPattern, URLResolver
from django.utils.translation import get_language

_lay_out = URLResolver._populate
_laid_out = []  # resolvers, while a process is loaded
_watching = []


def keep_one_table() -> None:
    """From now on a resolver whose addresses are the same in all languages lays out its table once in this process."""
    URLResolver._populate = _populate


@contextmanager
def watched():
    """While a process is loaded, before it has threads: what is laid out inside can be made small at its end."""
    _watching.append(True)
    try:
        yield
    finally:
        _watching.clear()
        _laid_out.clear()


def let_go_of_inner_tables() -> None:
    """Of what was laid out to be put into another table; where one is asked after all, it is laid out again."""
    inner = [below for resolver in _laid_out for below in resolver.url_patterns if isinstance(below, URLResolver)]
    for resolver in inner:
        resolver._reverse_dict.clear()


def say_once() -> None:
    """What is the same in the tables, under two names or in two languages, becomes one object."""
    said = {}
    for table in {id(table): table for resolver in _laid_out for table in resolver._reverse_dict.values()}.values():
        for name, ways in list(table.lists()):
            table.setlist(name, said.setdefault(tuple(map(_key, ways)), ways))


def _key(way) -> tuple:
    """Two ways with the same key write the same address."""
    parts, pattern, defaults, converters = way
    given = sorted((name, type(value), value if isinstance(value, str) else id(value)) for name, value in defaults.items())
    return repr(parts), pattern, tuple(given), tuple((name, id(each)) for name, each in converters.items())


def _populate(resolver) -> None:
    language, tables = get_language(), (resolver._reverse_dict, resolver._namespace_dict, resolver._app_dict)
    if not resolver._reverse_dict or depends_on_language(resolver):
        _lay_out(resolver)
        _laid_out.extend([resolver] * len(_watching))
    elif language not in resolver._reverse_dict:
        for table in tables:
            table[language] = next(iter(table.values()))


def depends_on_language(resolver) -> bool:
    """Whether one of its addresses is another one in another language; answered once."""
    if not hasattr(resolver, "_depends_on_language"):
        below = getattr(resolver, "url_patterns", ())
        resolver._depends_on_language = _is_translated(resolver.pattern) or any(map(depends_on_language, below))
    return resolver._depends_on_language


def _is_translated(pattern) -> bool:
    written = getattr(pattern, "_route", None) or getattr(pattern, "_regex", "")
    return isinstance(pattern, LocalePrefixPattern) or not isinstance(written, str)
