from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The step by which an input came to its status is the first that an index gives; made while the portal is used."""

    atomic = False

    dependencies = [
        ("submissions", "0027_redacted_and_mentioned"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="submissionstep",
            index=models.Index(fields=["submission", "-at", "-id"], name="submission_steps_newest_first"),
        ),
    ]
