"""A long list to tick from, such as all countries: its lines are written once, and a page only marks what is ticked.

The lines are the same for everybody. They are kept by all that they were made from, the names in them included: once a name
is changed, the next page is written anew. What somebody ticked is kept nowhere.
"""

from dataclasses import dataclass
from functools import lru_cache

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

KEPT_READY = 48  # lists in the memory of a process: three in each language, and some with other attributes


@dataclass(frozen=True, slots=True)
class Line:
    """One box with its words; ` checked` comes between the two halves."""

    key: str
    label: str
    box: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that fold under a name, or a line without a group; `keys` and `unticked` are theirs, worked out once."""

    name: str
    lines: tuple
    keys: frozenset
    unticked: str

    def html(self, ticked) -> str:
        return self.unticked if self.keys.isdisjoint(ticked) else _folded(self.name, self.lines, ticked)


def _folded(name, lines, ticked) -> str:
    boxes = "".join([f"{one.box}{' checked' if one.key in ticked else ''}{one.words}" for one in lines])
    if not name:
        return f'\n<div class="choices">{boxes}</div>\n'
    opens = " open" if any(one.key in ticked for one in lines) else ""
    return f'<details{opens}><summary>{name}</summary>\n<div class="choices">{boxes}</div></details>\n'


class Checklist(forms.CheckboxSelectMultiple):
    """js/checklist.js narrows it by typing, and counts where the boxes say how many may be ticked (data-most)."""

    def render(self, name, value, attrs=None, renderer=None):
        widget = forms.Widget.get_context(self, name, value, attrs)["widget"]
        ticked = set(widget["value"])
        groups = _groups(name, tuple(widget["attrs"].items()), self.choices)
        told = [group for group in groups if not group.keys.isdisjoint(ticked)]
        chosen = [one.label for group in told for one in group.lines if one.key in ticked]
        lines = "".join([group.html(ticked) for group in groups])
        return mark_safe(f"{_head(widget['attrs'].get('id', ''), chosen)}{lines}</div>\n")  # noqa: S308 - escaped where written


def _head(identity, chosen) -> str:
    """What stands above the lines: what is ticked, a box to narrow them by, how many may be ticked."""
    entries, narrow, shown = _("Chosen entries"), _("Type to narrow the list"), _("Shown: {count}")
    limit, tags = (
        _("Chosen: {count}; at most {most}"),
        "".join(f"<li><bdi>{conditional_escape(one)}</bdi></li>" for one in chosen),
    )
    return (
        f'<div class="checklist" id="{identity}" tabindex="-1" data-checklist>\n'
        f'<ul class="tags chosen" data-chosen aria-label="{entries}">{tags}</ul>\n'
        f'<div class="narrow" hidden><label for="{identity}_narrow">{narrow}</label>'
        f'<input type="search" id="{identity}_narrow" autocomplete="off">'
        f'<p class="meta" role="status" data-shown="{shown}"></p></div>\n'
        f'<p class="meta count" role="status" data-limit="{limit}" hidden></p>\n'
    )


def _groups(name, attrs, choices) -> tuple:
    """As `written`; a list that lies in memory for many pages (`as_kept`) is looked through once, not for each page."""
    as_kept = getattr(choices, "as_kept", None)
    if as_kept is None:
        return written(name, attrs, _with_words(choices))
    kept, key = as_kept(), (name, attrs, get_language())
    there, groups = _last.get(key, (None, ()))
    if there is not kept:
        groups = written(name, attrs, _with_words(kept))
        if len(_last) >= KEPT_READY:
            _last.clear()
        _last[key] = (kept, groups)
    return groups


_last = {}  # name, attributes, language -> the list itself, so that another one is known from it, and its groups


def _with_words(choices) -> tuple:
    """Pairs of a group and its choices, with their words in the language of the page; no group around a lone choice."""
    return tuple(
        (str(key), tuple((str(each), str(label)) for each, label in choice))
        if isinstance(choice, list | tuple)
        else ("", ((str(key), str(choice)),))
        for key, choice in choices
    )


@lru_cache(maxsize=KEPT_READY)
def written(name, attrs, choices) -> tuple:
    """The groups of a list, each box as Django writes that of a CheckboxSelectMultiple."""
    widget, groups = forms.CheckboxSelectMultiple(attrs=dict(attrs)), []
    for place, (group, lines) in enumerate(choices):
        numbers = range(len(lines)) if group else [None]
        options = [
            widget.create_option(name, key, label, selected=False, index=place, subindex=number)
            for (key, label), number in zip(lines, numbers, strict=True)
        ]
        lines, words = tuple(map(_line, options)), conditional_escape(group)
        groups.append(Group(words, lines, frozenset(one.key for one in lines), _folded(words, lines, ())))
    return tuple(groups)


def _line(option) -> Line:
    """` checked` comes last in a box, so it is written up to there."""
    box = get_default_renderer().render("django/forms/widgets/input.html", {"widget": option}).removesuffix(">")
    label = format_html('<label class="choice" for="{}">', option["attrs"].get("id", ""))
    return Line(option["value"], option["label"], label + box, format_html(">\n <span>{}</span></label>\n", option["label"]))
