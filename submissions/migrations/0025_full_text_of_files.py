"""Passages of public files, the words of public texts, and an index for lists in the order of countries.

Rows that were published before get their passages from `manage.py index_inputs`. Both tables can be dropped and made again.
"""

import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("submissions", "0024_translations_of_inputs")]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=10)),
            ],
            options={
                "verbose_name": "word of public texts",
                "verbose_name_plural": "words of public texts",
                "indexes": [GinIndex(OpClass("word", name="gin_trgm_ops"), name="known_words_by_trigram")],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(verbose_name="page")),
                ("place", models.PositiveIntegerField()),
                ("language", models.CharField(choices=settings.LANGUAGES, max_length=10, verbose_name="language")),
                ("text", models.TextField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="submissions.extract"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="submissions.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "passage of a file",
                "verbose_name_plural": "passages of files",
                "ordering": ["submission", "extract", "place"],
                "indexes": [GinIndex(fields=["vector"], name="passages_by_words")],
                "constraints": [models.UniqueConstraint(fields=("extract", "place"), name="one_passage_a_place")],
            },
        ),
        # Text and vector stand beside the row, so that looking among the passages of an input reads neither.
        migrations.RunSQL("ALTER TABLE submissions_passage SET (toast_tuple_target = 128)", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="publishedinput",
            index=models.Index(
                condition=models.Q(("taken_down_at__isnull", True)),
                fields=["countries", "-visible_at", "-id"],
                name="published_by_country",
            ),
        ),
    ]
