"""What rooms share in which a row has a page of its own: what it says at the start, what is decided at the end."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.confirming import Confirmation
from accreditation.entrance import forget_typed, typed_before
from forums.admin import decisions as deciding
from forums.admin.rooms import ReadOnlyRoom
from forums.hints import look_soon
from forums.refusals import IllegalMove, MovedMeanwhile, Refused


class DecidedRoom(ReadOnlyRoom):
    """A room says which `decisions` there are, and shows its rows with `page_template`."""

    decisions, page_template = (), ""
    voice, quiet = None, ()  # how its steps are told, where that is shown before; decisions that tell nobody
    announces = ("accreditation.tasks.announce_steps", "forums.tasks.send_letters")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One that is not to be seen is a missing one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        return self._decide(request, thing) if request.method == "POST" else self._page(request, thing)

    def steps_of(self, thing) -> list:
        """The recorded moves of a row, oldest first; a row that has none is told by `seen_of` alone."""
        return list(thing.steps.select_related("by"))

    def seen_of(self, thing, steps) -> dict:
        """What the page was made from."""
        return deciding.seen_of(thing, steps[-1] if steps else None)

    def about(self, request, thing) -> dict:
        """What the page shows besides the decisions: `forum` at least."""
        raise NotImplementedError

    def is_quiet(self, thing, decision) -> bool:
        """Whether a decision tells nobody, or its letters are not shown before."""
        return self.voice is None or decision.key in self.quiet

    def letter_of(self, thing, decision) -> str:
        """Whom a decision tells, said before it is pressed."""
        raise NotImplementedError

    def _decide(self, request, thing):
        decision = {decision.key: decision for decision in self.decisions}.get(request.POST.get("decision"))
        if decision is None or not decision.may(request.user, thing):
            raise Http404
        if deciding.is_stale(request.POST, self.seen_of(thing, self.steps_of(thing))) or not decision.fits(thing):
            return self._stale_page(request, thing)
        form = decision.asked(request.POST, thing)
        if form.is_valid():
            try:
                if (letters := self._carry_out(request, thing, decision, form.cleaned_data)) is not None:
                    return letters
            except (MovedMeanwhile, IllegalMove):  # somebody was faster by a moment: the same page as for a stale one
                thing.refresh_from_db()
                return self._stale_page(request, thing)
            except Refused as why:
                form.add_error(None, str(why))
                thing.refresh_from_db()
            else:
                forget_typed(request, request.path)
                look_soon(*self.announces)
                messages.success(request, decision.done)
                return redirect(request.get_full_path())
        return self._page(request, thing, pressed=decision, wrong=form)

    def _carry_out(self, request, thing, decision, words):
        """The page with the letters, or None when it is done."""
        if self.is_quiet(thing, decision):
            decision.act(thing, by=request.user, at=now(), **words)
            return None
        return Confirmation(self, request, thing, decision, words, self.voice).carry_out()

    def _stale_page(self, request, thing):
        return self._page(request, thing, stale=deciding.since(self.steps_of(thing), request.POST), status=409)

    def _page(self, request, thing, *, pressed=None, wrong=None, stale=None, status=200):
        steps = self.steps_of(thing)
        words = dict(type(thing).Status.choices) if steps else {}
        told = deciding.in_words(steps, words, lambda step: step.by or _("The portal"))
        data = request.POST if request.method == "POST" else typed_before(request, request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": str(thing),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "original": thing,
            **self.about(request, thing),
            "history": told,
            "seen": self.seen_of(thing, steps),
            "stale": None if stale is None else [line for line in told if line["step"] in stale],
            "stale_sentence": deciding.stale_sentence(),
            "kept": deciding.left_over(self.decisions, thing, data) if stale is not None else [],
            "panels": deciding.panels_of(
                self.decisions,
                thing,
                letter_of=lambda decision: self.letter_of(thing, decision),
                allowed=lambda decision: decision.may(request.user, thing),
                data=data,
                pressed=pressed,
                wrong=wrong,
            ),
        }
        return TemplateResponse(request, self.page_template, context, status=status)
