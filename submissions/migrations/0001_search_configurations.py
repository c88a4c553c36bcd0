"""One text search configuration a language: fold accents, then stem. Arabic and Chinese are prepared in Python before."""

from django.db import migrations

STEMMERS = {
    "portal_ar": "arabic",
    "portal_en": "english",
    "portal_es": "spanish",
    "portal_fr": "french",
    "portal_ru": "russian",
    "portal_plain": "simple",
}
WORDS = "asciihword, asciiword, hword, hword_asciipart, hword_part, word"


def made(name, language):
    dictionary = "simple" if language == "simple" else f"{language}_stem"
    return (
        f"CREATE TEXT SEARCH CONFIGURATION {name} (COPY = pg_catalog.{language});"
        f"ALTER TEXT SEARCH CONFIGURATION {name} ALTER MAPPING FOR {WORDS} WITH unaccent, {dictionary};"
    )


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_extensions")]

    operations = [
        migrations.RunSQL(made(name, language), f"DROP TEXT SEARCH CONFIGURATION {name}")
        for name, language in STEMMERS.items()
    ]
