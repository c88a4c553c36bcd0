"""The ground floor's kinds of letters: duties that come due, a forum that moves. Those to followers stand beside them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forums.letters import topics
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.models import Call, Forum, Milestone
from forums.operations.milestones import Recipient, letter_about, watched
from forums.templatetags.moments import day_in_words, in_words

CALENDAR = topics.Topic(
    "calendar",
    _("Changes of the calendar"),
    _("What changes in a forum's dates, calls, programme or documents that you follow."),
)
ON = datetime(2026, 1, 28, 18, tzinfo=UTC)


def sample_forum():
    return Forum(
        slug="2026",
        year=2026,
        name=gettext("Second International Migration Review Forum"),
        first_day=date(2026, 5, 5),
        last_day=date(2026, 5, 8),
        status="dated",
    )


def _sample_milestone():
    return Milestone(
        forum=sample_forum(),
        kind="report",
        name=gettext("Secretary-General's report available"),
        weeks_before=12,
        resolution="A/RES/73/326",
        paragraph="14",
        responsible=get_user_model()(email="responsible@example.org", name="Dalia Example"),
    )


# A duty comes due ----------------------------------------------------------------------------------------------------


def _sample_duty():
    return letter_about(_sample_milestone(), 14, Recipient("reader@example.org", "en"), ON)


def _newest_duty(user, at):
    """The duty that comes next, as its letter would say it now."""
    if not user.has_perm("forums.view_milestone"):
        return None
    milestone = min(watched(), key=lambda one: abs((one.due_on - at.date()).days), default=None)
    if milestone is None:
        return None
    days = (milestone.due_on - at.date()).days
    return letter_about(milestone, days, Recipient(user.email, user.language, user), at)


def _standing(about):
    due, days = day_in_words(about["milestone"].due_on), about["state"].days
    if about["overdue"]:
        sentence = ngettext(
            "It was due on %(due)s, %(days)s day ago, and is not recorded as met.",
            "It was due on %(due)s, %(days)s days ago, and is not recorded as met.",
            days,
        )
    elif days:
        sentence = ngettext("It is due on %(due)s, in %(days)s day.", "It is due on %(due)s, in %(days)s days.", days)
    else:
        sentence = gettext("It is due today, %(due)s.")
    return sentence % {"due": due, "days": days}


def _comes_late(about):
    if not about["planned"]:
        return ""
    sentence = gettext("This notice comes late: it was to be sent on %(day)s.")
    return sentence % {"day": day_in_words(about["planned"])}


def _responsible(about):
    name = about["milestone"].responsible
    return gettext("Responsible: %(name)s") % {"name": name} if name else ""


def _duty(name):
    return lambda about: getattr(about["milestone"], name)


DUTY = Kind(
    code="forums/milestone_due",
    name=_("A duty of the Forum comes due"),
    reaches=_("Who answers for the duty; from its day on the forum's managers too"),
    placeholders=(
        PERSON,
        Placeholder("forum", _("name of the forum"), lambda about: about["milestone"].forum.name),
        Placeholder("duty", _("name of the duty"), _duty("name")),
        Placeholder("basis", _("resolution and paragraph"), _duty("basis")),
        Placeholder("due", _("day on which it is due"), lambda about: day_in_words(about["milestone"].due_on)),
        Placeholder("standing", _("a sentence: when it is due, or since when it is overdue"), _standing),
        Placeholder("late", _("a sentence when the notice itself comes late, else nothing"), _comes_late),
        Placeholder("responsible", _("a line with who answers for it, else nothing"), _responsible),
        Placeholder(
            "address", _("page of the forum"), lambda about: page(about, "forums:forum", about["milestone"].forum.slug)
        ),
    ),
    sample=_sample_duty,
    newest=_newest_duty,
)


# A forum moves -------------------------------------------------------------------------------------------------------


def _sample_move():
    forum, duty = sample_forum(), _sample_milestone()
    call = Call(forum=forum, slug="stakeholder-inputs", name=gettext("Stakeholder inputs"))
    return {
        "forum": forum,
        "was": (date(2026, 4, 28), date(2026, 5, 1)),
        "duties": [{"duty": duty, "was": date(2026, 2, 3), "becomes": date(2026, 2, 10)}],
        "calls": [
            SimpleNamespace(
                thing=call,
                ends_was=datetime(2026, 1, 23, 22, tzinfo=UTC),
                ends=datetime(2026, 1, 30, 22, tzinfo=UTC),
            )
        ],
        "reason": "The hall is needed for the General Assembly.",
        "person": get_user_model()(email="dalia@example.org", name="Dalia Example"),
    }


def _duties(about):
    lines = []
    for row in about["duties"]:
        if row["was"] == row["becomes"]:
            sentence = gettext("- %(duty)s: %(becomes)s, as before")
        else:
            sentence = gettext("- %(duty)s: %(becomes)s (formerly %(before)s)")
        days = {"becomes": day_in_words(row["becomes"]), "before": day_in_words(row["was"])}
        lines.append(sentence % {"duty": row["duty"].name, **days})
    return "\n".join(lines)


def _calls(about):
    zone = about["forum"].zone
    sentence = gettext("- %(call)s: %(becomes)s (formerly %(before)s)")
    return "\n".join(
        sentence % {"call": row.thing.name, "becomes": in_words(row.ends, zone), "before": in_words(row.ends_was, zone)}
        for row in about["calls"]
    )


MOVED = Kind(
    code="forums/dates_moved",
    name=_("A forum meets on other days"),
    reaches=_("Whoever was told a former day, and who answers for the forum and its duties"),
    placeholders=(
        PERSON,
        Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
        Placeholder("first", _("new first day"), lambda about: day_in_words(about["forum"].first_day)),
        Placeholder("last", _("new last day"), lambda about: day_in_words(about["forum"].last_day)),
        Placeholder("former_first", _("former first day"), lambda about: day_in_words(about["was"][0])),
        Placeholder("former_last", _("former last day"), lambda about: day_in_words(about["was"][1])),
        Placeholder("reason", _("reason of the move"), lambda about: about["reason"]),
        Placeholder("duties", _("lines: what is due when now"), _duties),
        Placeholder("calls", _("lines: when calls close now"), _calls),
        Placeholder("address", _("page of the forum"), lambda about: page(about, "forums:forum", about["forum"].slug)),
    ),
    sample=_sample_move,
)

# Somebody asks to follow the calendar --------------------------------------------------------------------------------


def _sample_follower():
    return {"follower": None, "forum": sample_forum(), "pace": "at_once", "token": "sample"}


def _what_is_followed(about):
    if about["forum"]:
        sentence = gettext("Somebody asked that this address follow the calendar of %(forum)s.")
        return sentence % {"forum": about["forum"].name}
    return gettext("Somebody asked that this address follow the calendar of the International Migration Review Forum.")


def _pace(about):
    if about["pace"] == "weekly":
        return gettext("You would hear once a week what changed, and nothing in a week without changes.")
    return gettext("You would hear of each change at once.")


FOLLOW = Kind(
    code="forums/follow_confirm",
    name=_("An address is asked whether it wants to follow the calendar"),
    reaches=_("The address that somebody typed"),
    placeholders=(
        Placeholder("asked", _("a sentence: what the address is to follow"), _what_is_followed),
        Placeholder("pace", _("a sentence: how often it would hear"), _pace),
        Placeholder("link", _("page on which it begins"), lambda a: page(a, "forums:confirm_following", a["token"])),
    ),
    sample=_sample_follower,
)

topics.register(CALENDAR)
register(DUTY, MOVED, FOLLOW)
