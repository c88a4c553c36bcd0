"""Which published inputs are filed under each code, as bits that triggers keep: lists count their filters over them."""

from django.db import migrations, models

import submissions.models.facet_bits

# What an input is filed under, a row for each code; under "" for being there at all. One that was taken down is nowhere.
OF_A_ROW = """
CREATE FUNCTION submissions_facets_of(
    forum bigint, level text, kind text, basis text, language text, year smallint,
    objectives smallint[], round_tables smallint[], regions text[], countries text[]
) RETURNS TABLE (facet text, code text) LANGUAGE sql IMMUTABLE AS $$
    VALUES ('', ''), ('forum', forum::text), ('level', level), ('kind', kind), ('basis', basis),
        ('language', language), ('year', year::text)
    UNION ALL SELECT 'objective', unnest(objectives)::text
    UNION ALL SELECT 'round_table', unnest(round_tables)::text
    UNION ALL SELECT 'region', unnest(regions)
    UNION ALL SELECT 'country', unnest(countries)
$$;
CREATE FUNCTION submissions_bit_of(id bigint) RETURNS bit LANGUAGE sql IMMUTABLE AS $$
    SELECT set_bit(0::bit(4096), (id % 4096)::int, 1)
$$;
"""
NO_ROW = """
DROP FUNCTION submissions_bit_of(bigint);
DROP FUNCTION submissions_facets_of(bigint, text, text, text, text, smallint, smallint[], smallint[], text[], text[]);
"""
# Of the rows of a table or of what a statement changed. Column by column: a row as one value would be unpacked whole.
ROWS = """
    SELECT id, facet, code FROM {table}, submissions_facets_of(
        forum_id, {table}.level, {table}.kind, {table}.basis, {table}.language, received_in,
        objectives, round_tables, in_regions, countries
    ) WHERE taken_down_at IS NULL"""
WAS, IS = ROWS.format(table="was_there"), ROWS.format(table="is_there")
TURN = "PERFORM submissions_turn_bits(facet, code, id / 4096, bit_or(submissions_bit_of(id)), {on})"
EACH = "GROUP BY facet, code, id / 4096"

# Who changes bits has them to himself until he commits: two who each change several inputs would wait for each other.
KEEP = """
CREATE FUNCTION submissions_turn_bits(of_facet text, of_code text, of_chunk bigint, turned bit, is_on boolean) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7304003);
    UPDATE submissions_facetbits SET bits = CASE WHEN is_on THEN bits | turned ELSE bits & ~turned END
    WHERE facet = of_facet AND code = of_code AND chunk = of_chunk;
    IF is_on AND NOT FOUND THEN
        INSERT INTO submissions_facetbits (facet, code, chunk, bits) VALUES (of_facet, of_code, of_chunk, turned);
    END IF;
END $$;
CREATE FUNCTION submissions_keep_facet_bits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {turn_on} FROM ({now}) come {each};
    ELSIF TG_OP = 'DELETE' THEN
        {turn_off} FROM ({was}) gone {each};
    ELSE
        {turn_off} FROM ({was} EXCEPT {now}) gone {each};
        {turn_on} FROM ({now} EXCEPT {was}) come {each};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_bits_of_new AFTER INSERT ON submissions_publishedinput REFERENCING NEW TABLE AS is_there
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_keep_facet_bits();
CREATE TRIGGER keep_bits_of_changed AFTER UPDATE ON submissions_publishedinput
    REFERENCING OLD TABLE AS was_there NEW TABLE AS is_there
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_keep_facet_bits();
CREATE TRIGGER keep_bits_of_gone AFTER DELETE ON submissions_publishedinput REFERENCING OLD TABLE AS was_there
    FOR EACH STATEMENT EXECUTE FUNCTION submissions_keep_facet_bits();
""".format(turn_on=TURN.format(on="true"), turn_off=TURN.format(on="false"), each=EACH, was=WAS, now=IS)
KEEP_NO_MORE = """
DROP TRIGGER keep_bits_of_gone ON submissions_publishedinput;
DROP TRIGGER keep_bits_of_changed ON submissions_publishedinput;
DROP TRIGGER keep_bits_of_new ON submissions_publishedinput;
DROP FUNCTION submissions_keep_facet_bits();
DROP FUNCTION submissions_turn_bits(text, text, bigint, bit, boolean);
"""

# Made from the rows: to begin with, wherever rows were written past the triggers, and for the check of both (invariants).
FILL = """
CREATE FUNCTION submissions_bits_of_rows() RETURNS TABLE (facet text, code text, chunk bigint, bits bit)
LANGUAGE sql STABLE AS $$
    SELECT facet, code, id / 4096, bit_or(submissions_bit_of(id))
    FROM ({rows}) filed GROUP BY facet, code, id / 4096
$$;
CREATE FUNCTION submissions_fill_facet_bits() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7304003);
    DELETE FROM submissions_facetbits;
    INSERT INTO submissions_facetbits (facet, code, chunk, bits) SELECT * FROM submissions_bits_of_rows();
END $$;
""".format(rows=ROWS.format(table="submissions_publishedinput"))
FILL_NO_MORE = "DROP FUNCTION submissions_fill_facet_bits(); DROP FUNCTION submissions_bits_of_rows();"


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0006_findable'),
    ]

    operations = [
        migrations.CreateModel(
            name='FacetBits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facet', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=60)),
                ('chunk', models.BigIntegerField()),
                ('bits', submissions.models.facet_bits.Bits()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('facet', 'code', 'chunk'), name='a_code_has_each_piece_once')],
            },
        ),
        # Room on each page, so that a piece that changes stays on it and no index has to follow.
        migrations.RunSQL("ALTER TABLE submissions_facetbits SET (fillfactor = 50)", migrations.RunSQL.noop),
        migrations.RunSQL(OF_A_ROW, NO_ROW),
        migrations.RunSQL(KEEP, KEEP_NO_MORE),
        migrations.RunSQL(FILL, FILL_NO_MORE),
        migrations.RunSQL("SELECT submissions_fill_facet_bits()", migrations.RunSQL.noop),
    ]
