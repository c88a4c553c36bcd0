"""The letters of a release of speakers before it is released: how many, one of each answer in each language."""

from copy import copy

from accreditation.models import SpeakingLettersChoice
from accreditation.notifications import languages_of
from accreditation.participation import choosing, telling
from forums.operations.rehearsing_many import Addressed, Look, keep_for_all, look


def before_release(session, letters, *, seen, by, at) -> Look:
    """What releasing now would tell; stores nothing. Raises Refused as the release does."""
    wishes = list(choosing.requests_of(session))
    choosing.ask_release(session, wishes, seen=seen, at=at)
    coming = [wish for wish in wishes if wish.staged]
    languages = languages_of({wish.accreditation.organisation_id for wish in coming})
    addressed = [
        Addressed(
            wish,
            wish.accreditation.organisation.name,
            telling.template_of(telling.SPEAKING, wish.status, wish.staged),
            languages.get(wish.accreditation.organisation_id, ()),
        )
        for wish in coming
    ]

    def written(wish):
        step = choosing.answer(copy(wish), by=by, at=at)
        keep_for_all(SpeakingLettersChoice, [step], letters, owes=False, by=by, at=at)
        return telling.speaking_letters_for(step, at=at)

    return look(addressed, written, owed=telling.OWED_OF_SPEAKING)
