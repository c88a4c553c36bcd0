"""How well the search finds: `python -m tests.bench.relevance` prints figures, misses and both shares as JSON.

The set of tests/submissions/relevance stands alone in the database while it is asked, and not at all afterwards.
"""

import json

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.db import transaction

from submissions.models import PublishedInput
from tests.factories import make_forum
from tests.submissions.relevance.asking import ask_everything
from tests.submissions.relevance.texts import store


def find_out():
    with transaction.atomic():
        assert not PublishedInput.objects.exists(), "Other inputs would stand among the answers."
        make_forum()
        answers = ask_everything(store())
        transaction.set_rollback(True)
    return answers


if __name__ == "__main__":
    answers = find_out()
    said = {"figures": str(answers), "misses": answers.misses, "first": answers.first, "among_five": answers.among_five}
    print(json.dumps(said))  # noqa: T201
