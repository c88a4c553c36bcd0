"""The page between a decision and its letters: sent as they will be written, in other words, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import forget_typed, keep_typed
from forums.letters import frame
from forums.operations import rehearsing
from forums.refusals import Refused
from forums.typed import posted

OWN = "letters"  # the field that says which of them was pressed; what this page asks begins with it
LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Pressed:
    """A button that tells somebody, where a page has no Decision for it."""

    label: str
    act: Callable  # (thing, by=, at=, **words)


class Confirmation:
    """One decision that was pressed, on its way to its letters. Upper floors add choices of their own."""

    template = "admin/parts/letters.html"
    choices = ("send", "words", "none")
    mine = ("csrfmiddlewaretoken",)  # fields of this page that are not pressed again

    def __init__(self, room, request, thing, decision, words, voice, *, named="", back=""):
        self.room, self.request, self.thing = room, request, thing
        self.decision, self.words, self.voice, self.at = decision, words, voice, now()
        self.named, self.back, self.became = named or str(thing), back, None  # what it came to, once it is done

    def carry_out(self):
        """The page with the letters if there are any and nothing was said about them; otherwise the decision, carried out.

        Returns the page, or None when it is done. Raises Refused as the decision does.
        """
        pressed = self.request.POST.get(OWN)
        if pressed not in self.choices and not self.tells():
            return self.done()
        rehearsal = rehearsing.rehearse(
            self.voice, self.thing, self.decision.act, by=self.request.user, at=self.at, **self.words
        )
        if pressed not in self.choices:
            return self.page(rehearsal) if rehearsal.letters else self.done()
        try:
            letters = self.chosen(pressed, rehearsal)
        except Refused as why:
            return self.page(rehearsal, wrong=str(why))
        return self.done(letters) if pressed in Confirmation.choices else self.otherwise(pressed, rehearsal, letters)

    def tells(self) -> bool:
        """Whether such a decision has letters at all, as far as can be said without trying it."""
        return True

    def chosen(self, pressed, rehearsal):
        return chosen(pressed, posted(self.request.POST), rehearsal)

    def done(self, letters=rehearsing.AS_WRITTEN):
        by, act = self.request.user, self.decision.act
        self.became = rehearsing.decide(self.voice, self.thing, act, by=by, at=self.at, letters=letters, **self.words)
        forget_typed(self.request, self.request.path)

    def otherwise(self, pressed, rehearsal, letters):
        """What an upper floor does with a choice of its own."""
        raise Refused(pressed)

    def page(self, rehearsal, *, wrong=""):
        """Everything that was posted goes on in hidden fields; it also waits on the shelf for whoever goes back."""
        keep_typed(self.request, self.request.path, **{"refused-before": "yes"})
        return TemplateResponse(self.request, self.template, self.context(rehearsal, posted(self.request.POST), wrong))

    def context(self, rehearsal, typed, wrong) -> dict:
        return {
            **self.room.admin_site.each_context(self.request),
            "title": _("Before it is decided: who is told, and what"),
            "is_nav_sidebar_enabled": False,
            "opts": self.room.opts,
            "named": self.named,
            "decision": self.decision,
            "letters": shown(rehearsal, typed, self.request.user.has_perm("forums.view_letter")),
            "carried": carried(self.request.POST, self.mine),
            "owes": rehearsal.owes_a_letter,
            "reason": typed.get("letters-reason", ""),
            "wrong": wrong,
            "pressed": self.request.POST.get(OWN, ""),
            "back": self.back or self.request.get_full_path(),
            "note": getattr(rehearsal.done, "note", ""),
        }


def chosen(pressed, typed, rehearsal):
    """What was decided about the letters; raises Refused where a press and what was typed contradict each other."""
    anew = rehearsing.worded_anew(rehearsal, typed_words(typed, rehearsal))
    if pressed == "none":
        reason = typed.get("letters-reason", "").strip()[:2000]
        if rehearsal.owes_a_letter and not reason:
            raise rehearsing.OwesALetter
        return rehearsing.Letters(withheld=True, reason=reason)
    if pressed == "send" and anew:
        raise Refused(_("You changed the words. Press “Send in these words”, or bring the former words back."))
    return rehearsing.Letters(words=anew)


def typed_words(typed, rehearsal) -> dict:
    """What was typed into each letter, as far as its fields were there."""
    found = {}
    for end in rehearsal.letters:
        fields = {name: typed.get(f"letters-{name}-{end}") for name in ("subject", "text")}
        if None not in fields.values():
            found[end] = {"subject": fields["subject"][: frame.LONGEST_SUBJECT], "text": fields["text"][:LONGEST_TEXT]}
    return found


def carried(posted_fields, mine=Confirmation.mine) -> list:
    """What the decision was pressed with, to be pressed again."""
    return [
        (name, value)
        for name, values in posted_fields.lists()
        for value in values
        if name not in mine and not name.startswith(OWN)
    ]


def shown(rehearsal, typed, sees_addresses) -> list:
    """The letters, each with its words as they stand in the fields; one that opens a page by itself shows none."""
    again, found = typed_words(typed, rehearsal), []
    for end, letter in rehearsal.letters.items():
        body, foot = frame.split(letter.text)
        words = again.get(end, {"subject": letter.subject, "text": body})
        to = letter.to if sees_addresses else ""
        found.append({"end": end, "letter": letter, "to": to, "foot": foot, "body": body, **words})
    return found
