"""Parts: tables of the ground floor, which knows no people: letters, followers, duties, dates."""

from django.conf import settings
from django.db.models import Q

from accreditation.models import Invitation, User
from accreditation.personal.parts import (
    CODE,
    OFFICE,
    ORGANISATION,
    RECORD,
    Part,
    at_any,
    by_any,
    neutral,
    points,
    register,
    register_impersonal,
    stays,
)

FAREWELL = "accreditation/farewell"  # says what was done; its row goes once it went out


def take_back_unsent_to_them(who, rows, *, by, at):
    """Who is erased gets no more of them."""
    _all, each = rows.filter(who.at("to"), sent_at=None).delete()
    return each.get("forums.Letter", 0)


def words_to_them(who, letter) -> dict:
    """What a letter said is shown to whom it was sent, not to who rewrote it; a code or link is shown to nobody."""
    if letter.to.lower() not in who.addresses or letter.private:
        return {}
    return {"subject": letter.subject, "text": letter.text}


def to_those_around(column):
    """Letters to the people of their organisations, to who was invited there, and to the desk."""

    def near(who):
        people = User.objects.filter(memberships__organisation__in=who.organisations).values("email")
        invited = Invitation.objects.filter(organisation__in=who.organisations).values("email")
        return Q(**{f"{column}__in": people}) | Q(**{f"{column}__in": invited}) | Q(**{column: settings.CONTACT_EMAIL})

    return near


def letters_rewritten(who):
    return who.at("letter__to") | who.did("by")


register(
    Part(  # before the letters: it is found by their addresses
        "forums.FormerWords",
        letters_rewritten,
        replaced={"subject": "", "text": ""},
        kept=points("by"),
        only=lambda who: who.at("letter__to"),
        machine_words=("subject", "text"),
        near=to_those_around("letter__to"),
    ),
    Part(
        "forums.MilestoneNotice",
        at_any("to"),
        shown=("milestone", "due_on", "days_before", "to", "at"),
        replaced=neutral("to"),
    ),
    Part(
        "forums.Letter",
        lambda who: ~Q(kind=FAREWELL) & who.at("to") | who.did("rewritten_by"),
        shown=("kind", "to", "language", "written_at", "sent_at"),
        replaced={**neutral("to"), **dict.fromkeys(("subject", "text", "html", "last_error", "bounce"), "")},
        kept={**points("rewritten_by"), **stays(CODE, "kind", "language")},
        machine_words=("key", "subject", "text", "html", "last_error", "bounce"),
        near=to_those_around("to"),
        only=lambda who: who.at("to"),
        act=take_back_unsent_to_them,
        more=words_to_them,
    ),
    Part("forums.Follower", at_any("email"), shown=("email", "language", "forum", "pace", "asked_at"), deleted=True),
    Part("forums.StoppedMail", at_any("email"), shown=("email", "topic", "at"), deleted=True),
    Part("forums.SecondLanguage", at_any("email"), shown=("email", "language"), deleted=True),
    Part("forums.CalendarKey", by_any("user"), shown=("made_at",), deleted=True),
    Part("forums.Forum_managers", by_any("user"), shown=("forum",), deleted=True),
    Part(
        "forums.Milestone",
        by_any("responsible"),
        shown=("name", "forum"),
        replaced={"responsible": None},
        kept=stays(RECORD, "name", "resolution", "paragraph", "waived_because"),
    ),
    Part(
        "forums.MilestoneHistory",
        by_any("responsible"),
        shown=("pgh_created_at", "pgh_obj"),
        kept={**points("responsible"), **stays(RECORD, "waived_because"), **stays(CODE, "pgh_label")},
        append_only=True,
    ),
    Part(
        "forums.Extension",
        by_any("by"),
        shown=("call", "was", "became", "reason", "authority", "at"),
        kept={**points("by"), **stays(RECORD, "reason", "authority", "told")},
    ),
    Part(
        "forums.FormerDates",
        by_any("by"),
        shown=("forum", "first_day", "reason", "replaced_on"),
        kept={**points("by"), **stays(RECORD, "reason", "source")},
    ),
    Part(
        "forums.Release",
        by_any("released_by"),
        shown=("forum", "number", "note", "released_at"),
        kept={**points("released_by"), **stays(RECORD, "note", "changes"), **stays(OFFICE, "sessions")},
    ),
    Part("forums.LettersSeen", by_any("person"), shown=("up_to",), deleted=True),
    Part(
        "forums.SecondPersonRequest",
        by_any("asked_by", "decided_by"),
        shown=("act", "asked_at", "decided_at", "outcome"),
        kept={
            **points("asked_by", "decided_by"),
            **stays(RECORD, "reason", "answer", "args"),
            **stays(CODE, "act", "subject", "mark"),
        },
    ),
    Part(
        "forums.SecondPersonRequestHistory",
        by_any("asked_by", "decided_by"),
        kept={
            **points("asked_by", "decided_by"),
            **stays(RECORD, "reason", "answer", "args"),
            **stays(CODE, "act", "subject", "mark", "pgh_label"),
        },
        append_only=True,
    ),
    Part(
        "forums.Waiver",
        by_any("asked_by", "decided_by", "withdrawn_by"),
        shown=("milestone", "asked_at", "decided_at", "withdrawn_at"),
        kept={
            **points("asked_by", "decided_by", "withdrawn_by"),
            **stays(RECORD, "reason", "withdrawn_because"),
        },
    ),
    Part(
        "forums.Override",
        by_any("by"),
        shown=("forum", "rule", "reason", "at"),
        kept={**points("by"), **stays(RECORD, "reason"), **stays(CODE, "rule")},
    ),
    Part(
        "forums.Forum",
        at_any("desk_email"),
        shown=("name", "desk_email"),
        kept={
            **stays(OFFICE, "desk_email", "chair"),
            **stays(RECORD, "slug", "name", "city", "venue", "time_zone", "source"),
        },
    ),
    Part(
        "forums.Call",
        at_any("contact"),
        shown=("forum", "name", "contact"),
        kept={
            **stays(OFFICE, "contact"),
            **stays(RECORD, "slug", "name", "guidance", "questions"),
            **stays(CODE, "bases", "levels"),
        },
    ),
)
register_impersonal(
    RECORD,
    "forums.ForumHistory",
    "forums.CallHistory",
    "forums.Change",
    "forums.OfficialDocument",
    "forums.DocumentFile",
    "forums.Session",
    "forums.SessionHistory",
    "forums.NationalReview",
    "forums.RegionalReview",
    "forums.RegionalReview_regions",
    "forums.Wording",
    "forums.WordingHistory",
)
register_impersonal(OFFICE, "forums.Slot", "forums.RoundTable")
register_impersonal(ORGANISATION, "forums.Region", "forums.Country", "forums.Country_regions")
register_impersonal(
    CODE,
    "forums.MeetingRoom",
    "forums.Rule",
    "forums.RuleHistory",
    "forums.Sweep",
    "forums.PageCount",
    "forums.Objective",
    "forums.GuidingPrinciple",
    "forums.RoundTable_objectives",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "socialaccount.SocialApp",
    "pghistory.Context",  # the number of the account and the page on which it changed something
)
