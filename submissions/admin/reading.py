"""Reading an input on the review page: its versions, its particulars in words, who did what."""

from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from forums.admin.decisions import in_words
from forums.models.call import Level
from submissions.models import Review, Submission
from submissions.search.vocabulary import vocabulary


def chosen_version(versions, wanted):
    """The version with that number, the newest where none is asked; None where there is no such version."""
    if not wanted:
        return versions[-1] if versions else None
    return next((version for version in versions if str(version.number) == wanted), None)


def particulars(submission, content):
    """Level, language, places and objectives of a version, in words."""
    words = vocabulary([submission.call.forum], kept=True)
    pairs = [
        (_("Level"), [dict(Level.choices).get(content["level"], content["level"])]),
        (_("Language"), [dict(settings.LANGUAGES).get(content["language"], content["language"])]),
        (_("Countries and areas"), [words.word("country", code) for code in content["countries"]]),
        (_("Regions"), [words.word("region", code) for code in content["regions"]]),
        (_("Objectives"), [words.word("objective", number) for number in content["objectives"]]),
        (_("Guiding principles"), [words.word("principle", number) for number in content.get("principles", [])]),
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
