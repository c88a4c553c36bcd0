"""Which columns of the first floor exist in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from accreditation.models import Basis


@register(Basis)
class BasisOptions(TranslationOptions):
    fields = ("name", "explanation")
