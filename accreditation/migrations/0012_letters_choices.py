"""What was decided about the letters of standings and of support."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from forums.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0011_api_tokens"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AccreditationLettersChoice",
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
                                to="accreditation.accreditationstep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice about letters of an accreditation",
                        "verbose_name_plural": "choices about letters of accreditations",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withheld", True), ("words", {})),
                                    models.Q(("reason", ""), ("withheld", False)),
                                    _connector="OR",
                                ),
                                name="letters_of_standings_are_withheld_or_worded_anew",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportLettersChoice",
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
                                to="accreditation.supportrequeststep",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "choice about letters of a request for support",
                        "verbose_name_plural": "choices about letters of requests for support",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withheld", True), ("words", {})),
                                    models.Q(("reason", ""), ("withheld", False)),
                                    _connector="OR",
                                ),
                                name="letters_of_support_are_withheld_or_worded_anew",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
