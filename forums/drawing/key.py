"""What each shape of the picture means, in words. Pure."""

from django.utils.translation import gettext as _


def meanings() -> list[tuple[str, str]]:
    return [
        ("met", _("Duty met")),
        ("early", _("Met before it was due")),
        ("late", _("Duty overdue or met late")),
        ("delay", _("Delay")),
        ("soon", _("Duty due soon")),
        ("ahead", _("Duty ahead")),
        ("waived", _("Duty waived")),
        ("unknown", _("Not recorded")),
        ("open", _("Call, open")),
        ("not_yet", _("Call, not yet open")),
        ("closed", _("Call, closed")),
        ("former", _("Former closing")),
        ("meeting", _("Days of the forum")),
    ]
