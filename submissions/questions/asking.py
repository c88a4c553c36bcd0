"""Which form is asked: of a call and level, of a draft, of what was sent. What was published is kept ready."""

from functools import lru_cache

from django.db import connection

from submissions.models import FormVersion

KEPT_READY = 64  # published versions in the memory of a process
# The form of the level before that of all levels; by hand, as whoever begins a draft waits for it.
ASKED = """
    SELECT (
        SELECT version.id FROM submissions_formversion version
        WHERE version.template_id = asked.template_id AND version.published_at IS NOT NULL
        ORDER BY version.number DESC LIMIT 1)
    FROM submissions_callform asked WHERE asked.call_id = %s AND asked.level IN ('', %s) ORDER BY asked.level DESC LIMIT 1
"""


def form_for(call, level):
    """The key of the newest published version of the form that this call asks on this level, or None."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [getattr(call, "pk", call), level or ""])
        return next((key for (key,) in cursor.fetchall()), None)


def asked_now(submission, level):
    """As form_for, for the call of an input: from what was read with its row where that was done."""
    forms = submission.forms_read
    if forms is None:
        return form_for(submission.call_id, level)
    return forms[level] if level in forms else forms.get("")


def form_of(key):
    """The form with that key, its sections and questions read; None where there is no such form."""
    if key is None:
        return None
    try:
        return _published(str(key))
    except FormVersion.DoesNotExist:
        return FormVersion.objects.select_related("template").filter(pk=key).first()


@lru_cache(maxsize=KEPT_READY)
def _published(key):
    version = FormVersion.objects.select_related("template").get(pk=key, published_at__isnull=False)
    _ = version.by_key  # read whole
    return version
