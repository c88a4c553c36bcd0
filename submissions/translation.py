"""Which columns of the second floor exist in the six languages."""

from modeltranslation.translator import TranslationOptions, register

from submissions.models import FormTemplate, Question, Section


@register(FormTemplate)
class FormTemplateOptions(TranslationOptions):
    fields = ("name",)


@register(Section)
class SectionOptions(TranslationOptions):
    fields = ("title", "guidance")


@register(Question)
class QuestionOptions(TranslationOptions):
    fields = ("label", "help", "example", "why", "options")
