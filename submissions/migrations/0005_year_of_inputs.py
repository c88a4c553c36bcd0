"""Published inputs are looked for by the year in which they were received where their forum meets."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Who moves a forum to another zone moves its inputs of one night to another year; the trigger of the table does the rest.
TOUCH = """
CREATE FUNCTION submissions_date_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE submissions_publishedinput SET received_in = 0 WHERE forum_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER date_anew AFTER UPDATE OF time_zone ON forums_forum
    FOR EACH ROW WHEN (OLD.time_zone IS DISTINCT FROM NEW.time_zone) EXECUTE FUNCTION submissions_date_anew();
"""
NO_MORE = """
DROP TRIGGER date_anew ON forums_forum;
DROP FUNCTION submissions_date_anew();
"""
FILL = "UPDATE submissions_publishedinput SET received_in = 0"


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0004_regions_of_countries'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='publishedinput',
            name='placed',
        ),
        migrations.AddField(
            model_name='publishedinput',
            name='received_in',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
            preserve_default=False,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedinput',
            trigger=pgtrigger.compiler.Trigger(name='placed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nNEW.in_regions := CASE WHEN cardinality(NEW.regions) > 0 THEN NEW.regions ELSE (\n    SELECT coalesce(array_agg(DISTINCT region_id ORDER BY region_id), '{}') FROM forums_country_regions\n    WHERE country_id = ANY (NEW.countries)\n) END;\nNEW.received_in := (\n    SELECT extract(year FROM NEW.received_at AT TIME ZONE time_zone) FROM forums_forum WHERE id = NEW.forum_id\n);\nRETURN NEW;\n", hash='3e02a04340f128f78832dd7d071c90796c9c1900', operation='INSERT OR UPDATE', pgid='pgtrigger_placed_ace91', table='submissions_publishedinput', when='BEFORE')),
        ),
        migrations.RunSQL(TOUCH, NO_MORE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
