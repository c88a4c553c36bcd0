"""What was decided about the letters of a step of an accreditation, a wish to speak, or a request for support."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forums.models.letters_choice import LettersChoice, withheld_or_worded


class AccreditationLettersChoice(LettersChoice):
    step = models.OneToOneField("accreditation.AccreditationStep", models.CASCADE, related_name="letters_choice")

    class Meta(LettersChoice.Meta):
        abstract = False
        constraints = [withheld_or_worded("letters_of_standings_are_withheld_or_worded_anew")]
        verbose_name = _("choice about letters of an accreditation")
        verbose_name_plural = _("choices about letters of accreditations")


class SpeakingLettersChoice(LettersChoice):
    step = models.OneToOneField("accreditation.SpeakingRequestStep", models.CASCADE, related_name="letters_choice")

    class Meta(LettersChoice.Meta):
        abstract = False
        constraints = [withheld_or_worded("letters_of_speaking_are_withheld_or_worded_anew")]
        verbose_name = _("choice about letters of a speaking request")
        verbose_name_plural = _("choices about letters of speaking requests")


class SupportLettersChoice(LettersChoice):
    step = models.OneToOneField("accreditation.SupportRequestStep", models.CASCADE, related_name="letters_choice")

    class Meta(LettersChoice.Meta):
        abstract = False
        constraints = [withheld_or_worded("letters_of_support_are_withheld_or_worded_anew")]
        verbose_name = _("choice about letters of a request for support")
        verbose_name_plural = _("choices about letters of requests for support")
