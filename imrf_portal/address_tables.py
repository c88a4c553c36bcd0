"""One table of addresses for all languages, where Django makes one for each.

To write an address (`reverse`) Django keeps a table of all of them for each language, since one may be translated. Of
ours only the prefix differs: five of six tables said the same, 15 MB of a web process, made while its first visitor waits.
Whatever does depend on the language (the prefix, a translated route, and all that includes one) keeps a table for each.
"""

from django.urls import LocalePrefixPattern, URLResolver
from django.utils.translation import get_language

_lay_out = URLResolver._populate


def keep_one_table() -> None:
    """From now on a resolver whose addresses are the same in all languages lays out its table once in this process."""
    URLResolver._populate = _populate


def _populate(resolver) -> None:
    language, tables = get_language(), (resolver._reverse_dict, resolver._namespace_dict, resolver._app_dict)
    if not resolver._populated or depends_on_language(resolver):
        _lay_out(resolver)
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
