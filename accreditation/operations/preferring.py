"""Which letters a person gets, and in which language."""

from django.db import transaction

from forums.letters.topics import all_topics
from forums.models import SecondLanguage
from forums.operations import start_topic, stop_topic


@transaction.atomic
def prefer_letters(person, *, language, topics, at, second=""):
    """Write to this person in that language, in a second one too if asked, and of the stoppable topics these only.

    Legal notices have no topic.
    """
    person.language = language
    person.save(update_fields=["language"])
    SecondLanguage.objects.filter(email__iexact=person.email).delete()
    if second and second != language:
        SecondLanguage.objects.create(email=person.email, language=second)
    for topic in all_topics():
        if topic.code in topics:
            start_topic(person.email, topic.code)
        else:
            stop_topic(person.email, topic.code, at=at)
