"""What PostgreSQL keeps by triggers that no model names: new roles end a person's sessions. Backwards the audit's go too."""

from django.db import migrations

NEW_ROLES_NEW_ROUND = """
CREATE FUNCTION accreditation_new_roles_new_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE accreditation_user SET session_round = session_round + 1 WHERE id = COALESCE(NEW.user_id, OLD.user_id);
    RETURN NULL;
END $$;
CREATE TRIGGER new_roles_new_round AFTER INSERT OR UPDATE OR DELETE ON accreditation_user_groups
    FOR EACH ROW EXECUTE FUNCTION accreditation_new_roles_new_round();
CREATE TRIGGER new_permissions_new_round AFTER INSERT OR UPDATE OR DELETE ON accreditation_user_user_permissions
    FOR EACH ROW EXECUTE FUNCTION accreditation_new_roles_new_round();
"""
NO_MORE = """
DROP TRIGGER new_permissions_new_round ON accreditation_user_user_permissions;
DROP TRIGGER new_roles_new_round ON accreditation_user_groups;
DROP FUNCTION accreditation_new_roles_new_round();
"""
# Each migrate puts the audit's triggers on all tables; backwards no table may go on writing into one that is gone.
AUDIT_OFF = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass AS place FROM pg_trigger WHERE tgname ~ '^portal_(audit|guard)' LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.place);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [("accreditation", "0012_letters_choices")]
    dependencies = [("accreditation", "0002_tables")]

    operations = [
        migrations.RunSQL(NEW_ROLES_NEW_ROUND, NO_MORE),
        migrations.RunSQL(migrations.RunSQL.noop, AUDIT_OFF),
    ]
