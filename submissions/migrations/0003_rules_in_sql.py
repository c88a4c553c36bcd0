"""What PostgreSQL keeps that no model names: published forms never change, and where large values of rows are stored."""

from django.db import migrations

KEEP = """
CREATE FUNCTION submissions_keep_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'version % of a form was published and is never changed', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION submissions_keep_parts_of_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    versions uuid[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN versions := versions || OLD.version_id; END IF;
    IF TG_OP <> 'DELETE' THEN versions := versions || NEW.version_id; END IF;
    PERFORM 1 FROM submissions_formversion WHERE id = ANY (versions) FOR SHARE;  -- waits for who is publishing it
    PERFORM 1 FROM submissions_formversion WHERE id = ANY (versions) AND published_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'this version of a form was published and is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_published_form BEFORE UPDATE OR DELETE ON submissions_formversion
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_published_form();
CREATE TRIGGER keep_sections_of_published_form BEFORE INSERT OR UPDATE OR DELETE ON submissions_section
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_parts_of_published_form();
CREATE TRIGGER keep_questions_of_published_form BEFORE INSERT OR UPDATE OR DELETE ON submissions_question
    FOR EACH ROW EXECUTE FUNCTION submissions_keep_parts_of_published_form();
"""
NO_MORE = """
DROP TRIGGER keep_questions_of_published_form ON submissions_question;
DROP TRIGGER keep_sections_of_published_form ON submissions_section;
DROP TRIGGER keep_published_form ON submissions_formversion;
DROP FUNCTION submissions_keep_parts_of_published_form();
DROP FUNCTION submissions_keep_published_form();
"""


class Migration(migrations.Migration):
    replaces = [("submissions", "0030_inputs_followed")]
    dependencies = [("submissions", "0002_tables")]

    operations = [
        migrations.RunSQL(KEEP, NO_MORE),
        migrations.RunSQL(  # pieces of PDF and pictures do not shrink; PostgreSQL need not try
            "ALTER TABLE submissions_uploadpiece ALTER COLUMN content SET STORAGE EXTERNAL",
            "ALTER TABLE submissions_uploadpiece ALTER COLUMN content SET STORAGE EXTENDED",
        ),
        # Text and vector stand beside the row, so that looking among the passages of an input reads neither.
        migrations.RunSQL("ALTER TABLE submissions_passage SET (toast_tuple_target = 128)", migrations.RunSQL.noop),
    ]
