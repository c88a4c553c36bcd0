"""A database is made by the migrations, taken down by them, and made again the same."""

import os
import re
import subprocess
import sys

import psycopg2

from imrf_portal.embedded.state import CHECKOUT
from tests import prepared
from tests.imrf_portal.test_compose import own_database

OURS = "SELECT tablename FROM pg_tables WHERE tablename ~ '^(forums|accreditation|submissions)_'"
EVERYTHING = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'rule', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'configuration', cfgname, '', '', '', '' FROM pg_ts_config
"""
NUMBERED = re.compile(r"_[0-9a-f]{8}(?=\b|_)")


def rows(url, statement):
    connection = psycopg2.connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        found = {tuple(NUMBERED.sub("", str(each)) for each in row) for row in cursor.fetchall()}
    connection.close()
    return found


def migrate(url, *arguments):
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *arguments]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_what_the_migrations_make_they_can_take_down_and_make_again(django_db_setup):
    """From nothing: a database that was kept as a dump says the same in other words (casts are written anew)."""
    fresh = prepared.is_made_by_migrations()
    with own_database(template=prepared.NAME if fresh else "template1") as url:
        if not fresh:
            migrate(url)
        made = rows(url, EVERYTHING)
        assert len(made) > 2000
        migrate(url, "forums", "zero")  # the ground, so everything that stands on it first
        migrate(url, "accreditation", "zero")  # people stand on no forum
        assert rows(url, OURS) == set()
        migrate(url)
        assert rows(url, EVERYTHING) == made
