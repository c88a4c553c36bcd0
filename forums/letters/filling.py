"""Words with placeholders in braces: what is wrong with them, and how they are filled in. Pure; nothing is ever executed."""

import re

from django.utils.translation import gettext as _

from forums.typed import without_control

# `{name}`, or a brace that is no part of one. Values are never looked through again, so a brace in a title stays a brace.
PARTS = re.compile(r"\{([^{}\n]*)\}|[{}]")
NEAR = 12


def problems_of(text: str, known) -> list[str]:
    """A sentence for each placeholder that does not exist and each brace that stands alone."""
    found = []
    for match in PARTS.finditer(text):
        name = match[1]
        if name is None:
            near = text[max(0, match.start() - NEAR) : match.end() + NEAR].replace("\n", " ")
            found.append(
                _("A brace stands alone near “%(near)s”. Braces may only stand round the name of a placeholder: %(known)s.")
                % {"near": near, "known": listed(known)}
            )
        elif name not in known:
            found.append(
                _("“%(written)s” is not a placeholder of this letter. It knows: %(known)s.")
                % {"written": match[0], "known": listed(known)}
            )
    return list(dict.fromkeys(found))


def listed(known) -> str:
    return ", ".join("{" + name + "}" for name in known)


def filled(text: str, value_of, around=lambda words: words, within=lambda words: words) -> str:
    """The text with each placeholder's value; `around` treats what the desk wrote, `within` each value.

    Raises KeyError for a placeholder that does not exist and ValueError for a brace that stands alone.
    """
    said, end = [], 0
    for match in PARTS.finditer(text):
        if match[1] is None:
            raise ValueError(f"a brace stands alone at {match.start()}")
        said += [around(text[end : match.start()]), within(plain(value_of(match[1])))]
        end = match.end()
    return "".join([*said, around(text[end:])])


def plain(value) -> str:
    """A value as plain text: line ends of one sort, no control characters."""
    return without_control(str(value).replace("\r\n", "\n").replace("\r", "\n"))
