"""The kind of letter to those who follow a list of inputs, and its topic, and the one that asks for confirmation."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forums.letter_kinds import ON
from forums.letters import topics
from forums.letters.kinds import Kind, Placeholder, page, register
from submissions.following.keys import key_of
from submissions.models import InputsFollowing
from submissions.models.following import TOPIC

NEW_INPUTS = topics.Topic(TOPIC, _("New inputs"), _("What became public in lists of inputs that you follow."))


def _sample():
    following = InputsFollowing(email="reader@example.org", asked_at=ON, confirmed_at=ON, told_until=ON)
    card = {
        "title": gettext("Fair recruitment along the whole corridor"),
        "title_language": "en",
        "organisation": "Harbour Light",
        "organisation_language": "en",
        "reference": "IMRF-2026-I-00042",
        "url": "/en/inputs/IMRF-2026-I-00042/",
        "published_at": ON + timedelta(days=1),
    }
    listed = SimpleNamespace(name=gettext("All inputs"), address="/en/inputs/?sort=newest")
    return {"following": following, "key": key_of(following), "list": listed, "cards": [card], "total": 1, "more": 0}


def lines_of(about) -> str:
    """The inputs as the shipped letter has them, and how many more there are."""
    return "\n\n".join(_line(card, about["site_url"]) for card in about["cards"]) + _and_more(about["more"])


def _line(card, site) -> str:
    return f"{card['title']}\n{card['organisation']} · {card['reference']}\n{site}{card['url']}"


def _and_more(number) -> str:
    if not number:
        return ""
    return "\n\n" + ngettext("And %(number)d more.", "And %(number)d more.", number) % {"number": number}


def _sample_to_confirm():
    return {"following": InputsFollowing(pace=InputsFollowing.Pace.DAILY), "token": "sample"}


def _pace(about) -> str:
    if about["following"].pace == InputsFollowing.Pace.DAILY:
        return gettext("You would hear once a day what is new, and nothing on a day without anything new.")
    return gettext("You would hear once a week what is new, and nothing in a week without anything new.")


register(
    Kind(
        code="submissions/follow_confirm",
        name=_("An address is asked whether it wants to follow a list of inputs"),
        reaches=_("The address that somebody typed"),
        placeholders=(
            Placeholder("pace", _("a sentence: how often it would hear"), _pace),
            Placeholder(
                "link",
                _("page on which it begins"),
                lambda about: page(about, "submissions:confirm_following", about["token"]),
            ),
        ),
        sample=_sample_to_confirm,
    ),
    Kind(
        code="submissions/new_inputs",
        name=_("New inputs in a list that somebody follows"),
        reaches=_("Whoever follows a list of inputs by mail, once a day or once a week"),
        placeholders=(
            Placeholder("list", _("the words and filters of the list"), lambda about: about["list"].name),
            Placeholder("inputs", _("the new inputs, the newest first"), lines_of),
            Placeholder("address", _("the list on the site"), lambda about: about["site_url"] + about["list"].address),
            Placeholder(
                "following",
                _("page on which one changes or ends it"),
                lambda about: page(about, "submissions:following", about["key"]),
            ),
        ),
        sample=_sample,
        topic=TOPIC,
    ),
)
topics.register(NEW_INPUTS)
