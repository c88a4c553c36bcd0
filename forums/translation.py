"""Which columns of the ground floor exist in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from forums.models import (
    Call,
    Country,
    Forum,
    GuidingPrinciple,
    MeetingRoom,
    Milestone,
    Objective,
    OfficialDocument,
    Region,
    RegionalReview,
    RoundTable,
    Rule,
    Session,
)


@register(Objective)
class ObjectiveOptions(TranslationOptions):
    fields = ("title", "label")


@register(GuidingPrinciple)
class GuidingPrincipleOptions(TranslationOptions):
    fields = ("title",)


@register(Region)
class RegionOptions(TranslationOptions):
    fields = ("name", "commission")


@register(Country)
class CountryOptions(TranslationOptions):
    fields = ("name",)


@register(RoundTable)
class RoundTableOptions(TranslationOptions):
    fields = ("title",)


@register(Forum)
class ForumOptions(TranslationOptions):
    fields = ("name", "city", "venue", "chair")


@register(Milestone)
class MilestoneOptions(TranslationOptions):
    fields = ("name",)


@register(Call)
class CallOptions(TranslationOptions):
    fields = ("name", "guidance", "questions")


@register(Rule)
class RuleOptions(TranslationOptions):
    fields = ("name",)


@register(MeetingRoom)
class MeetingRoomOptions(TranslationOptions):
    fields = ("name", "access")


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("title", "description", "chairs", "facilitator")


@register(OfficialDocument)
class OfficialDocumentOptions(TranslationOptions):
    fields = ("title",)


@register(RegionalReview)
class RegionalReviewOptions(TranslationOptions):
    fields = ("name", "place")
