"""A key is one accreditation's own; other names of organisations are rows now."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0004_fill_names_and_keys")]

    operations = [
        migrations.AlterField(
            model_name='accreditation',
            name='key',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.RemoveField(
            model_name='organisation',
            name='aliases',
        ),
        migrations.RemoveField(
            model_name='organisationhistory',
            name='aliases',
        ),
    ]
