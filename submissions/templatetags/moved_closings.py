"""For the page on which the desk moves a closing: how many people it concerns, and the letters as they would go out."""

from copy import copy
from dataclasses import dataclass

from django import template
from django.conf import settings

from forums.operations.letters import words_of
from submissions.operations.correcting import concerned, letter_about

register = template.Library()


@dataclass(frozen=True)
class Preview:
    language: str
    name: str
    readers: int
    subject: str
    text: str


@register.simple_tag
def concerned_by(call, at):
    """How many people have an open draft for this call or were told a closing of it, whichever that was."""
    whatever_it_becomes = copy(call)
    whatever_it_becomes.closes_at = None
    return len(concerned(whatever_it_becomes, before=at))


@register.simple_tag
def letters_about(extension, at):
    """The letter in each language, those first that somebody gets; nobody's draft is named."""
    languages = [person.language for person in concerned(extension.call, before=at)]
    about = letter_about(extension, None, [], was=extension.was, at=at)
    letters = []
    for code, name in settings.LANGUAGES:
        words = words_of("submissions/closing_moved", to="", language=code, about=about)
        letters.append(Preview(code, str(name), languages.count(code), words.subject, words.text))
    return sorted(letters, key=lambda letter: (-letter.readers, letter.language))
