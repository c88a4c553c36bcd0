"""The page between one press that tells many and its letters: how many, one of each kind and language, who gets none."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.admin.confirming import OWN, carried
from accreditation.entrance import forget_typed, keep_typed
from forums.admin import adding
from forums.admin.rooms import MOST_AT_ONCE
from forums.hints import look_soon
from forums.operations.rehearsing import AS_WRITTEN, Letters, OwesALetter, decide
from forums.operations.rehearsing_many import look_at_each
from forums.typed import posted


@dataclass(frozen=True)
class ConfirmationOfMany:
    """What was pressed, on its way to its letters; see Confirmation for one decision."""

    room: object
    request: object
    label: str
    named: str
    look: Callable  # (letters) -> forums.operations.rehearsing_many.Look; raises Refused as the act does
    act: Callable  # (letters): carries it out
    back: str = ""

    def carry_out(self):
        """The page with the letters if there are any and nothing was said about them, or None when it is done.

        Raises Refused as the act does.
        """
        pressed, fields = self.request.POST.get(OWN), posted(self.request.POST)
        added = adding.letters_with(adding.added(fields))
        if pressed == "send":
            return self._done(added)
        if pressed != "none":
            looked = self.look(added)
            return self.page(looked) if looked.letters else self._done(AS_WRITTEN)
        try:
            return self._done(Letters(withheld=True, reason=fields.get("letters-reason", "").strip()[:2000]))
        except OwesALetter as why:
            return self.page(self.look(added), wrong=str(why))

    def _done(self, letters):
        self.act(letters)
        forget_typed(self.request, self.request.path)

    def page(self, looked, *, wrong=""):
        """Everything that was posted goes on in hidden fields; it also waits on the shelf for whoever goes back."""
        keep_typed(self.request, self.request.path, **{"refused-before": "yes"})
        fields = posted(self.request.POST)
        context = {
            **self.room.admin_site.each_context(self.request),
            "title": _("Before it is decided: who is told, and what"),
            "is_nav_sidebar_enabled": False,
            "opts": self.room.opts,
            "label": self.label,
            "named": self.named,
            "looked": looked,
            "letters": looked.specimens,
            "people": looked.letters,
            "owes": looked.owes,
            "carried": carried(self.request.POST),
            "boxes": adding.boxes(fields, looked.languages),
            "added": bool(adding.added(fields)),
            "reason": fields.get("letters-reason", ""),
            "wrong": wrong,
            "back": self.back or self.request.get_full_path(),
        }
        return TemplateResponse(self.request, "admin/parts/letters_of_many.html", context)


def on_each(room, request, queryset, *, label, act, voice, done):
    """An action of a list: the page with the letters first, then row by row with a report; `done` is a plural sentence.

    `act` takes a row, `by` and `at`; what it refuses is skipped, and the page says so before.
    """
    by, at = request.user, now()
    rows = list(queryset[: MOST_AT_ONCE + 1])

    def carry_out(row, letters):
        return decide(voice, row, act, by=by, at=at, letters=letters)

    def look(letters):
        return look_at_each(rows, lambda row: carry_out(voice.anew(row.pk), letters), owed=voice.owed)

    def on_all(letters):
        room.act_on_each(request, queryset, lambda row: carry_out(row, letters), done)
        look_soon("forums.tasks.send_letters")

    if len(rows) > MOST_AT_ONCE:
        return on_all(AS_WRITTEN)  # which refuses so many
    return ConfirmationOfMany(room, request, label, str(room.opts.verbose_name_plural), look, on_all).carry_out()
