"""Moving the closing of a call: an extension says what it was, what it is, why and by whose authority."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.models import Call
from forums.refusals import Refused


@transaction.atomic
def extend(call, *, closes_at, reason, authority, at):
    """Let a call close later; the former closing stays on the public page with the reason and the authority."""
    kept = Call.objects.select_for_update().get(pk=call.pk)
    if kept.closes_at is None or closes_at is None or closes_at <= kept.closes_at:
        raise Refused(_("An extension lets the call close later than now. Check the new closing."))
    if not (reason.strip() and authority.strip()):
        raise Refused(_("An extension is public: say why it is given and who decided it."))
    kept.extensions.create(was=kept.closes_at, became=closes_at, reason=reason.strip(), authority=authority.strip(), at=at)
    kept.closes_at = closes_at
    kept.save(update_fields=["closes_at"])
    return kept
