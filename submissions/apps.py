from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("Inputs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Kinds of letters, what hides letters, parts of a merge and of what is kept about people register themselves."""
        from submissions import (  # noqa: F401
            call_letter_kinds,
            desk_letter_kinds,
            following_letter_kinds,
            hidden_letters,
            joint_letter_kinds,
            letter_kinds,
            merging,
            personal,
            proposal_letter_kinds,
            redaction_letter_kinds,
            second_person_acts,
            use_letter_kinds,
        )
        from submissions.coverage import letter_kind  # noqa: F401
