"""The desk's own words for a kind of letter: checked before they are kept, tried on a record before they are used."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from forums.letters import frame
from forums.letters.filling import problems_of
from forums.letters.kinds import Kind
from forums.letters.topics import stop_url
from forums.models import Wording
from forums.refusals import Refused
from forums.typed import one_line, without_control


def problems(kind: Kind, *, subject, text) -> dict[str, list[str]]:
    """What is wrong with these words, under the name of each field; empty when they can be used."""
    in_lists = {name: each for name, each in kind.known.items() if not each.of_author}
    found = {"subject": problems_of(subject, in_lists), "text": problems_of(text, kind.known)}
    for name, words in (("subject", subject), ("text", text)):
        if not words.strip():
            found[name].append(_("A letter needs a subject and a text. Write both, or go back to the shipped words."))
    return {name: sentences for name, sentences in found.items() if sentences}


@transaction.atomic
def word(kind: Kind, *, language, subject, text) -> Wording:
    """Use these words for this kind of letter in this language, from the next letter on."""
    subject, text = one_line(subject), without_control(text.replace("\r\n", "\n")).strip()
    for sentences in problems(kind, subject=subject, text=text).values():
        raise Refused(sentences[0])
    own, _new = Wording.objects.update_or_create(
        kind=kind.code, language=language, defaults={"subject": subject, "text": text, "in_use": True, "trouble": ""}
    )
    return own


def back_to_shipped(wording):
    """Write the shipped words again; one's own are kept and can be taken up once more."""
    if not Wording.objects.filter(pk=wording.pk, in_use=True).update(in_use=False, trouble=""):
        raise Refused(_("The shipped words are in use already."))


def tried_on(kind: Kind, *, language, subject, text, about) -> frame.Words:
    """The letter with these words, in that language, on a record or a sample."""
    with translation.override(language):
        stop = stop_url("reader@example.org", kind.topic, language) if kind.topic else ""
        return frame.worded(kind, one_line(subject), text, frame.with_site(about, stop))
