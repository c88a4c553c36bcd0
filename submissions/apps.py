from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubmissionsConfig(AppConfig):
    name = "submissions"
    verbose_name = _("Inputs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Kinds of letters, parts of a merge and of what is kept about people register themselves."""
        from submissions import (  # noqa: F401
            call_letter_kinds,
            joint_letter_kinds,
            letter_kinds,
            merging,
            personal,
            proposal_letter_kinds,
            use_letter_kinds,
        )
