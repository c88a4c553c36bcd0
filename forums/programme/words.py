"""The changes of a programme in the reader's words: one whole sentence each. Pure."""

from datetime import datetime

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from forums.models import Session
from forums.programme.released import Words
from forums.templatetags.moments import span_in_words

SENTENCES = {
    "added": _("“{session}” was added: {became}."),
    "removed": _("“{session}” is no longer part of the programme. It was planned for {was}."),
    "cancelled": _("“{session}” is cancelled. Reason: {reason}"),
    "reinstated": _("“{session}” takes place after all: {became}."),
    "moved": _("“{session}” moved in time. It was: {was}. It is now: {became}."),
    "room": _("“{session}” moved from {was} to {became}."),
    "access": _("How the room of “{session}” is reached is described anew."),
    "title": _("“{was}” is now called “{became}”."),
    "description": _("“{session}” is described anew."),
    "chairs": _("“{session}” has other chairs. They were: {was}. They are now: {became}."),
    "facilitator": _("“{session}” has another facilitator. It was: {was}. It is now: {became}."),
    "kind": _("“{session}” is a session of another kind. It was: {was}. It is now: {became}."),
    "round_table": _("“{session}” belongs to round table {became}, no longer to round table {was}."),
    "link": _("“{session}” is followed at another link: {became}"),
    "interpretation": _("“{session}” has other languages of interpretation. They were: {was}. They are now: {became}."),
    "slots": _("Those who are given the floor in “{session}” are named anew."),
}
SET_FIRST = {
    "room": _("“{session}” is held in {became}."),
    "chairs": _("“{session}” is chaired by {became}."),
    "facilitator": _("“{session}” is facilitated by {became}."),
    "round_table": _("“{session}” belongs to round table {became}."),
    "link": _("“{session}” can be followed at {became}"),
    "interpretation": _("“{session}” has interpretation: {became}."),
}
TAKEN_BACK = {
    "room": _("“{session}” has no room at present. It was: {was}."),
    "chairs": _("“{session}” has no chairs at present. They were: {was}."),
    "facilitator": _("“{session}” has no facilitator at present. It was: {was}."),
    "round_table": _("“{session}” no longer belongs to round table {was}."),
    "link": _("“{session}” can no longer be followed by a link."),
    "interpretation": _("“{session}” no longer has interpretation. It was: {was}."),
}

# A wording that differs only in languages which the reader does not read.
ELSEWHERE = _("“{session}” is worded anew in another language.")


def in_plain_words(changes, zone) -> list[str]:
    """The stored changes of a release as sentences in the active language: for letters, feeds and the API."""
    return [str(sentence).format(**words) for sentence, words in (_said(change, zone) for change in changes)]


def in_html_words(changes, zone) -> list[str]:
    """The same for a page, every name isolated from the direction of the sentence around it."""
    return [
        format_html(str(sentence), **{name: format_html("<bdi>{}</bdi>", word) for name, word in words.items()})
        for sentence, words in (_said(change, zone) for change in changes)
    ]


def _said(change, zone):
    """The sentence with its places in braces, and the words that fill them."""
    kind = change["kind"]
    was, became = (_value(kind, change.get(end), zone) for end in ("was", "became"))
    sentences = SENTENCES
    if kind in SET_FIRST and not (was and became):
        sentences = SET_FIRST if became else TAKEN_BACK
    words = {"session": str(Words(change["title"])), "reason": change.get("reason", "")}
    sentence = ELSEWHERE if was and was == became else sentences[kind]
    return sentence, {**words, "was": was, "became": became}


def _value(kind, value, zone) -> str:
    """What something was or became, in words of the active language."""
    if not value:
        return ""
    if kind in ("moved", "added", "removed", "reinstated"):
        return span_in_words(*map(datetime.fromisoformat, value), zone)
    if kind == "chairs":
        return _listed(Words(value).lines)
    if kind == "interpretation":
        return _listed([str(word) for code, word in settings.LANGUAGES if code in value])
    if kind == "kind":
        return str(Session.Kind(value).label)
    return str(Words(value) if isinstance(value, dict) else value)


def _listed(words) -> str:
    """Names as the language lists them: a, b and c."""
    from babel.lists import format_list  # loads tables of all languages: few pages ask

    return format_list(words, locale=to_locale(get_language() or "en"))
