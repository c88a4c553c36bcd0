"""Who comes, waiting: requests for support, and sessions whose speakers are to be chosen."""

from django.utils.translation import gettext as _

from accreditation.models import SpeakingRequest, SupportRequest
from accreditation.participation.awaiting import sessions_due
from imrf_portal.worklist.lines import Line, Waiting, link


def support(user):
    """Requests for support about which nothing is recorded yet."""
    if not user.has_perm("accreditation.view_supportrequest"):
        return []
    url = link(SupportRequest, status__exact="requested")
    return [Waiting(_("Requests for support to be decided"), _wanted_support, url, "requested_at")]


def _wanted_support(user, at):
    return SupportRequest.objects.filter(status="requested")


def speakers(user, at):
    """Sessions that take no more requests to speak and whose speakers are not chosen yet."""
    if not user.has_perm("accreditation.view_speakingrequest"):
        return []
    due = sessions_due(at)
    since = min((session.closed_at for session in due if session.closed_at), default=None)
    return [Line(_("Sessions whose speakers are to be chosen"), len(due), link(SpeakingRequest, answer="due"), since)]
