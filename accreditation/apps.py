from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccreditationConfig(AppConfig):
    name = "accreditation"
    verbose_name = _("Organisations and accreditation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Kinds of letters, parts of a merge, tables about people and what ends sessions register themselves."""
        from accreditation import letter_kinds, sessions  # noqa: F401
        from accreditation.merging import all_parts  # noqa: F401
        from accreditation.personal import all_parts as kept_about_people  # noqa: F401
