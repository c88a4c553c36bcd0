"""Parts of an author's pages that stand there by the dozen, written without a template; what is put in is escaped here.

Sentences of the portal are HTML already, as in its templates.

tests/submissions/test_written_parts.py compares each with the template that it would be.
"""

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.templatetags.languages import direction
from submissions.questions.fields import condition_in_words

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


def checked_answers(answers, submission, page) -> str:
    """Each question with what was answered and what it lacks; `page` says more of the text and of the objectives."""
    words = words_of_heads()
    return mark_safe("".join([_checked(answer, submission, page, words) for answer in answers]))  # noqa: S308 - as this file says


def _checked(answer, submission, page, words) -> str:
    lack = f'<p class="status stop">{conditional_escape(answer["lack"])}</p>' if answer["lack"] else ""
    if answer["name"] == "text":
        body = _text_in_html(submission, page)
    elif answer["shown"]:
        shown = {"answer": answer["shown"], "language": submission.language}
        body = render_to_string("components/_answer.html", shown)
    else:
        body = answer_in_html(answer, submission)
        if answer["name"] == "objectives" and page["round_tables"]:
            said = _("Round tables at which these objectives are discussed:")
            body += f'<p class="meta">{said} {", ".join(map(str, page["round_tables"]))}</p>'
    return f"{head_of_answer(answer, submission, words)}\n<dd>{lack}\n{body}\n</dd>"


def _text_in_html(submission, page) -> str:
    if not submission.text:
        return NOTHING
    language, count = submission.language, page["words"]
    marks = f'lang="{escape(language)}" dir="{direction(language)}"'
    counted = ngettext("%(words)s word of %(most)s", "%(words)s words of %(most)s", count)
    counted %= {"words": localize(count), "most": localize(submission.call.most_words)}
    return f'<div class="text" {marks}>{page["text_as_shown"]}</div><p class="meta">{counted}</p>'


def section_in_html(form, part, number) -> str:
    """A section of the call's form: `section` and its questions as bound `fields`."""
    section, name = part["section"], f"section-{number}"
    head = (
        f'<section id="{name}" aria-labelledby="{name}-head"><h2 id="{name}-head">{conditional_escape(section.title)}</h2>\n'
    )
    guidance = f'<div class="help">{linebreaks(section.guidance, autoescape=True)}</div>' if section.guidance else ""
    asked = "".join([_asked(form.form, field) for field in part["fields"]])
    return mark_safe(f"{head}{guidance}{asked}</section>\n")  # noqa: S308 - as this file says


def _asked(form, field) -> str:
    """A question; on which earlier answer it depends, for readers and for js/questions.js."""
    question, marks, words = field.field.question, "", ""
    if question.shown_if:
        answers = escape(" ".join(question.shown_if_answers))
        marks = f' data-only-if="q_{escape(question.shown_if)}" data-only-when="{answers}"'
    if sentence := condition_in_words(form, question):
        words = f'<p class="meta only-if">{conditional_escape(sentence)}</p>'
    return f'<div class="asked"{marks}>{words}{field.as_field_group()}</div>'


def words_of_heads() -> dict:
    """What the heads of all answers say, in the language of the page."""
    return {"public": _("Public"), "for the Network": _("Only the Network"), "change": _("Change")}


def head_of_answer(answer, submission, words) -> str:
    """A question on the page before sending: what it is called, who can read the answer, the way to change it."""
    label, shown = conditional_escape(answer["label"]), answer["public"] and submission.publish_as == "named"
    change, seen_by = "", words["public"] if shown else words["for the Network"]
    if submission.is_writable and not answer["closed"]:
        change = f'<a href="{escape(answer["url"])}">{words["change"]}<span class="visually-hidden"> {label}</span></a>'
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
