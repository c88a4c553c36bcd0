"""Topics of letters that somebody does not want: stopped with one click, wanted again just as easily."""

from django.db import transaction

from forums.letters.kinds import all_kinds
from forums.models import Letter, StoppedMail


def is_stopped(email, topic) -> bool:
    return StoppedMail.objects.filter(email__iexact=email, topic=topic).exists()


def stopped_topics(email) -> set[str]:
    """The topics this address does not want."""
    return set(StoppedMail.objects.filter(email__iexact=email).values_list("topic", flat=True))


@transaction.atomic
def stop_topic(email, topic, *, at):
    """Write no more letters of this topic to this address; those that wait are taken back. Twice is once."""
    if not is_stopped(email, topic):
        StoppedMail.objects.bulk_create([StoppedMail(email=email.lower(), topic=topic, at=at)], ignore_conflicts=True)
    kinds = [kind.code for kind in all_kinds() if kind.topic == topic]
    Letter.objects.filter(to__iexact=email, kind__in=kinds, sent_at=None, claimed_until=None).delete()


def start_topic(email, topic):
    """Write letters of this topic to this address again."""
    StoppedMail.objects.filter(email__iexact=email, topic=topic).delete()
