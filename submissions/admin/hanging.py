"""What hangs on an input on its review page, read in the statement that reads the input: internal notes, proposals."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from accreditation.models import User
from submissions.admin.proposals import proposal_tone
from submissions.admin.put_together import put_together
from submissions.models import Note, Proposal
from submissions.models.version import symbol_of

BY = ("name", "email", "erased_at")


def with_notes(submissions):
    """With `noted`: the internal notes, oldest first."""
    return submissions.annotate(noted=put_together(_noted))


def _noted():
    rows = Note.objects.filter(submission=OuterRef("pk")).order_by("at", "pk")
    words = {"pk": "pk", "text": "text", "at": "at", "by": "by_id"} | {name: f"by__{name}" for name in BY}
    return ArraySubquery(rows.values(shape=JSONObject(**words)))


def with_proposals(submissions):
    """With `proposed`: the corrections and additions that were sent, in the order in which they were asked for."""
    return submissions.annotate(proposed=put_together(_proposed))


def _proposed():
    rows = Proposal.objects.sent().filter(submission=OuterRef("pk")).order_by("asked_at", "pk")
    words = {name: name for name in ("pk", "act", "status", "late")}
    words |= {"reference": "version__content__reference", "number": "version__act_number", "sent_at": "version__sent_at"}
    return ArraySubquery(rows.values(shape=JSONObject(**words)))


def notes_of(submission, names) -> list:
    """The notes with who left each, as far as its reader may know."""
    return [
        {
            "note": {**note, "at": parse_datetime(note["at"])},
            "by": names.of(User(pk=note["by"], **{name: note[name] for name in BY})),
        }
        for note in submission.noted
    ]


def proposals_of(submission) -> list:
    acts, statuses = dict(Proposal._meta.get_field("act").choices), dict(Proposal.Status.choices)
    return [
        {
            **one,
            "symbol": symbol_of(one["reference"], one["act"], one["number"]),
            "act": acts[one["act"]],
            "word": statuses[one["status"]],
            "tone": proposal_tone(one["status"]),
            "sent_at": parse_datetime(one["sent_at"]),
        }
        for one in submission.proposed
    ]
