#!/usr/bin/env python
"""Django's commands, with the embedded servers lent where no others are named (imrf_portal/embedded)."""

import os
import sys

from imrf_portal.embedded import environment_for
from imrf_portal.supervisor import CannotStart


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
    try:
        with environment_for(sys.argv):
            from django.core.exceptions import ImproperlyConfigured
            from django.core.management import execute_from_command_line

            try:
                execute_from_command_line(sys.argv)
            except ImproperlyConfigured as why:
                sys.exit(f"The settings do not allow a start: {why}")
    except CannotStart as why:
        sys.exit(str(why))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
