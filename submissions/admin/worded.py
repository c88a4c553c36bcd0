"""What the cells of the queue say of a status, a level or a standing: worded once a language, not once a line."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation.models import Accreditation
from accreditation.templatetags.standings import standing_tone
from forums.admin.rooms import badge
from forums.models.call import Level
from submissions.models import Submission
from submissions.templatetags.input_statuses import input_tone

KEPT_READY = 512


def status_in_words(status, *, late=False):
    """The status of an input with its colour, and whether it came late."""
    return _status(status, late, get_language())


@lru_cache(maxsize=KEPT_READY)
def _status(status, late, language):
    shown = badge(dict(Submission.Status.choices).get(status, status), input_tone(status))
    return format_html("{} {}", shown, badge(_("Late"), "wait")) if late else shown


def level_in_words(level) -> str:
    return _level(level, get_language())


@lru_cache(maxsize=KEPT_READY)
def _level(level, language):
    return str(dict(Level.choices).get(level, "–"))


def nobody() -> str:
    return _nobody(get_language())


@lru_cache(maxsize=KEPT_READY)
def _nobody(language):
    return _("Nobody")


def standing_in_words(standing):
    """The standing of the organisation beside its input, or that none was recorded."""
    return _standing(standing and standing["status"], standing and standing["basis"], get_language())


@lru_cache(maxsize=KEPT_READY)
def _standing(status, basis, language):
    if not status:
        return _("No standing recorded")
    word = dict(Accreditation.Status.choices).get(status, status)
    return format_html("{} {}", badge(word, standing_tone(status)), basis)
