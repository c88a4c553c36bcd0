"""What was decided about the letters of a step of an input, a correction or an addition: forums/models/letters_choice.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.models.letters_choice import LettersChoice as Choice
from forums.models.letters_choice import withheld_or_worded


class LettersChoice(Choice):
    step = models.OneToOneField("submissions.SubmissionStep", models.CASCADE, related_name="letters_choice")

    class Meta(Choice.Meta):
        abstract = False
        constraints = [withheld_or_worded("letters_are_withheld_or_worded_anew")]
        verbose_name = _("choice about letters")
        verbose_name_plural = _("choices about letters")


class ProposalLettersChoice(Choice):
    step = models.OneToOneField("submissions.ProposalStep", models.CASCADE, related_name="letters_choice")

    class Meta(Choice.Meta):
        abstract = False
        constraints = [withheld_or_worded("letters_of_proposals_are_withheld_or_worded_anew")]
        verbose_name = _("choice about letters of a correction or addition")
        verbose_name_plural = _("choices about letters of corrections and additions")
