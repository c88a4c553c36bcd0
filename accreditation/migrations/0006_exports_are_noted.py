from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists that leave the desk as files are noted among the readings; who may take them out has a permission."""

    dependencies = [("accreditation", "0005_evidence_is_sealed")]

    operations = [
        migrations.AlterModelOptions(
            name="reading",
            options={
                "ordering": ["-at", "-pk"],
                "permissions": [("export_lists", "Takes lists of the desk out as files")],
                "verbose_name": "reading of something private",
                "verbose_name_plural": "readings of private things",
            },
        ),
        migrations.AlterField(
            model_name="reading",
            name="what",
            field=models.CharField(
                choices=[
                    ("evidence", "Private file"),
                    ("objection", "Objection"),
                    ("list", "Non-objection list"),
                    ("needs", "Access needs"),
                    ("person", "Acted as another person"),
                    ("export", "List taken out as a file"),
                ],
                max_length=12,
                verbose_name="what was read",
            ),
        ),
    ]
