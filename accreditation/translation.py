"""Which columns of the first floor exist in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from accreditation.models import Basis, BasisPoint, ForumTerms


@register(Basis)
class BasisOptions(TranslationOptions):
    fields = ("name", "explanation", "decided_by", "evidence")


@register(BasisPoint)
class BasisPointOptions(TranslationOptions):
    fields = ("label", "help_text")


@register(ForumTerms)
class ForumTermsOptions(TranslationOptions):
    fields = ("support_text",)
