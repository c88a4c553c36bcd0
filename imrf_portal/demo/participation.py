"""Who takes part in the demonstration: persons, wishes to speak, some of them answered, support, a voice, an invitation."""

from datetime import timedelta

from django.utils.timezone import localdate

from accreditation.models import ForumTerms, SpeakingRequest
from accreditation.operations.inviting import invite
from accreditation.participation import choosing, registering, representation, representing, supporting, wishing
from forums.models import Country
from imrf_portal.demo.files import annex
from imrf_portal.demo.reading import participation

AGO = timedelta(days=4)  # when organisations wrote
ANSWERED = timedelta(days=1)  # when the desk answered


def take_part(forum, cast, *, at):
    """By the operations that organisations and the desk use, at moments in the past."""
    plan, desk = participation(), cast.desk["accreditation"]
    texts = {f"support_text_{language}": text for language, text in plan["support_text"].items()}
    ForumTerms.objects.create(forum=forum, **plan["terms"], **texts)
    _register(forum, cast, plan["persons"], at - AGO)
    _ask_to_speak(forum, cast, plan["wishes"], desk[0], at)
    _ask_for_support(forum, cast, plan["support"], desk[0], at)
    voice = {**plan["representative"], "chosen_on": localdate(at - AGO, forum.zone)}
    voice["organisation"] = cast.bodies[voice["organisation"]]
    representing.record_representative(forum, voice="civil_society", said=voice, by=desk[0], at=at - ANSWERED)
    invited = plan["invitation"]
    slug = invited["organisation"]
    invite(cast.bodies[slug], email=invited["email"], role=invited["role"], by=cast.speakers[slug], at=at - ANSWERED)


def _standing(forum, slug):
    return forum.accreditations.get(organisation__slug=slug)


def _register(forum, cast, persons, at):
    for number, person in enumerate(persons):
        slug, event, said = person["organisation"], person["event"], dict(person)
        del said["organisation"], said["event"]
        by, standing = cast.speakers[slug], _standing(forum, slug)
        if not representation.letters_of(standing).exists():
            representation.add_letter(standing, annex("pdf", f"letter-{slug}"), by=by, at=at)
        said = {"access_needs": "", "country": standing.organisation.country, **said}
        said["email"] = f"person-{number + 1}@demo.example"
        registering.register(standing, event=event, person=said, by=by, at=at)


def _ask_to_speak(forum, cast, wishes, desk, at):
    """Those with an outcome are answered by one release of their session; the others still wait for theirs."""
    answered = set()
    for wish in wishes:
        slug, session = wish["organisation"], forum.sessions.get(slug=wish["session"])
        said = {"function": "", "spoke_before": False, "access_needs": "", "name_public": True}
        said |= {name: wish[name] for name in wishing.WORDS if name in wish}
        standing = _standing(forum, slug)
        asked = wishing.ask_to_speak(standing, session, words=said, by=cast.speakers[slug], at=at - AGO)
        if outcome := wish.get("becomes"):
            asked = SpeakingRequest.objects.get(pk=asked.pk)
            words = {"choice": outcome, "place": wish.get("place"), "reason": wish.get("reason", "")}
            choosing.stage(asked, seen=choosing.seen_of(asked), by=desk, at=at - ANSWERED, **words)
            answered.add(session)
    for session in answered:
        seen = choosing.seen_of_all(session, list(choosing.requests_of(session)))
        choosing.release(session, seen=seen, by=desk, at=at - ANSWERED)


def _ask_for_support(forum, cast, requests, desk, at):
    for asked in requests:
        organisation = cast.bodies[asked["organisation"]]
        words = {name: asked[name] for name in ("person", "needs", "words")}
        words["country"] = Country.objects.get(pk=asked["country"])
        by = cast.speakers[asked["organisation"]]
        request = supporting.ask_for_support(organisation, forum=forum, words=words, by=by, at=at - AGO)
        if "granted" in asked:
            on = localdate(at - ANSWERED, forum.zone)
            supporting.grant(request, decided_on=on, by=desk, at=at - ANSWERED, **asked["granted"])
