from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Forums and deadlines")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Kinds of letters register themselves."""
        from forums import following_letters, letter_kinds, second_person_acts  # noqa: F401
