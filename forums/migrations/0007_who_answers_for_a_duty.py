import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0006_the_outbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="update_update",
        ),
        migrations.AddField(
            model_name="milestonehistory",
            name="notices_held",
            field=models.BooleanField(default=False, verbose_name="notices are held back"),
        ),
        migrations.AddField(
            model_name="milestonehistory",
            name="responsible",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="responsible person",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "forums_milestonehistory" ("days_before", "met_on", "notices_held", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "waived_because", "weeks_before") VALUES (NEW."days_before", NEW."met_on", NEW."notices_held", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."responsible_id", NEW."waived_because", NEW."weeks_before"); RETURN NULL;',
                    hash="385c8789c65fc837a4ed2471403680be6669d70d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b6746",
                    table="forums_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."days_before" IS DISTINCT FROM (NEW."days_before") OR OLD."met_on" IS DISTINCT FROM (NEW."met_on") OR OLD."notices_held" IS DISTINCT FROM (NEW."notices_held") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."waived_because" IS DISTINCT FROM (NEW."waived_because") OR OLD."weeks_before" IS DISTINCT FROM (NEW."weeks_before"))',
                    func='INSERT INTO "forums_milestonehistory" ("days_before", "met_on", "notices_held", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "waived_because", "weeks_before") VALUES (NEW."days_before", NEW."met_on", NEW."notices_held", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."responsible_id", NEW."waived_because", NEW."weeks_before"); RETURN NULL;',
                    hash="2352a3a66040f295748cf947cdf519a6c6e8bec2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c82a1",
                    table="forums_milestone",
                    when="AFTER",
                ),
            ),
        ),
    ]
