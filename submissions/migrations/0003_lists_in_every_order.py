"""Indexes for the orders of the lists, made without locking anybody out."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('accreditation', '0002_accreditations_and_history'),
        ('forums', '0009_letters_in_two_languages'),
        ('submissions', '0002_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='publishedinput',
            index=models.Index(condition=models.Q(('taken_down_at__isnull', True)), fields=['title', '-visible_at', '-id'], name='published_by_title'),
        ),
        AddIndexConcurrently(
            model_name='publishedinput',
            index=models.Index(condition=models.Q(('taken_down_at__isnull', True)), fields=['organisation_name', '-visible_at', '-id'], name='published_by_organisation_name'),
        ),
        AddIndexConcurrently(
            model_name='submission',
            index=models.Index(fields=['-received_at', '-id'], name='submissions_by_receipt'),
        ),
    ]
