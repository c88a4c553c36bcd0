"""Machine translation: what an engine must be. None is built in; TRANSLATION_ENGINE names one by its dotted path."""

from django.conf import settings
from django.utils.module_loading import import_string


class Engine:
    """Subclass it and name it in the setting. The worker calls it, never a request, and only with published words."""

    def translate(self, texts: list[str], *, source: str, target: str) -> list[str]:
        """The texts in the other language, as many and in the same order; whatever it raises is kept as the trouble."""
        raise NotImplementedError


def engine():
    """The engine of this portal; None where there is none, which is how it ships."""
    return import_string(settings.TRANSLATION_ENGINE)() if settings.TRANSLATION_ENGINE else None
