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
    """Lines that fold under a name, or a line without a group."""

    name: str
    lines: tuple

    def html(self, ticked) -> str:
        lines = "".join(f"{one.box}{' checked' if one.key in ticked else ''}{one.words}" for one in self.lines)
        if not self.name:
            return f'\n<div class="choices">{lines}</div>\n'
        opens = " open" if any(one.key in ticked for one in self.lines) else ""
        return f'<details{opens}><summary>{self.name}</summary>\n<div class="choices">{lines}</div></details>\n'


class Checklist(forms.CheckboxSelectMultiple):
    template_name = "components/_checklist.html"

    def get_context(self, name, value, attrs):
        """`chosen` and `lines` stand in place of Django's options, of which there are hundreds."""
        context = forms.Widget.get_context(self, name, value, attrs)
        widget = context["widget"]
        ticked = set(widget["value"])
        groups = written(name, tuple(widget["attrs"].items()), _with_words(self.choices))
        widget["lines"] = mark_safe("".join(group.html(ticked) for group in groups))  # noqa: S308 - escaped where written
        widget["chosen"] = [one.label for group in groups for one in group.lines if one.key in ticked]
        return context


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
        groups.append(Group(conditional_escape(group), tuple(map(_line, options))))
    return tuple(groups)


def _line(option) -> Line:
    """` checked` comes last in a box, so it is written up to there."""
    box = get_default_renderer().render("django/forms/widgets/input.html", {"widget": option}).removesuffix(">")
    label = format_html('<label class="choice" for="{}">', option["attrs"].get("id", ""))
    return Line(option["value"], option["label"], label + box, format_html(">\n <span>{}</span></label>\n", option["label"]))
