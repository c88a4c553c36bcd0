"""A body that its lead takes out with a correction leaves when that is approved, and not before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0014_guiding_principles")]

    operations = [
        migrations.AddField(
            model_name="cosponsor",
            name="leaves_with",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="leaving",
                to="submissions.proposal",
            ),
        ),
    ]
