"""The roles of the desk: one group each, with the permissions that its work needs and nothing more.

Permissions of the floor above are named as text; this file imports none of it. Nobody holds a permission to delete, but
slots of a session and languages of a document, which are corrected on the page of what they belong to.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_lazy as _

LABELS = {
    "Reviewer": _("Reviewer: reads what was sent, asks back, accepts or declines"),
    "Editor": _("Editor: reviews, publishes and takes down"),
    "Accreditation": _("Accreditation desk: screens claims and records what other bodies decided"),
    "Forum manager": _("Forum manager: dates, duties, calls, programme, documents, letters about them"),
    "Administrator": _("Administrator: forums, calls, people, letters, vocabularies"),
}

_VOCABULARIES = ("objective", "guidingprinciple", "region", "country")
_CALENDAR = (
    "forum",
    "rule",
    "call",
    "milestone",
    "roundtable",
    "officialdocument",
    "regionalreview",
    "nationalreview",
    "session",
    "meetingroom",
)
# What belongs to a row of the calendar and is written on its page.
_WITHIN = ("slot", "documentfile")
_FORMS = ("formtemplate", "formversion", "section", "question", "callform")
_KEPT = ("formerdates", "extension", "waiver", "override", "change", "release", "sweep", "pagecount")
_LOOK_UP = (
    *(f"forums.view_{name}" for name in (*_VOCABULARIES, *_CALENDAR, *_WITHIN, *_KEPT)),
    *(f"accreditation.view_{name}" for name in ("organisation", "basis", "basispoint", "register", "registerentry")),
)
_SPEAKING = (
    "accreditation.choose_speakers",
    *(
        f"accreditation.view_{name}"
        for name in ("speakingrequest", "speakingrequeststep", "speakerrelease", "representative")
    ),
    *(f"accreditation.{act}_representative" for act in ("add", "change")),
    *(f"accreditation.{act}_forumterms" for act in ("add", "change", "view")),
)
# What the accreditation desk looks at beside organisations and accreditations; its verbs have permissions of their own.
_WHO = (
    "accreditationstep",
    "membership",
    "invitation",
    "resemblance",
    "merge",
    "evidencefile",
    "enquiry",
    "nonobjectionlist",
    "nonobjectionliststep",
    "listline",
    "listdocument",
    "objection",
    "letterofaccreditation",
    "registration",
    "supportrequest",
    "supportrequeststep",
    "registerimport",
    "registertouch",
)
_RECORDS = (
    "merge_organisation",
    "hand_over_organisation",
    "add_registerimport",
    "change_registertouch",
    "change_resemblance",
)
_REVIEWER = (
    *_LOOK_UP,
    "submissions.view_submission",
    "submissions.review_submission",
    "submissions.view_publishedinput",
    "submissions.view_proposal",
    "submissions.view_decisionround",
    *(f"submissions.{act}_conflict" for act in ("add", "view")),
    *(f"accreditation.{act}_absence" for act in ("add", "view")),
    "submissions.view_compilation",
)
# view_review is the right to know who reviews what; a reviewer knows only of their own reviews.
_OVERSEER = (
    "submissions.view_review",
    "submissions.view_attachment",
    "submissions.release_attachment",
    "submissions.view_submissionstep",
    "submissions.view_cosponsor",
    "submissions.view_use",
    "submissions.view_inputtranslation",
    "submissions.view_publicityrequest",
    "submissions.view_proposalstep",
    *(f"submissions.{act}_conflict" for act in ("add", "view")),
    *(
        f"submissions.{act}_{name}"
        for name in ("assignmentrule", "automaticassignment")
        for act in ("add", "change", "view")
    ),
    *(f"accreditation.{act}_{name}" for name in ("absence", "deskscope") for act in ("add", "view")),
    "accreditation.view_membership",
    "forums.view_letter",
    "forums.view_secondpersonrequest",
    "submissions.view_decisionround",
)
_CONVENER = (
    *(f"forums.{act}_{name}" for name in (*_CALENDAR, *_WITHIN) for act in ("add", "change")),
    *(f"forums.{act}_wording" for act in ("add", "change", "view")),
    *(f"submissions.{act}_{name}" for name in _FORMS for act in ("add", "change", "view")),
    "submissions.publish_formversion",
    "forums.delete_slot",
    "forums.delete_documentfile",
    "forums.add_release",
    "forums.view_follower",
    "forums.view_secondpersonrequest",
    "forums.view_letter",
    "forums.change_letter",
)
# Gathers what is public into compilations; texts that are not public yet need the right to publish as well.
# Call letters and background notes take two people, who may hold the same role.
_COMPILER = (
    *("submissions.add_compilation", "submissions.view_compilation"),
    *(f"submissions.{act}_callletter" for act in ("add", "view", "release")),
    *(f"submissions.{act}_backgroundnote" for act in ("add", "change", "view", "sign")),
)
PERMISSIONS = {
    "Reviewer": _REVIEWER,
    "Editor": (
        *_REVIEWER,
        *_OVERSEER,
        "submissions.publish_submission",
        "submissions.record_input",
        "submissions.add_use",
        *(f"submissions.{act}_inputtranslation" for act in ("add", "change")),
        "submissions.view_recording",
        "submissions.view_recordingbatch",
        "accreditation.export_lists",
        *_COMPILER,
    ),
    "Accreditation": (
        *_LOOK_UP,
        "accreditation.screen_accreditation",
        "accreditation.record_outcome",
        "accreditation.read_evidence",
        "accreditation.compile_list",
        "accreditation.export_lists",
        "accreditation.register_persons",
        "accreditation.decide_support",
        "accreditation.view_accreditation",
        *(f"accreditation.view_{name}" for name in _WHO),
        *(f"accreditation.{name}" for name in _RECORDS),
        *(f"accreditation.{act}_objection" for act in ("add", "change")),
        *_SPEAKING,
        "accreditation.add_organisation",
        "accreditation.change_organisation",
    ),
    "Forum manager": (*_LOOK_UP, *_CONVENER, *_SPEAKING, *_COMPILER, "accreditation.export_lists"),
    "Administrator": (
        *_LOOK_UP,
        *_OVERSEER,
        *_CONVENER,
        *_COMPILER,
        *(f"forums.change_{name}" for name in _VOCABULARIES),
        "submissions.view_submission",
        "submissions.view_publishedinput",
        "submissions.view_proposal",
        "accreditation.add_organisation",
        "accreditation.change_organisation",
        "accreditation.change_membership",
        "accreditation.change_basis",
        *(f"accreditation.{act}_basispoint" for act in ("add", "change")),
        *(f"accreditation.{name}" for name in _RECORDS),
        *(
            f"accreditation.view_{name}"
            for name in ("resemblance", "merge", "invitation", "registerimport", "registertouch")
        ),
        *(f"accreditation.{act}_forumterms" for act in ("add", "change", "view")),
        "accreditation.export_lists",
        "accreditation.view_reading",
        "accreditation.view_auditentry",
        "accreditation.view_erasure",
        "accreditation.add_erasure",
        "accreditation.view_user",
        "accreditation.change_user",
    ),
}


def make_desk_roles(apps=installed, using="default"):
    """Create the groups and give each exactly the permissions of the table; returns them by name.

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
