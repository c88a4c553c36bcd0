"""End the sessions of a person. The round of a person's sessions is part of what each of them must show to be believed."""

from django.db.models import F

from accreditation.models import User


def end_sessions(person):
    """Every session of theirs ends with its next click; whoever acts in one may keep it (accreditation/sessions.py)."""
    User.objects.filter(pk=person.pk).update(session_round=F("session_round") + 1)
    person.refresh_from_db(fields=["session_round"])
