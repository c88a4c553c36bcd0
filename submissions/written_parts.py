"""Parts of an author's pages that stand there by the dozen, written without a template; what is put in is escaped here.

Sentences of the portal are HTML already, as in its templates.

tests/submissions/test_written_parts.py compares each with the template that it would be.
"""

from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from forums.templatetags.languages import direction

NOTHING = "<p>—</p>"


def steps_in_html(steps) -> str:
    """The parts of an input as links: `label`, `url`, and `note` at the end of the line, where there is one."""
    done, parts = _("done"), _("Parts of this input")
    lines = [f'<nav aria-label="{parts}"><ol class="steps">']
    for step in steps:
        stands = "current" if step.get("current") else "done" if step.get("done") else ""
        here = ' aria-current="step"' if stands == "current" else ""
        note = conditional_escape(step.get("note") or "") or (done if step.get("done") else "")
        end = f'<span class="meta">{note}</span>' if note else ""
        label = conditional_escape(step["label"])
        lines.append(f'<li class="{stands}"><a href="{escape(step["url"])}"{here}><span>{label}</span>{end}</a></li>')
    return mark_safe("\n".join([*lines, "</ol></nav>\n"]))  # noqa: S308 - as this file says


def head_of_answer(answer, submission) -> str:
    """A question on the page before sending: what it is called, who can read the answer, the way to change it."""
    label, shown = conditional_escape(answer["label"]), answer["public"] and submission.publish_as == "named"
    change, seen_by = "", _("Public") if shown else _("Only the Network")
    if submission.is_writable and not answer["closed"]:
        words = _("Change")
        change = f'<a href="{escape(answer["url"])}">{words}<span class="visually-hidden"> {label}</span></a>'
    return mark_safe(  # noqa: S308 - as this file says
        f'<dt class="row apart"><span>{label}</span> <span class="row"><span class="status plain">{seen_by}</span>{change}'
        "</span></dt>"
    )


def answer_in_html(answer, submission) -> str:
    """What was answered there: a list, a text as it was typed, or words."""
    value = answer["value"]
    if answer["listed"]:
        lines = "".join(f"<li><bdi>{conditional_escape(name)}</bdi></li>" for name in value)
        return mark_safe(f'<ul class="plain-list">{lines}</ul>' if value else NOTHING)  # noqa: S308
    if answer["typed"]:
        language = submission.language
        marks = f'lang="{escape(language)}" dir="{direction(language)}"'
        return mark_safe(f'<p class="text kept-breaks" {marks}>{conditional_escape(value)}</p>' if value else NOTHING)  # noqa: S308
    words = conditional_escape(value) if isinstance(value, str) else ", ".join(map(conditional_escape, value))
    return mark_safe(f"<p><bdi>{words or '—'}</bdi></p>")  # noqa: S308
