"""When: editions of the forum, their duties, calls, programme, vocabularies; and what every procedure shares."""

from .call import Call, Extension
from .change import Change
from .document import DocumentFile, OfficialDocument
from .follower import CalendarKey, Follower, HearsByMail, SecondLanguage, StoppedMail
from .forum import FormerDates, Forum
from .letter import FormerWords, Letter, LettersSeen
from .milestone import Milestone, MilestoneNotice
from .page_count import PageCount, PageKind
from .procedure import Procedure, Step
from .programme import MeetingRoom, Release, Session, Slot
from .review_round import NationalReview, RegionalReview
from .rule import Rule
from .second_person import SecondPersonRequest
from .sweep import Sweep
from .vocabulary import Country, GuidingPrinciple, Objective, Region, RoundTable
from .waiver import Override, Waiver
from .wording import Wording

__all__ = [
    "CalendarKey",
    "Call",
    "Change",
    "Country",
    "DocumentFile",
    "Extension",
    "Follower",
    "FormerDates",
    "FormerWords",
    "Forum",
    "GuidingPrinciple",
    "HearsByMail",
    "Letter",
    "LettersSeen",
    "MeetingRoom",
    "Milestone",
    "MilestoneNotice",
    "NationalReview",
    "Objective",
    "OfficialDocument",
    "Override",
    "PageCount",
    "PageKind",
    "Procedure",
    "Region",
    "RegionalReview",
    "Release",
    "RoundTable",
    "Rule",
    "SecondLanguage",
    "SecondPersonRequest",
    "Session",
    "Slot",
    "Step",
    "StoppedMail",
    "Sweep",
    "Waiver",
    "Wording",
]
