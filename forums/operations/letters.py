"""Letters: written as rows in the transaction of what they tell about; the outbox sends them (sending.py)."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import translation

from forums.letters import frame
from forums.letters.kinds import kind_of
from forums.letters.topics import stop_url
from forums.models import Letter, SecondLanguage, Wording
from forums.operations.stopping import is_stopped

log = logging.getLogger(__name__)
_gathering = ContextVar("the letters of this act", default=None)


@contextmanager
def gathered():
    """A list of the letters that are written in this block, in their order: those of one act."""
    letters = []
    before = _gathering.set(letters)
    try:
        yield letters
    finally:
        _gathering.reset(before)


def write(template, *, to, language, about, key, at, private=False, forum=None, not_before=None):
    """Store one letter to one address in that language; the row is the promise to send it.

    `template` names a trio in templates/emails/: .subject.txt, .txt and .html; the desk's own wording of it goes before.
    `key` makes it unique: writing the same letter again stores nothing and returns the one that is there. Returns None,
    and stores nothing, when this address has stopped letters of this topic.
    """
    kind = kind_of(template)
    topic = kind.topic if kind else ""
    if topic and is_stopped(to, topic):
        return None
    words = words_of(template, to=to, language=language, about=about)
    if second := second_language(to, besides=language):
        words = frame.both(words, words_of(template, to=to, language=second, about=about), second)
    letter, _new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "kind": template,
            "to": to,
            "language": language,
            "forum": forum,
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "private": private,
            "written_at": at,
            "not_before": not_before or at,
        },
    )
    if (of_this_act := _gathering.get()) is not None:
        of_this_act.append(letter)
    return letter


def second_language(email, *, besides="") -> str:
    """The language in which this address wants its letters as well; empty where it asked for none but its own."""
    asked = SecondLanguage.objects.filter(email__iexact=email).exclude(language=besides)
    return asked.values_list("language", flat=True).first() or ""


def words_of(template, *, to, language, about) -> frame.Words:
    """What the letter says, as it would go out now; stores nothing."""
    kind = kind_of(template)
    with translation.override(language):
        said = frame.with_site(about, stop_url(to, kind.topic, language) if kind and kind.topic else "")
        words = _own_words(kind, language, said) if kind else None
        return words or frame.shipped(template, said)


def _own_words(kind, language, about):
    """The desk's wording, filled in. If that fails the shipped letter goes out and the desk is told: no letter is lost."""
    wording = Wording.objects.filter(kind=kind.code, language=language, in_use=True).first()
    if wording is None:
        return None
    try:
        with transaction.atomic():
            return frame.worded(kind, wording.subject, wording.text, about)
    except Exception as why:
        log.exception("the wording of %s in %s could not be filled in", kind.code, language)
        Wording.objects.filter(pk=wording.pk).update(trouble=f"{type(why).__name__}: {why}"[:500])
        return None
