"""How the portal logs: one line an event, JSON in production, never a person's text, address or cookie.

structlog draws faults with the library rich wherever that is installed, as it is beside the tools of the tests. Ours are
plain lines everywhere, so no process holds it (52 modules, and 19 of the colours of code).
"""

import sys
from contextlib import contextmanager


@contextmanager
def _as_if_absent(library):
    there = sys.modules.get(library)
    sys.modules[library] = None
    try:
        yield
    finally:
        del sys.modules[library]
        if there:
            sys.modules[library] = there


with _as_if_absent("rich"):
    import structlog


def logging_by(level: str, json: bool) -> dict:
    """Django's LOGGING: everything to standard error, where the supervisor or the container's host collects it."""
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
    }
