"""A call letter to those that could be asked: one person asks, another lets it go."""

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.models import Organisation
from accreditation.notifications import people_of
from forums.operations import write
from forums.refusals import MovedMeanwhile, Refused
from forums.windows import Phase
from submissions.coverage.askable import askable
from submissions.models import CallLetter

TEMPLATE = "submissions/call_letter"
MOST = 500  # organisations of one letter
State = CallLetter.State


def ask_call_letter(call, *, chosen, words, by, at) -> CallLetter:
    """Ask for a letter to everybody who could be asked now; nothing goes out before a second person agrees."""
    _ask_whether_open(call, at)
    found = list(askable(call.forum, by, **_narrowed(chosen)).values_list("pk", flat=True)[: MOST + 1])
    if not found:
        raise Refused(_("There is nobody to ask: every organisation of that kind and region has sent something."))
    if len(found) > MOST:
        raise Refused(_("That are more than %(most)d organisations. Narrow them by kind or region.") % {"most": MOST})
    waiting = CallLetter.objects.filter(call=call, chosen=chosen, state=State.ASKED).first()
    if waiting:
        raise Refused(_("This letter waits for a second person already."))
    return CallLetter.objects.create(call=call, chosen=chosen, words=words, organisations=found, asked_by=by, asked_at=at)


@transaction.atomic
def release_call_letter(asked, *, by, at) -> int:
    """Let it go, by somebody else than who asked; returns how many letters were written.

    Each in the language of its reader, to those who speak for an organisation. Left out: organisations that have sent
    something meanwhile or lost their standing, addresses that stopped such letters, and who had one for this call before.
    """
    _ask_for_second(asked, by)
    _ask_whether_open(asked.call, at)
    _decide(asked, State.RELEASED, by, at)
    still = askable(asked.call.forum, by, **_narrowed(asked.chosen)).filter(pk__in=asked.organisations)
    written = 0
    for organisation in Organisation.objects.filter(pk__in=still.values("pk")).order_by("pk"):
        for person in people_of(organisation):
            written += bool(_write(asked, organisation, person, at))
    CallLetter.objects.filter(pk=asked.pk).update(letters=written)
    asked.letters = written
    return written


def turn_down_call_letter(asked, *, by, at):
    """It does not go out; by somebody else, or by who asked and thought better of it."""
    if asked.asked_by_id == by.pk:
        CallLetter.objects.filter(pk=asked.pk, state=State.ASKED).delete()
        return
    _decide(asked, State.TURNED_DOWN, by, at)


def _narrowed(chosen) -> dict:
    return {name: chosen[name] for name in ("objective", "region", "kind") if chosen.get(name)}


def _ask_whether_open(call, at):
    if call.window.phase(at) is not Phase.OPEN:
        raise Refused(_("This call is not open now, so nobody can be asked to answer it."))


def _ask_for_second(asked, by):
    if asked.asked_by_id == by.pk:
        raise Refused(_("A second person lets it go: whoever asked for it does not."))


def _decide(asked, state, by, at):
    """Once only: whoever is second finds it decided."""
    changed = CallLetter.objects.filter(pk=asked.pk, state=State.ASKED).update(state=state, decided_by=by, decided_at=at)
    if not changed:
        raise MovedMeanwhile(_("Somebody else has decided this already. Open the page again to see what happened."))
    asked.state, asked.decided_by, asked.decided_at = state, by, at


def about_letter(asked, organisation, person) -> dict:
    call = asked.call
    return {"call": call, "forum": call.forum, "organisation": organisation, "person": person, "words": asked.words}


def _write(asked, organisation, person, at):
    key = f"call-letter:{asked.call_id}:{organisation.pk}:{person.pk}"
    from forums.models import Letter

    if Letter.objects.filter(key=key).exists():
        return None
    about = about_letter(asked, organisation, person)
    said = {"to": person.email, "language": person.language, "forum": asked.call.forum}
    return write(TEMPLATE, about=about, key=key, at=at, **said)
