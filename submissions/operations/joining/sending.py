"""Who stands under what is sent: settled within the sending, which holds the input and the text."""

from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions.agreed_text import mark_of, text_of
from submissions.models import CoSponsor
from submissions.operations.joining.ending import Ended, end


def list_mark(rows, mark) -> str:
    """What the page before sending showed of the list: who stands there, and how each answered."""
    return ",".join(sorted(f"{row.pk}:{row.state(mark)}" for row in rows))


def settle(holder, call, text, chosen, files, *, by, at, seen=None, wait=False, there=True) -> dict:
    """Who stands under what is sent now, as a part of its content; the silent ones wait or are dropped as the call says.

    Runs inside the sending, which holds the input and the text. Raises Refused when `seen`, the list that the page
    showed, is another by now, or when the call lets an input wait for its co-sponsors and one is silent. `there`: False
    where the caller saw, behind the lock, that nobody stands there.
    """
    rows = _held(holder) if there else []
    mark = mark_of(text_of(text, chosen, files)) if rows else ""
    if seen is not None and seen != list_mark(rows, mark):
        raise Refused(_("The list of co-sponsors changed after you opened this page. Check it once more, then send."))
    silent = silent_of(rows, mark)
    if silent and (wait or call.joint_rule == call.JointRule.WAIT):
        raise Refused(waits_for(silent))
    for row in silent:
        end(row, Ended.DROPPED, by=None, at=at)
    return _content(rows, mark, silent)


def _held(holder) -> list:
    return list(holder.co_sponsors.standing().select_for_update(of=("self",)).select_related("organisation"))


def silent_of(rows, mark) -> list:
    """Bodies that were asked and have not answered about this text."""
    waiting = (CoSponsor.State.INVITED, CoSponsor.State.OTHER_TEXT)
    return [row for row in rows if row.state(mark) in waiting]


def waits_for(silent):
    names = ", ".join(row.public_name for row in silent)
    return _("Waits for: %(names)s. Each has to answer about the text as it stands, or you take it out.") % {"names": names}


def _content(rows, mark, silent) -> dict:
    agreed = [
        {
            "id": row.pk,
            "name": row.organisation.name,
            "language": row.organisation.name_language,
            "agreed_at": row.answered_at.isoformat(timespec="microseconds"),
            "agreed_to": row.agreed_mark,
        }
        for row in rows
        if row.state(mark) == CoSponsor.State.AGREED
    ]
    parts = {
        "co_sponsors": agreed,
        "also_on_behalf_of": [{"id": row.pk, "name": row.name} for row in rows if row.on_behalf],
        "dropped": [{"id": row.pk, "name": row.public_name} for row in silent],
    }
    return {name: part for name, part in parts.items() if part}
