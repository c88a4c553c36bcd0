"""Whether a form can work: what stands against publishing it, in sentences for who writes it. Pure."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from forums.reading import SIX_LANGUAGES
from submissions.models.form_template import pairs_of

OPTION_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
CHOSEN = ("choice", "several", "yes_no")  # kinds on whose answer another question may depend
WITH_OPTIONS = ("choice", "several", "table")


def problems(form) -> list[str]:
    """All that keeps this form from being published; empty when nothing does."""
    found = []
    if not form.asked:
        found.append(_("The form has no question. Add one."))
    for section in form.parts:
        if not section.asked:
            found.append(
                _("The section “%(section)s” has no question. Add one, or take the section out.") % {"section": section}
            )
    for key, times in Counter(question.key for question in form.asked).items():
        if times > 1:
            found.append(
                _("The key “%(key)s” is given to %(times)d questions. Each needs its own.") % {"key": key, "times": times}
            )
    earlier = {}
    for question in form.asked:
        found += [
            f"{question}: {sentence}" for sentence in (*problems_of(question), *_of_condition(question, earlier, form))
        ]
        earlier[question.key] = question
    return found


def problems_of(question) -> list[str]:
    """What is wrong with a question by itself."""
    if question.kind not in WITH_OPTIONS:
        return []
    found, keys = [], _keys(question.options_en)
    if len(keys) < (1 if question.kind == "table" else 2):
        found.append(
            _("A table needs a column.")
            if question.kind == "table"
            else _("There is nothing to choose from. Write two choices or more.")
        )
    for language in SIX_LANGUAGES:
        lines = getattr(question, f"options_{language.replace('-', '_')}") or ""
        found += _of_lines(lines, language)
        if strange := [key for key in _keys(lines) if key not in keys]:
            found.append(
                _("The key “%(key)s” (%(language)s) is not among the English ones.")
                % {"key": strange[0], "language": language}
            )
    return found


def _of_lines(lines, language) -> list[str]:
    found = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        key, sign, words = (part.strip() for part in line.partition("="))
        if not sign or not words or not OPTION_KEY.fullmatch(key):
            sentence = _(
                "The line “%(line)s” (%(language)s) is not a key, an equals sign and words, such as: partly = In part"
            )
            found.append(sentence % {"line": line, "language": language})
    for key, times in Counter(_all_keys(lines)).items():
        if times > 1:
            found.append(_("The key “%(key)s” (%(language)s) stands there twice.") % {"key": key, "language": language})
    return found


def _keys(lines):
    return list(pairs_of(lines))


def _all_keys(lines):
    return [line.partition("=")[0].strip() for line in (lines or "").splitlines() if "=" in line]


def _of_condition(question, earlier, form) -> list[str]:
    if not question.shown_if:
        return [_("It names answers, but no question that has them.")] if question.shown_if_answers else []
    other = earlier.get(question.shown_if)
    if other is None:
        if question.shown_if in form.by_key:
            return [_("It depends on “%(key)s”, which comes later. Put it before.") % {"key": question.shown_if}]
        return [_("It depends on “%(key)s”, which is not in this form.") % {"key": question.shown_if}]
    if other.kind not in CHOSEN:
        return [_("It depends on “%(key)s”, which is not answered by choosing.") % {"key": question.shown_if}]
    unknown = [key for key in question.shown_if_answers if key not in other.words_of]
    if unknown or not question.shown_if_answers:
        known = ", ".join(other.words_of)
        return [_("Name answers of “%(key)s” on which it is shown: %(known)s.") % {"key": other.key, "known": known}]
    return []
