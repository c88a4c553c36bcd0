"""Which word was meant: the likest of those that public texts have, when no public text has the one that was typed."""

import re
import unicodedata

from django.db import connection

from submissions.models import KnownWord
from submissions.search.analysis import ARABIC_LETTERS, ARABIC_MARKS, CONFIGURATIONS, HAN_RUN

SHORTEST, LONGEST_WORD = 4, 30
MOST_LOOKED_UP = 8  # of one question
MOST_LEARNT = 20_000  # of one input
MOST_BEGINNINGS = 12  # words that one beginning may stand for
UNSTEMMED = 4  # letters: a beginning so short is one of the stem, too, which the index knows by itself
LETTERS = re.compile(r"[^\W\d_]+")

# The words that are likest by their trigrams, each with whether a visible text has it; the statement proves what it offers.
# It says what is visible as no index has it (PublishedInputQuerySet.visible_by_words).
LIKE = """
SELECT likest.word, EXISTS (
    SELECT 1 FROM submissions_findable seen WHERE seen.visible_at + interval '0' <= %(at)s AND seen.vector @@ (
        plainto_tsquery(likest.config::regconfig, likest.word) || plainto_tsquery('portal_plain', likest.word)))
FROM (SELECT word, {configs} AS config FROM submissions_knownword WHERE word %% %(typed)s
    ORDER BY similarity(word, %(typed)s) DESC, word LIMIT 12) likest
"""
GONE = """
DELETE FROM submissions_knownword known WHERE word = ANY(%s) AND NOT coalesce((
    SELECT true FROM submissions_findable kept WHERE kept.vector @@ (
        plainto_tsquery(({configs})::regconfig, known.word) || plainto_tsquery('portal_plain', known.word)) LIMIT 1), false)
"""
CONFIGS = "CASE language {} ELSE 'portal_plain' END".format(
    " ".join(f"WHEN '{language}' THEN '{config}'" for language, config in CONFIGURATIONS.items())
)


def folded(word: str) -> str:
    """A word as it is compared: small letters, no accents, Arabic as analysis.py spells it."""
    word = ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(ARABIC_LETTERS).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def words_in(text: str) -> set:
    """The words of a text that can be mistyped: letters only, neither short nor endless, written with spaces between."""
    words = (folded(word) for word in LETTERS.findall(HAN_RUN.sub(" ", text)))
    return {word for word in words if SHORTEST <= len(word) <= LONGEST_WORD}


def learn(texts_by_language):
    """Keep the words of texts that are public from now on. Pairs of language and text; a word keeps its first language."""
    rows = {word: language for language, text in texts_by_language for word in words_in(text)}
    made = [KnownWord(word=word, language=rows[word]) for word in sorted(rows)[:MOST_LEARNT]]
    KnownWord.objects.bulk_create(made, ignore_conflicts=True, batch_size=2000)


def forget(words):
    """Let go of those of these words that no text has which is public or is to be."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(GONE.format(configs=CONFIGS.replace("CASE language", "CASE known.language")), [sorted(words)])
        cursor.execute("SET LOCAL enable_seqscan = on")


def beginning_with(letters: str) -> list:
    """Words of public texts that begin so, the shortest first; their stems may be shorter than what was typed."""
    if len(letters) <= UNSTEMMED:
        return []
    known = KnownWord.objects.filter(word__startswith=folded(letters)).values_list("word", flat=True)
    return sorted(known.order_by("word")[: 4 * MOST_BEGINNINGS], key=len)[:MOST_BEGINNINGS]


def meant_by(typed: str, at) -> str:
    """The likest word that a visible text has; empty where none is near."""
    word = folded(typed)
    if not SHORTEST <= len(word) <= LONGEST_WORD:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(LIKE.format(configs=CONFIGS), {"at": at, "typed": word})
        likest = [other for other, is_seen in cursor.fetchall() if is_seen]
    near = [(distance(word, other), place, other) for place, other in enumerate(likest)]
    near = [entry for entry in near if 0 < entry[0] <= (1 if len(word) < 6 else 2)]
    return min(near)[2] if near else ""


def distance(one: str, other: str) -> int:
    """How many letters were changed, left out, added or swapped with their neighbour."""
    before, last = None, list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            step = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                step = min(step, before[j - 2] + 1)
            row.append(step)
        before, last = last, row
    return last[-1]
