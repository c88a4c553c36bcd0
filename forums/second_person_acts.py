"""What of the calendar needs a second person: a closing that everybody relies on is moved."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Call, Extension
from forums.operations import extend
from forums.second_person import Act, register
from forums.templatetags.moments import in_words

EXTEND = "forums.extend_call"


def call_of(args):
    return Call.objects.select_related("forum").get(pk=args["call"])


def words(args):
    """What would be done, as it is asked."""
    call, zone = call_of(args), call_of(args).forum.zone
    told = dict(Extension.Told.choices).get(args["told"], args["told"])
    return [
        (_("Call"), f"{call} · {call.forum}"),
        (_("Closes now"), in_words(call.closes_at, zone) if call.closes_at else "–"),
        (_("Would close"), in_words(parse_datetime(args["closes_at"]), zone)),
        (_("Reason"), args["reason"]),
        (_("Who decided it"), args["authority"]),
        (_("Who is told by letter"), str(told)),
    ]


def mark(args):
    """The closing and the edition of the call that the asker saw."""
    call = call_of(args)
    return f"{call.closes_at.isoformat() if call.closes_at else ''}:{call.sequence}"


def carry_out(args, asked_by, by, at):
    """Extend the call in the name of whoever asked."""
    kept = {name: args[name] for name in ("reason", "authority", "told")}
    extend(call_of(args), closes_at=parse_datetime(args["closes_at"]), **kept, by=asked_by, at=at)


register(
    Act(
        EXTEND,
        gettext_lazy("Extend a call, or open it again"),
        "forums.change_call",
        words,
        mark,
        carry_out,
        page=lambda args: reverse("admin:forums_call_change", args=[args["call"]]),
    )
)
