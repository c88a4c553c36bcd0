"""Colleagues named in notes, letters of corrections that were decided about, an index of what is shown otherwise than sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from forums.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0006_inputs_used"),
        ("submissions", "0025_full_text_of_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="seen")),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="submissions.note",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mention in a note",
                        "verbose_name_plural": "mentions in notes",
                        "ordering": ["note", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("seen_at__isnull", True)), fields=["person"], name="mentions_to_be_seen"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("note", "person"), name="a_note_mentions_a_person_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalLettersChoice",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("withheld", models.BooleanField(default=False, verbose_name="no letter goes out")),
                        ("reason", models.TextField(blank=True, verbose_name="why no letter goes out")),
                        ("words", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "step",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters_choice",
                                to="submissions.proposalstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice about letters of a correction or addition",
                        "verbose_name_plural": "choices about letters of corrections and additions",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withheld", True), ("words", {})),
                                    models.Q(("reason", ""), ("withheld", False)),
                                    _connector="OR",
                                ),
                                name="letters_of_proposals_are_withheld_or_worded_anew",
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="version",
                    index=models.Index(
                        condition=models.Q(("changes", {}), _negated=True),
                        fields=["submission"],
                        name="versions_shown_otherwise",
                    ),
                ),
            ]
        )
    ]
