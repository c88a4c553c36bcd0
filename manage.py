#!/usr/bin/env python
"""Django's commands, with the embedded servers lent where no others are named (imrf_portal/embedded)."""

import os
import sys
from contextlib import nullcontext

from imrf_portal.embedded import environment_for
from imrf_portal.supervisor import CannotStart

WITHOUT_AUDIT = ("migrate", "makemigrations", "run_portal", "collectstatic", "compile_translations")


def said_in_the_audit(named):
    """The audit says of what a command changed which one it was; migrations change by themselves."""
    import pghistory

    return nullcontext() if not named or named[0] in WITHOUT_AUDIT else pghistory.context(command=named[0])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
    try:
        with environment_for(sys.argv):
            from django.core.exceptions import ImproperlyConfigured
            from django.core.management import execute_from_command_line

            try:
                with said_in_the_audit(sys.argv[1:2]):
                    execute_from_command_line(sys.argv)
            except ImproperlyConfigured as why:
                sys.exit(f"The settings do not allow a start: {why}")
    except CannotStart as why:
        sys.exit(str(why))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
