"""Which columns of the ground floor exist in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from forums.models import Call, Country, Forum, GuidingPrinciple, Milestone, Objective, Region, RoundTable


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
    fields = ("name",)


@register(Milestone)
class MilestoneOptions(TranslationOptions):
    fields = ("name",)


@register(Call)
class CallOptions(TranslationOptions):
    fields = ("name", "guidance")
