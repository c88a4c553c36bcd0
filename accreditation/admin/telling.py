"""What a button says before it is pressed: how many people will get a letter, and in which languages."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def whom_it_tells(organisation, people):
    """A sentence about the letters that a decision sends to these people; it names no person."""
    if not people:
        sentence = _("Nobody of <bdi>{organisation}</bdi> can be written to: it has no focal point with an account.")
        return format_html(sentence, organisation=organisation.name)
    names = dict(settings.LANGUAGES)
    languages = sorted({str(names.get(person.language, person.language)) for person in people})
    sentence = ngettext(
        "{count} person of <bdi>{organisation}</bdi> will get a letter ({languages}).",
        "{count} people of <bdi>{organisation}</bdi> will get a letter ({languages}).",
        len(people),
    )
    return format_html(
        sentence, count=len(people), organisation=organisation.name, languages=get_text_list(languages, _("and"))
    )


def tells_nobody():
    return _("No letter goes out.")
