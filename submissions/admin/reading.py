"""Reading an input on the review page: its versions, what changed between two of them, who did what."""

import difflib

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from forums.admin.decisions import in_words
from forums.models.call import Level
from submissions.models import Review, Submission
from submissions.questions.showing import sent_answers
from submissions.search.vocabulary import vocabulary

MOST_LINES = 2000
FIELDS = {
    "title": _("Title"),
    "level": _("Level"),
    "language": _("Language"),
    "countries": _("Countries and areas"),
    "regions": _("Regions"),
    "objectives": _("Objectives"),
    "files": _("Files"),
}
TEXTS = {"summary": _("Summary"), "text": _("Text")}


def chosen_version(versions, wanted):
    """The version with that number, the newest where none is asked; None where there is no such version."""
    if not wanted:
        return versions[-1] if versions else None
    return next((version for version in versions if str(version.number) == wanted), None)


def before(versions, version):
    """The version that was sent before it, or None."""
    return next((one for one in versions if one.number == version.number - 1), None)


def differences(old, new) -> dict:
    """What changed from one content to the next: fields with both values, texts line by line."""
    fields = [
        {"label": label, "was": _plain(old.get(name)), "became": _plain(new.get(name))}
        for name, label in FIELDS.items()
        if old.get(name) != new.get(name)
    ]
    texts = [
        {"label": label, "lines": changed_lines(old.get(name, ""), new.get(name, ""))}
        for name, label in TEXTS.items()
        if old.get(name) != new.get(name)
    ]
    answers, chosen = changed_answers(old, new)
    return {"fields": fields + chosen, "texts": texts + answers}


def changed_answers(old, new):
    """Answers that differ, those taken out and put in too: prose line by line, all others with both values."""
    was, became = ({answer.key: answer for answer in sent_answers(content)} for content in (old, new))
    texts, fields = [], []
    for key in dict.fromkeys([*was, *became]):
        before, after = was.get(key), became.get(key)
        plain = [answer.plain if answer else "" for answer in (before, after)]
        if plain[0] == plain[1]:
            continue
        label = (after or before).label
        if (after or before).words:
            values = [", ".join(answer.words) if answer else "–" for answer in (before, after)]
            fields.append({"label": label, "was": values[0], "became": values[1]})
        else:
            texts.append({"label": label, "lines": changed_lines(*plain)})
    return texts, fields


def changed_lines(old, new):
    """Lines that were taken out, put in, or stand around them: pairs of a sign and the line."""
    lines = difflib.unified_diff(old.splitlines()[:MOST_LINES], new.splitlines()[:MOST_LINES], lineterm="", n=2)
    kinds = {"+": "added", "-": "removed", " ": "same", "@": "gap"}
    return [{"kind": kinds[line[0]], "text": line[1:]} for line in list(lines)[2:]]


def _plain(value):
    if isinstance(value, list):
        return ", ".join(str(one["name"] if isinstance(one, dict) else one) for one in value)
    return value or "–"


def particulars(submission, content):
    """Level, language, places and objectives of a version, in words."""
    words = vocabulary([submission.call.forum])
    pairs = [
        (_("Level"), [dict(Level.choices).get(content["level"], content["level"])]),
        (_("Language"), [dict(settings.LANGUAGES).get(content["language"], content["language"])]),
        (_("Countries and areas"), [words.word("country", code) for code in content["countries"]]),
        (_("Regions"), [words.word("region", code) for code in content["regions"]]),
        (_("Objectives"), [words.word("objective", number) for number in content["objectives"]]),
    ]
    return [(label, values) for label, values in pairs if values]


class Names:
    """What a reader may know of who did something: colleagues by name only to those who oversee the reviews."""

    def __init__(self, reader, oversees):
        self.reader, self.oversees = reader, oversees

    def of(self, person, *, of_desk=True):
        if person is None:
            return _("The portal")
        if person.pk == self.reader.pk:
            return _("You")
        if self.oversees:
            return str(person)
        return _("A colleague") if of_desk else _("The author")


AUTHORS_MOVES = {"submitted", "withdrawn"}


def history(steps, names):
    """The steps in words, oldest first."""
    words = dict(Submission.Status.choices)
    return in_words(steps, words, lambda step: names.of(step.by, of_desk=step.became not in AUTHORS_MOVES))


def reviews_of(versions, reader, oversees):
    """Readings of the checklist: one's own, and those of colleagues for those who oversee them."""
    found = []
    for version in versions:
        for review in version.readings:
            own = review["reviewer"] == reader.pk
            if own or oversees:
                still_open = [label for key, label in Review.QUESTIONS.items() if not review["checklist"].get(key)]
                words = {"yes": len(Review.QUESTIONS) - len(still_open), "open": still_open}
                saved_at = parse_datetime(review["saved_at"])
                found.append({**review, **words, "own": own, "version": version, "saved_at": saved_at})
    return found
