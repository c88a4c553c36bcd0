"""Organisations that take part, for tests: a standing that permits, a person, a wish to speak, a request for support."""

from datetime import UTC, datetime
from itertools import count

from accreditation.models import ForumTerms
from accreditation.participation import choosing, registering, supporting, wishing
from forums.models import Country
from tests.factories import NOW, make_call, make_forum, make_organisation, make_standing, make_user
from tests.forums.programmes import make_session

LATER = datetime(2026, 1, 21, 9, 0, tzinfo=UTC)
_numbers = count(1)


def make_terms(forum, **fields):
    terms, _new = ForumTerms.objects.update_or_create(forum=forum, defaults=fields)
    return terms


def make_participant(forum=None, *, name=None, by=None, status=None, **terms):
    """The standing of an organisation that permits everything, unless told otherwise; `by` speaks for it."""
    forum = forum or make_forum()
    by = by or make_user()
    organisation = make_organisation(name, focal_point=by)
    standing = make_standing(organisation, forum)
    permitted = {"may_attend": True, "may_attend_hearing": True, "may_ask_to_speak": True, "may_send_inputs": True}
    standing.terms = {**permitted, **terms}
    standing.save()
    standing.steps.create(was="screening", became="recognised", at=NOW, announced_at=NOW)
    standing.speaker_account = by
    return standing


def about_person(name="Nadia Example", **more):
    number = next(_numbers)
    said = {"function": "Director", "email": f"person{number}@example.org", "country": None, "gender": "woman"}
    return {"name": name, **said, "access_needs": "", "name_public": False, **more}


def registered(standing, *, event="forum", by=None, at=NOW, **more):
    by = by or standing.speaker_account
    return registering.register(standing, event=event, person=about_person(**more), by=by, at=at)


def words(**more):
    said = {"speaker": "Nadia Example", "function": "Director", "gender": "woman", "spoke_before": False, "language": "en"}
    return {**said, "topic": "What nine missions changed.", "access_needs": "", "name_public": False, **more}


def make_speaking_session(forum=None, *, window="open", **fields):
    """A session that takes wishes while its call is open."""
    forum = forum or make_forum()
    if not forum.calls.filter(purpose="speaking").exists():
        make_call(forum, purpose="speaking", window=window, name="Speaking")
    return make_session(forum, **{"kind": "hearing", "title": "Multi-stakeholder hearing", "day": "2026-05-04", **fields})


def asked(session, standing=None, *, at=NOW, **more):
    standing = standing or make_participant(session.forum)
    return wishing.ask_to_speak(standing, session, words=words(**more), by=standing.speaker_account, at=at)


def staged(wish, choice, by, *, place=None, reason="", at=NOW):
    wish.refresh_from_db()
    seen = choosing.seen_of(wish)
    return choosing.stage(wish, choice=choice, place=place, reason=reason, seen=seen, by=by, at=at)


def release(session, by, *, at=LATER):
    seen = choosing.seen_of_all(session, list(choosing.requests_of(session)))
    return choosing.release(session, seen=seen, by=by, at=at)


def support_words(person="Nadia Example", country="NPL", **more):
    return {"person": person, "country": Country.objects.get(pk=country), "needs": ["travel"], "words": "", **more}


def asked_for_support(organisation, forum, by, *, at=NOW, **more):
    return supporting.ask_for_support(organisation, forum=forum, words=support_words(**more), by=by, at=at)
