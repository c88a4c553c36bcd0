"""The roles of the desk: one group each, with the permissions that its work needs and nothing more.

Permissions of the floor above are named as text; this file imports none of it. Nobody holds a permission to delete.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_lazy as _

LABELS = {
    "Reviewer": _("Reviewer: reads what was sent, asks back, accepts or declines"),
    "Editor": _("Editor: reviews, publishes and takes down"),
    "Accreditation": _("Accreditation desk: screens claims and records what other bodies decided"),
    "Administrator": _("Administrator: forums, calls, people, letters, vocabularies"),
}

_VOCABULARIES = ("objective", "guidingprinciple", "region", "country")
_CALENDAR = ("forum", "call", "milestone", "roundtable", "officialdocument", "regionalreview")
_LOOK_UP = (
    *(f"forums.view_{name}" for name in (*_VOCABULARIES, *_CALENDAR, "formerdates", "extension", "sweep")),
    *(f"accreditation.view_{name}" for name in ("organisation", "basis", "register", "registerentry")),
)
_REVIEWER = (
    *_LOOK_UP,
    "submissions.view_submission",
    "submissions.review_submission",
    "submissions.view_publishedinput",
)
# view_review is the right to know who reviews what; a reviewer knows only of their own reviews.
_OVERSEER = (
    "submissions.view_review",
    "submissions.view_attachment",
    "submissions.view_submissionstep",
    "accreditation.view_membership",
    "forums.view_letter",
)
PERMISSIONS = {
    "Reviewer": _REVIEWER,
    "Editor": (*_REVIEWER, *_OVERSEER, "submissions.publish_submission"),
    "Accreditation": (
        *_LOOK_UP,
        "accreditation.screen_accreditation",
        "accreditation.record_outcome",
        "accreditation.view_accreditation",
        "accreditation.view_accreditationstep",
        "accreditation.view_membership",
        "accreditation.add_organisation",
        "accreditation.change_organisation",
    ),
    "Administrator": (
        *_LOOK_UP,
        *_OVERSEER,
        *(f"forums.{act}_{name}" for name in _CALENDAR for act in ("add", "change")),
        *(f"forums.change_{name}" for name in _VOCABULARIES),
        "forums.change_letter",
        "submissions.view_submission",
        "submissions.view_publishedinput",
        "accreditation.add_organisation",
        "accreditation.change_organisation",
        "accreditation.change_membership",
        "accreditation.change_basis",
        "accreditation.view_user",
        "accreditation.change_user",
    ),
}


def make_desk_roles(apps=installed, using="default"):
    """Create the four groups and give each exactly the permissions of the table; returns them by name.

    Runs after every migrate, so that a new permission reaches the desk with the release that brings it.
    """
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("forums", "accreditation", "submissions"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    groups = {}
    for name, permissions in PERMISSIONS.items():
        groups[name], _new = Group.objects.using(using).get_or_create(name=name)
        groups[name].permissions.set([known[permission] for permission in permissions])
    return groups


def group_of(role):
    """The group of a role named in lower case: group_of("reviewer")."""
    Group = installed.get_model("auth", "Group")
    return Group.objects.filter(name=role.capitalize()).first() or make_desk_roles()[role.capitalize()]
