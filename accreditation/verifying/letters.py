"""A letter of accreditation: what it says is kept, printed by a sweep, and checked against what stands today."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, LetterOfAccreditation
from forums.printing import pdf_of, qr_svg
from forums.printing_queue import print_waiting
from forums.refusals import Refused
from forums.templatetags.languages import direction
from forums.templatetags.moments import day_in_words

CSS = """
@page { size: A4; margin: 24mm 22mm; }
body { font-size: 11pt; line-height: 1.5; color: #14212b; }
.over { color: #4b5b67; font-size: 10pt; border-bottom: 1.2pt solid #005b96; padding-bottom: 3mm; }
h1 { font-size: 20pt; line-height: 1.25; color: #00395f; margin-top: 14mm; }
h2 { font-size: 15pt; margin: 2mm 0; }
dl { display: grid; grid-template-columns: 45mm 1fr; gap: 2mm 6mm; } dt { color: #4b5b67; } dd { margin: 0; }
.check { display: flex; gap: 8mm; align-items: center; margin-top: 14mm; border-top: 0.4pt solid #6c7c87; padding-top: 5mm; }
.check svg { width: 36mm; height: 36mm; flex: none; } .check p { font-size: 9.5pt; margin: 0 0 2mm; }
"""


def ask_letter(accreditation, *, language, at):
    """A letter of this standing in that language, printed by the next sweep; the newest that still says what stands.

    Asking again returns it. A letter whose standing has changed since is left as it is, and a new one made beside it.
    """
    if not Accreditation.objects.told().filter(pk=accreditation.pk).exists():  # the same words before and after the outcome
        raise Refused(_("A letter is made only of a standing that was recognised or granted, once all were told of it."))
    with transaction.atomic():
        held = Accreditation.objects.select_for_update(of=("self",)).select_related("organisation", "forum", "basis")
        held = held.get(pk=accreditation.pk)
        said = said_of(held)
        newest = held.letters.filter(language=language).first()
        if newest and newest.said == said and not newest.trouble:
            return newest
        return held.letters.create(language=language, said=said, made_at=at)


def said_of(accreditation) -> dict:
    """The facts that a letter certifies, as they stand now."""
    organisation = accreditation.organisation
    return {
        "organisation": organisation.name,
        "organisation_language": organisation.name_language,
        "forum": accreditation.forum.slug,
        "basis": accreditation.basis_id,
        "paragraph": accreditation.basis.paragraph,
        "decided_on": accreditation.decided_on.isoformat(),
        "decided_by": accreditation.decided_by,
        "holds_until": accreditation.holds_until.isoformat() if accreditation.holds_until else "",
    }


def print_letters() -> int:
    """Print the letters that have no file yet; returns how many. One that cannot be printed says why."""
    related = ("accreditation__forum", "accreditation__basis")
    return print_waiting(
        LetterOfAccreditation, related=related, pdf_of=pdf_of_letter, name_of=lambda letter: f"{letter.code}.pdf"
    )


def pdf_of_letter(letter) -> bytes:
    """The bytes of the letter, in its own language."""
    with translation.override(letter.language):
        address = settings.SITE_URL + reverse("accreditation:verify_code", args=[letter.code])
        forum = letter.accreditation.forum
        about = {
            "letter": letter,
            "said": letter.said,
            "forum": forum,
            "basis": letter.accreditation.basis,
            "decided_on": day_in_words(letter.accreditation.decided_on),
            "made_on": day_in_words(letter.made_at.astimezone(forum.zone).date()),
            "address": address,
            "qr": qr_svg(address),
        }
        html = render_to_string("accreditation/print/letter.html", about)
        title = f"{letter.said['organisation']} · {forum.name}"
        return pdf_of(html, title=title, language=letter.language, direction=direction(letter.language), css=CSS)


# The check -----------------------------------------------------------------------------------------------------------


def tidy_code(typed: str) -> str:
    """A code as people type it: capitals, spaces and dashes do not matter, and no code has signs of another script."""
    return "".join(each for each in typed.lower() if each.isascii() and each.isalnum())


def state_of(letter) -> str:
    """Whether what the letter says still stands: stands, expired, withdrawn, or changed since."""
    accreditation = letter.accreditation
    if accreditation.status not in Accreditation.STANDING:
        return accreditation.status if accreditation.status in ("expired", "withdrawn") else "ended"
    return "stands" if said_of(accreditation) == letter.said else "changed"
