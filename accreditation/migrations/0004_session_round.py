"""Sessions of a person may be ended: by the round that they were opened in, and by every change of rights and roles."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

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


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0003_personal_archive_begun'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='session_round',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='new_rights_new_round', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.session_round = GREATEST(NEW.session_round, OLD.session_round);\n    IF (NEW.is_active, NEW.is_staff, NEW.is_superuser) IS DISTINCT FROM (OLD.is_active, OLD.is_staff, OLD.is_superuser) THEN\n        NEW.session_round = NEW.session_round + 1;\n    END IF;\n    RETURN NEW;\n', hash='398d4f8b79eb4d37527466495a1b2fa74e15ee8b', operation='UPDATE', pgid='pgtrigger_new_rights_new_round_f422e', table='accreditation_user', when='BEFORE')),
        ),
        migrations.RunSQL(NEW_ROLES_NEW_ROUND, NO_MORE),
    ]
