"""What PostgreSQL does not know of the six languages: Arabic spelling, Chinese without spaces. Pure."""

import re
import unicodedata

# Text search configurations, made by the first migration of submissions: fold accents, then stem.
CONFIGURATIONS = {
    "ar": "portal_ar",
    "en": "portal_en",
    "es": "portal_es",
    "fr": "portal_fr",
    "ru": "portal_ru",
    "zh-hans": "portal_plain",
}
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")


def lexeme_of(language: str) -> str:
    """A lexeme that says in which language a text is written; no text and no question can hold it as a word."""
    return f"={language}"


def prepared(text: str, language: str) -> str:
    """The text as it is given to PostgreSQL, for the index and for a query alike."""
    text = unicodedata.normalize("NFKC", text)
    if language == "ar":
        text = ARABIC_MARKS.sub("", text).translate(ARABIC_LETTERS)
    if language == "zh-hans":
        text = HAN_RUN.sub(lambda run: f" {bigrams(run.group())} ", text)
    return text


def bigrams(run: str) -> str:
    """Overlapping pairs of characters: 移民问题 is 移民 民问 问题. A single character stays itself."""
    return " ".join(run[i : i + 2] for i in range(len(run) - 1)) or run
