"""When: editions of the forum, their duties, calls, vocabularies; and what every procedure shares."""

from .call import Call, Extension
from .document import OfficialDocument
from .forum import FormerDates, Forum
from .letter import Letter
from .milestone import Milestone, MilestoneNotice
from .procedure import Procedure, Step
from .review_round import RegionalReview
from .sweep import Sweep
from .vocabulary import Country, GuidingPrinciple, Objective, Region, RoundTable

__all__ = [
    "Call",
    "Country",
    "Extension",
    "FormerDates",
    "Forum",
    "GuidingPrinciple",
    "Letter",
    "Milestone",
    "MilestoneNotice",
    "Objective",
    "OfficialDocument",
    "Procedure",
    "Region",
    "RegionalReview",
    "RoundTable",
    "Step",
    "Sweep",
]
