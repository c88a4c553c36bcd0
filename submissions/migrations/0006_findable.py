"""What searches read of public inputs stands in narrow rows of its own, kept by a trigger; the index of words moves there."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The first sign is an ideograph, because letters of alphabets have marks and capitals that PostgreSQL may know about. A new
# value is rare (a new forum, the first input about a country): then one publication waits for another.
FUNCTIONS = """
CREATE FUNCTION submissions_filed_under(shown submissions_publishedinput) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['forum:' || shown.forum_id, 'level:' || shown.level, 'kind:' || shown.kind, 'basis:' || shown.basis,
            'language:' || shown.language, 'year:' || shown.received_in]
        || ARRAY(SELECT 'objective:' || code FROM unnest(shown.objectives) code)
        || ARRAY(SELECT 'round_table:' || code FROM unnest(shown.round_tables) code)
        || ARRAY(SELECT 'region:' || code FROM unnest(shown.in_regions) code)
        || ARRAY(SELECT 'country:' || code FROM unnest(shown.countries) code)
$$;

CREATE FUNCTION submissions_give_signs(wanted text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF wanted <@ ARRAY(SELECT value::text FROM submissions_filedsign WHERE value = ANY (wanted)) THEN
        RETURN;
    END IF;
    LOCK TABLE submissions_filedsign IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO submissions_filedsign (sign, value)
    SELECT chr((last + row_number() OVER (ORDER BY value))::int), value
    FROM (SELECT unnest(wanted) AS value EXCEPT SELECT value FROM submissions_filedsign) fresh,
        (SELECT coalesce(max(ascii(sign)), 19967) AS last FROM submissions_filedsign) given;
END $$;

CREATE FUNCTION submissions_signs_of(shown submissions_publishedinput) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(string_agg(sign, '' ORDER BY sign COLLATE "C"), '')
    FROM unnest(submissions_filed_under(shown)) named JOIN submissions_filedsign ON value = named
$$;

CREATE FUNCTION submissions_make_findable(shown submissions_publishedinput) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM submissions_give_signs(submissions_filed_under(shown));
    INSERT INTO submissions_findable (published_id, submission_id, visible_at, language, filed, vector)
    VALUES (shown.id, shown.submission_id, shown.visible_at, shown.language, submissions_signs_of(shown), shown.vector)
    ON CONFLICT (published_id) DO UPDATE SET submission_id = EXCLUDED.submission_id, visible_at = EXCLUDED.visible_at,
        language = EXCLUDED.language, filed = EXCLUDED.filed, vector = EXCLUDED.vector;
END $$;

CREATE FUNCTION submissions_make_all_findable() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM submissions_findable;
    PERFORM submissions_give_signs(ARRAY(
        SELECT DISTINCT value FROM submissions_publishedinput shown, unnest(submissions_filed_under(shown)) value
        WHERE shown.taken_down_at IS NULL AND shown.vector IS NOT NULL
    ));
    INSERT INTO submissions_findable (published_id, submission_id, visible_at, language, filed, vector)
    SELECT shown.id, shown.submission_id, shown.visible_at, shown.language, submissions_signs_of(shown), shown.vector
    FROM submissions_publishedinput shown
    WHERE shown.taken_down_at IS NULL AND shown.vector IS NOT NULL ORDER BY shown.visible_at;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION submissions_make_all_findable();
DROP FUNCTION submissions_make_findable(submissions_publishedinput);
DROP FUNCTION submissions_signs_of(submissions_publishedinput);
DROP FUNCTION submissions_give_signs(text[]);
DROP FUNCTION submissions_filed_under(submissions_publishedinput);
"""
# The vector goes out of the row, and only that.
NARROW = """
ALTER TABLE submissions_findable SET (toast_tuple_target = 128);
ALTER TABLE submissions_findable ALTER COLUMN filed SET STORAGE MAIN;
ALTER TABLE submissions_findable ALTER COLUMN vector SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0005_year_of_inputs'),
    ]

    operations = [
        migrations.CreateModel(
            name='FiledSign',
            fields=[
                ('sign', models.CharField(max_length=1, primary_key=True, serialize=False)),
                ('value', models.CharField(max_length=60, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Findable',
            fields=[
                ('published', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='findable', serialize=False, to='submissions.publishedinput')),
                ('submission_id', models.UUIDField()),
                ('visible_at', models.DateTimeField()),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
                ('filed', models.TextField()),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedinput',
            trigger=pgtrigger.compiler.Trigger(name='found', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.taken_down_at IS NOT NULL OR NEW.vector IS NULL THEN\n    DELETE FROM submissions_findable WHERE published_id = NEW.id;\nELSIF TG_OP = 'INSERT' OR (\n    NEW.submission_id, NEW.visible_at, NEW.language, NEW.vector, NEW.taken_down_at, submissions_filed_under(NEW)\n) IS DISTINCT FROM (\n    OLD.submission_id, OLD.visible_at, OLD.language, OLD.vector, OLD.taken_down_at, submissions_filed_under(OLD)\n) OR NOT EXISTS (SELECT FROM submissions_findable WHERE published_id = NEW.id) THEN\n    PERFORM submissions_make_findable(NEW);\nEND IF;\nRETURN NULL;\n", hash='d1b6a4c586eba67839509704abcf518976aa35b8', operation='INSERT OR UPDATE', pgid='pgtrigger_found_af19b', table='submissions_publishedinput', when='AFTER')),
        ),
        migrations.RunSQL("SELECT submissions_make_all_findable()", migrations.RunSQL.noop),
        # Only now: one row after the other, an index of words takes ten times as long to fill; and searches of the version
        # that still runs go by the old index until the last moment.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='findable',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='findable_by_words'),
        ),
        migrations.RemoveIndex(
            model_name='publishedinput',
            name='published_by_words',
        ),
    ]
