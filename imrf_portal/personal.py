"""What the roof keeps about people: the log of what was changed at the desk."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accreditation.personal.parts import CODE, PARTS, Part, by_any, points, register, stays

CALLED_AFTER_A_PERSON = ("User", "Membership", "Registration", "SpeakingRequest", "SupportRequest", "Invitation")


def entries_about_them(who):
    """Entries about rows that are called after the person."""
    found = Q(pk__in=[])
    for name in CALLED_AFTER_A_PERSON:
        label = f"accreditation.{name}"
        kind = ContentType.objects.get_for_model(apps.get_model(label))
        keys = [str(key) for key in PARTS[label].touched(who).values_list("pk", flat=True)]
        found = reduce(or_, [found, Q(content_type=kind, object_id__in=keys)])
    return found


register(
    Part(
        "admin.LogEntry",
        by_any("user"),
        shown=("action_time", "content_type", "action_flag"),
        kept={**points("user"), **stays(CODE, "object_id")},
        machine_words=("object_repr", "change_message"),
        near=entries_about_them,
    )
)
