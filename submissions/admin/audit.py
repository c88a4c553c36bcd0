"""The audit shows nothing of an input that its reader may not see: a draft, what their own organisation stands under."""

from django.db.models import UUIDField

from accreditation.audit.finding import VISIBLE, only_where
from submissions.models import Submission


def _without_unseen_inputs(entries, user):
    return only_where(entries, Submission._meta.db_table, UUIDField(), Submission.objects.visible_to(user))


VISIBLE.append(_without_unseen_inputs)
