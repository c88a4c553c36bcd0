"""The kinds of letters to those who follow the calendar."""

from datetime import UTC, datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forums.changes import words_of
from forums.letters.kinds import Kind, Placeholder, page, register
from forums.models import Change, Follower, Forum
from forums.templatetags.moments import in_words

ON = datetime(2026, 1, 27, 12, tzinfo=UTC)
TOPIC = "calendar"
WHO = _("Whoever follows the calendar by mail, at once")
WEEKLY = _("Whoever follows the calendar by mail, once a week")


def _sample_change():
    name = {"en": gettext("Second International Migration Review Forum")}
    forum = Forum(slug="2026", year=2026, name=name["en"], status="dated")
    what = {
        "call": {"en": gettext("Stakeholder inputs")},
        "slug": "stakeholder-inputs",
        "kind": "extended",
        "was": "2026-01-30T22:00:00+00:00",
        "became": "2026-02-13T22:00:00+00:00",
        "reason": gettext("Several organisations asked for more time."),
    }
    change = Change(forum=forum, kind="call_moved", what=what, at=ON)
    return {"change": change, "words": words_of(change), "path": forum.get_absolute_url()}


def _sample():
    told = _sample_change()
    return {"follower": Follower(email="reader@example.org", key="sample"), "forum": told["change"].forum, **told}


def _sample_week():
    told = _sample_change()
    return {"follower": Follower(email="reader@example.org", key="sample"), "forum": None, "changes": [told]}


def lines_of(words) -> str:
    """As the shipped letter has them."""
    reason = f"\n{gettext('Reason given:')} {words.reason}" if words.reason else ""
    return "\n".join([*(f"- {line}" for line in words.lines), reason]).strip()


def _of_week(about) -> str:
    return "\n\n".join(_one_of_week(told, about["site_url"]) for told in about["changes"])


def _one_of_week(told, site) -> str:
    forum = told["change"].forum
    when = in_words(told["change"].at, forum.zone)
    head = "\n".join((forum.name, told["words"].title, when))
    return "\n".join(
        part for part in (head, lines_of(told["words"]), "", site + told["path"]) if part or told["words"].lines
    )


def _how_many(about) -> str:
    number = len(about["changes"])
    if about["forum"]:
        sentence = ngettext(
            "%(forum)s: %(number)s change of the calendar", "%(forum)s: %(number)s changes of the calendar", number
        )
        return sentence % {"forum": about["forum"].name, "number": number}
    sentence = ngettext(
        "International Migration Review Forum: %(number)s change of the calendar",
        "International Migration Review Forum: %(number)s changes of the calendar",
        number,
    )
    return sentence % {"number": number}


FOLLOWING = Placeholder(
    "following",
    _("page on which one stops following"),
    lambda about: page(about, "forums:following", about["follower"].key),
)


register(
    Kind(
        code="forums/calendar_change",
        name=_("Something changed in the calendar"),
        reaches=WHO,
        placeholders=(
            Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
            Placeholder("change", _("what changed"), lambda about: about["words"].title),
            Placeholder("details", _("old and new days and times, the reason"), lambda about: lines_of(about["words"])),
            Placeholder("address", _("page of the forum"), lambda about: about["site_url"] + about["path"]),
            FOLLOWING,
        ),
        sample=_sample,
        topic=TOPIC,
    ),
    Kind(
        code="forums/calendar_digest",
        name=_("What changed in the calendar in a week"),
        reaches=WEEKLY,
        placeholders=(
            Placeholder("summary", _("a line: how many changes of what"), _how_many),
            Placeholder("changes", _("the changes, the oldest first"), _of_week),
            FOLLOWING,
        ),
        sample=_sample_week,
        topic=TOPIC,
    ),
)
