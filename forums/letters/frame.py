"""The words of a letter in its frame: shipped ones from templates, the desk's own put into the same frame; HTML twin."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import mark_safe

from forums.letters.filling import filled
from forums.templatetags.languages import direction
from forums.typed import one_line

FOOT = "\n--\n"  # what stands below it is the portal's: why one gets the letter, who sends it, how to stop it
LONGEST_SUBJECT = 300
BETWEEN = "\n" + "=" * 40 + "\n\n"
BODY = re.compile(r"<body[^>]*>(.*)</body>", re.S)


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str


def with_site(about, stop_url="") -> dict:
    """What every template of a letter may say beside its own matter."""
    return {**about, "site_url": settings.SITE_URL, "contact_email": settings.CONTACT_EMAIL, "stop_url": stop_url}


def shipped(code, about) -> Words:
    """The letter as its trio of templates says it in the active language."""
    return Words(
        subject=on_one_line(render_to_string(f"emails/{code}.subject.txt", about)),
        text=tidy(render_to_string(f"emails/{code}.txt", about)),
        html=render_to_string(f"emails/{code}.html", about),
    )


def worded(kind, subject, text, about) -> Words:
    """The letter as the desk words it. Values are text: they make no link, no tag, no header, no further placeholder."""
    known = kind.known

    def value_of(name):
        return known[name].value(about)

    subject = on_one_line(filled(subject, value_of, within=one_line))
    body = filled(text, value_of)
    whole = tidy(render_to_string("emails/worded.txt", {**about, "shipped": f"emails/{kind.code}.txt", "body": body}))
    inner = filled(text, value_of, around=escape, within=isolated)
    return Words(subject, whole, html_of(subject, inner, split(whole)[1], about))


def reworded(letter, subject, body, about) -> Words:
    """A written letter with another subject and body; what stands below its foot stays."""
    foot = split(letter.text)[1]
    whole = tidy(f"{body}\n{FOOT}{foot}") if foot else tidy(body)
    subject = on_one_line(subject)
    return Words(subject, whole, html_of(subject, escape(body), foot, about))


def both(first, second, language) -> Words:
    """One letter that says everything in two languages, the reader's own first; its subject is in that one."""
    inner = BODY.search(second.html)
    again = f'<hr><div lang="{language}" dir="{direction(language)}">{inner[1]}</div>' if inner else ""
    html = first.html.replace("</body>", f"{again}</body>") if first.html else ""
    return Words(first.subject, f"{first.text}{BETWEEN}{second.text}", html)


def starting_words(kind) -> tuple[str, str]:
    """Subject and body of the shipped letter with its placeholders, to begin a wording of one's own from."""
    about = with_site(kind.sample())
    words = shipped(kind.code, about)
    values = {name: str(one.value(about)).strip() for name, one in kind.known.items()}
    subject, body = words.subject, split(words.text)[0]
    for name, value in sorted(values.items(), key=lambda pair: -len(pair[1])):
        if value:
            subject = subject.replace(on_one_line(value), "{" + name + "}")  # a subject has no hard spaces
            body = body.replace(value, "{" + name + "}")
    return subject, body


def split(text) -> tuple[str, str]:
    """Body and foot of a letter."""
    body, foot, below = text.rpartition(FOOT)
    return (body.strip() + "\n", below) if foot else (text, "")


def html_of(subject, inner, foot, about) -> str:
    """The frame in HTML round escaped text; only addresses of this site become links."""
    address = re.escape(escape(settings.SITE_URL)) + r"(?:/[^\s<]*[^\s<.,;:!?)])?(?![\w.@:-])"
    linked = re.sub(address, lambda match: f'<a href="{match[0]}">{match[0]}</a>', inner)
    paragraphs = mark_safe(linebreaks(linked.strip(), autoescape=False))  # noqa: S308  escaped piece by piece above
    why = foot.partition("\n")[0]
    return render_to_string("emails/worded.html", {**about, "subject": subject, "body": paragraphs, "why": why})


def isolated(value) -> str:
    """A value in HTML, its direction kept from turning the words around it."""
    return escape(value) if "\n" in value else format_html("<bdi>{}</bdi>", value)


def on_one_line(text) -> str:
    """A subject: one line, so that it cannot add a header, and no longer than its column."""
    return one_line(text)[:LONGEST_SUBJECT]


def tidy(text) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip() + "\n"
