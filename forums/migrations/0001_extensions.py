"""PostgreSQL's own: trigrams, accents, ranges; and the table in which limits on signing in count."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

LIMITS = """
CREATE TABLE limits (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX limits_expires ON limits (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(LIMITS, "DROP TABLE limits"),
    ]
