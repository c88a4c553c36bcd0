import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tokens of the API, and what requests got under their keys."""

    dependencies = [("accreditation", "0010_audit")]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "Read drafts, inputs and receipts"),
                                ("write", "Begin, change and discard drafts, with their files"),
                                ("send", "Send and withdraw inputs in the name of the organisation"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="what it may do",
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("ending", models.CharField(max_length=4, verbose_name="last letters")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("first_used_at", models.DateTimeField(blank=True, null=True, verbose_name="first used")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("form_key", models.UUIDField(unique=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_tokens",
                        to="accreditation.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "token of the API",
                "verbose_name_plural": "tokens of the API",
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at__isnull", True)), fields=["expires_at"], name="tokens_by_expiry"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="a_token_expires_after_it_was_made",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255)),
                ("asked", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField(default=dict)),
                ("body", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="accreditation.apitoken",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer of the API",
                "verbose_name_plural": "answers of the API",
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["at"], name="api_answers_by_age")],
                "constraints": [models.UniqueConstraint(fields=("token", "key"), name="one_answer_to_a_key")],
            },
        ),
    ]
