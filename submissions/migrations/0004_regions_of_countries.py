"""Published inputs are looked for in the regions of their countries, where they name none themselves."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Whatever changes which region a country belongs to touches the rows about it; the trigger of the table does the rest.
TOUCH = """
CREATE FUNCTION submissions_place_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE submissions_publishedinput SET in_regions = '{}'
    WHERE cardinality(regions) = 0 AND countries @> ARRAY[coalesce(NEW.country_id, OLD.country_id)]::varchar[];
    RETURN NULL;
END $$;
CREATE TRIGGER place_anew AFTER INSERT OR DELETE ON forums_country_regions
    FOR EACH ROW EXECUTE FUNCTION submissions_place_anew();
"""
NO_MORE = """
DROP TRIGGER place_anew ON forums_country_regions;
DROP FUNCTION submissions_place_anew();
"""
FILL = "UPDATE submissions_publishedinput SET in_regions = '{}' WHERE cardinality(regions) + cardinality(countries) > 0"


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0003_rules_in_sql'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishedinput',
            name='in_regions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, editable=False, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedinput',
            trigger=pgtrigger.compiler.Trigger(name='placed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nNEW.in_regions := CASE WHEN cardinality(NEW.regions) > 0 THEN NEW.regions ELSE (\n    SELECT coalesce(array_agg(DISTINCT region_id ORDER BY region_id), '{}') FROM forums_country_regions\n    WHERE country_id = ANY (NEW.countries)\n) END;\nRETURN NEW;\n", hash='879c9f28514e96e55b602aeb0f78b9809b683575', operation='INSERT OR UPDATE', pgid='pgtrigger_placed_ace91', table='submissions_publishedinput', when='BEFORE')),
        ),
        migrations.RunSQL(TOUCH, NO_MORE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
