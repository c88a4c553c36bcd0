"""Decisions on a page of the desk: what is offered now, what each asks, whom it tells; what a stale page gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _


class Words(forms.Form):
    """What a decision asks for. Nothing is marked required for the browser: several decisions share one form."""

    use_required_attribute = False


@dataclass(frozen=True)
class Decision:
    """One verb of the desk: from which statuses, to which, who may, and the operation that does it."""

    key: str
    label: str
    done: str
    from_statuses: tuple
    to: str
    may: Callable  # (user, thing) -> bool
    act: Callable  # (thing, by=, at=, **what its words ask)
    words: type[Words] = Words
    tone: str = "quiet"
    for_whom: str = ""  # said to those who may not
    suits: Callable = lambda thing: True  # whether it makes sense for this thing at all

    def fits(self, thing) -> bool:
        return thing.status in self.from_statuses and thing.may_move(self.to) and self.suits(thing)

    def asked(self, data=None, thing=None):
        """The form of its words; bound when it was pressed or when what was typed must be shown again."""
        form = self.words(data, prefix=self.key) if data is not None else self.words(prefix=self.key)
        if thing is not None and hasattr(form, "know"):
            form.know(thing)
        return form


@dataclass
class Panel:
    decision: Decision
    form: Words
    letter: str
    allowed: bool
    open: bool = False  # it was pressed, or something was typed into it


def panels_of(decisions, thing, *, letter_of, allowed, data=None, pressed=None, wrong=None):
    """The panels of the decisions that fit now; a form that was typed into keeps its text, a wrong one its errors.

    `allowed` says of a decision whether this person may take it, `letter_of` whom it will tell.
    """
    panels = []
    for decision in decisions:
        if not decision.fits(thing):
            continue
        form = wrong if wrong is not None and pressed is decision else decision.asked(thing=thing)
        typed = typed_into(form, data) if data is not None else {}
        if form is not wrong:
            form.initial = typed
        opened = pressed is decision or any(typed.values())
        panels.append(Panel(decision, form, letter_of(decision), allowed(decision), opened))
    return panels


def typed_into(form, data):
    """What was typed into a form that is not judged now."""
    names = {name: form.add_prefix(name) for name in form.fields}
    several = {name for name in names if getattr(form.fields[name].widget, "allow_multiple_selected", False)}
    return {
        name: data.getlist(posted) if name in several else data.get(posted)
        for name, posted in names.items()
        if posted in data
    }


def left_over(decisions, thing, data):
    """Words typed for decisions that do not fit any more, to be given back: label and text."""
    kept = []
    for decision in decisions:
        form = decision.asked()
        for name, text in typed_into(form, data).items():
            if isinstance(text, str) and text.strip() and not decision.fits(thing):
                kept.append({"label": f"{decision.label}: {form.fields[name].label or name}", "text": text})
    return kept


def seen_of(thing, last_step, **more):
    """What a page of the desk shows it was made from; it comes back with every decision."""
    return {"status": thing.status, "step": last_step.pk if last_step else 0, **more}


def is_stale(data, seen) -> bool:
    """Whether the page was made before the last change."""
    return any(data.get(f"seen-{name}") != str(value) for name, value in seen.items())


def since(steps, data):
    """The steps made after the page was opened."""
    opened = data.get("seen-step", "")
    return [step for step in steps if step.pk > int(opened)] if opened.isdecimal() and len(opened) < 19 else []


def in_words(steps, words, name_of):
    """Steps as a page lists them: the step, who made it, and the word of the status it led to."""
    return [{"step": step, "by": name_of(step), "word": words.get(step.became, step.became)} for step in steps]


def stale_sentence():
    return _(
        "This changed while you had the page open, so your decision was not carried out. Below is what happened; what you "
        "typed is still there. Look at it and decide again."
    )
