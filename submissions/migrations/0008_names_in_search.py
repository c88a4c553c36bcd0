"""Public inputs are found by every public name of their organisations; what changes a name makes them due."""

import django.db.models.deletion
from django.db import migrations, models

# One statement for a change of a name, whatever an organisation has sent; a sweep makes the vectors (showing_names.py).
# Rows are held in one order, so that two bodies that stand under the same inputs do not wait for each other.
TRIGGERS = """
CREATE FUNCTION submissions_names_due(body bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE submissions_searchednames SET due = true WHERE submission_id IN (
        SELECT submission_id FROM submissions_searchednames WHERE NOT due AND submission_id IN (
            SELECT submission_id FROM submissions_publishedinput WHERE organisation_id = body
            UNION ALL
            SELECT submission_id FROM submissions_publishedinput
            WHERE co_sponsor_keys @> ARRAY[body] AND NOT (co_sponsor_keys = '{}'::bigint[])
        ) ORDER BY submission_id FOR UPDATE
    );
$$;

CREATE FUNCTION submissions_name_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM submissions_names_due(OLD.organisation_id);
    END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.organisation_id <> OLD.organisation_id) THEN
        PERFORM submissions_names_due(NEW.organisation_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER name_changed AFTER INSERT OR DELETE ON accreditation_organisationname
    FOR EACH ROW EXECUTE FUNCTION submissions_name_changed();
CREATE TRIGGER name_rewritten AFTER UPDATE ON accreditation_organisationname
    FOR EACH ROW WHEN ((OLD.name, OLD.language, OLD.use, OLD.organisation_id)
        IS DISTINCT FROM (NEW.name, NEW.language, NEW.use, NEW.organisation_id)) EXECUTE FUNCTION submissions_name_changed();

CREATE FUNCTION submissions_led_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE submissions_searchednames SET due = true WHERE NOT due AND submission_id = NEW.submission_id;
    RETURN NULL;
END $$;
CREATE TRIGGER led_by_another AFTER UPDATE OF organisation_id, co_sponsor_keys ON submissions_publishedinput
    FOR EACH ROW WHEN ((OLD.organisation_id, OLD.co_sponsor_keys) IS DISTINCT FROM (NEW.organisation_id, NEW.co_sponsor_keys))
    EXECUTE FUNCTION submissions_led_by_another();
"""
NO_TRIGGERS = """
DROP TRIGGER led_by_another ON submissions_publishedinput;
DROP TRIGGER name_rewritten ON accreditation_organisationname;
DROP TRIGGER name_changed ON accreditation_organisationname;
DROP FUNCTION submissions_led_by_another();
DROP FUNCTION submissions_name_changed();
DROP FUNCTION submissions_names_due(bigint);
"""
FILL = """
INSERT INTO submissions_searchednames (submission_id, names, due)
SELECT submission_id, NULL, true FROM submissions_publishedinput WHERE taken_down_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0007_bits_of_facets'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchedNames',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='searched_names', serialize=False, to='submissions.submission')),
                ('names', models.JSONField(null=True)),
                ('due', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'names by which an input is found',
                'verbose_name_plural': 'names by which inputs are found',
                'indexes': [models.Index(condition=models.Q(('due', True)), fields=['submission'], name='names_to_compare')],
            },
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
