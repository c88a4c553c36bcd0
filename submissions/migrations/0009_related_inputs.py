"""Which public inputs are nearest to each is kept beside them; a sweep finds out, a trigger makes it due."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# All that are public are due; until the sweep comes to them their pages show the newest that share an objective, as before.
FILL = "INSERT INTO submissions_relatedinputs (published_id) SELECT published_id FROM submissions_findable"


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0008_names_in_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='RelatedInputs',
            fields=[
                ('published', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='related_inputs', serialize=False, to='submissions.publishedinput')),
                ('others', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('made_at', models.DateTimeField(null=True)),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='findable',
            trigger=pgtrigger.compiler.Trigger(name='related_are_due', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'DELETE' THEN\n    DELETE FROM submissions_relatedinputs WHERE published_id = OLD.published_id;\nELSE\n    INSERT INTO submissions_relatedinputs (published_id) VALUES (NEW.published_id)\n    ON CONFLICT (published_id) DO UPDATE SET made_at = NULL;\nEND IF;\nRETURN NULL;\n", hash='890aa83a7268faf4004c7c6973bdc907061e6905', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_related_are_due_b7505', table='submissions_findable', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='relatedinputs',
            index=models.Index(condition=models.Q(('made_at', None)), fields=['published'], name='related_to_look_for'),
        ),
        migrations.AddIndex(
            model_name='relatedinputs',
            index=models.Index(fields=['made_at', 'published'], name='related_longest_ago'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
