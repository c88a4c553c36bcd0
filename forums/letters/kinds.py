"""Kinds of letters: whom each reaches, which placeholders its wording knows. Every floor registers its own at the start."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Placeholder:
    """A word in braces that stands for something of the letter's own; `value` takes it from the template's context."""

    name: str
    means: str
    value: Callable  # (about) -> anything that str() turns into words of the active language
    of_author: bool = False  # words of an author, which may be redacted later: not for a subject, which stands in lists

    @property
    def written(self) -> str:
        return "{" + self.name + "}"


EVERYWHERE = (
    Placeholder("site", _("address of the portal"), lambda about: about["site_url"]),
    Placeholder("contact", _("address of the desk"), lambda about: about["contact_email"]),
)
PERSON = Placeholder(
    "person", _("name of the person who gets the letter"), lambda about: about.get("person") or gettext("colleagues")
)


def nothing(user, at):
    """Where no real record is shown to anybody, as with drafts."""
    return None


def page(about, name, *args) -> str:
    """The whole address of a page of this site."""
    return about["site_url"] + reverse(name, args=args)


@dataclass(frozen=True)
class Kind:
    """`code` names the trio of templates; a topic makes it stoppable, none makes it a legal notice."""

    code: str
    name: str
    reaches: str
    placeholders: tuple[Placeholder, ...]
    sample: Callable  # () -> a context to try words on, made without the database
    newest: Callable = nothing  # (user, at) -> the context of the newest real record this person may see, or None
    topic: str = ""

    @property
    def known(self) -> dict[str, Placeholder]:
        return {each.name: each for each in (*self.placeholders, *EVERYWHERE)}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind):
    _kinds.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> Kind | None:
    return _kinds.get(code)


def all_kinds() -> list[Kind]:
    """By floor, then by name of the template: the order of the desk's list."""
    return [_kinds[code] for code in sorted(_kinds)]


def name_of(code: str) -> str:
    """What the desk calls this kind; account mail has no kind, for nobody words it anew."""
    if kind := kind_of(code):
        return kind.name
    return _("Account mail") if code.startswith("account") else code
