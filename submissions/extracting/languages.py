"""In which of the six languages a text seems to be written: by its script, for Latin letters by its small words. Pure."""

import re
from collections import Counter

SAMPLE = 20_000
FEWEST = 12  # letters; less says nothing
SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "zh-hans": re.compile(r"[\u3400-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
SMALL_WORDS = {
    "en": {"the", "of", "and", "to", "in", "for", "is", "that", "with", "are", "this", "by", "from", "on", "which"},
    "fr": {"le", "les", "des", "et", "la", "du", "une", "dans", "pour", "que", "sont", "avec", "aux", "sur", "est", "qui"},
    "es": {"el", "los", "las", "y", "del", "una", "en", "para", "que", "con", "por", "se", "su", "al", "como", "es"},
}


def language_of(text) -> str:
    """The code of a language, or nothing where it is not clear: another language, too little text."""
    text = text[:SAMPLE]
    found = {name: len(letters.findall(text)) for name, letters in SCRIPTS.items()}
    found["zh-hans"] *= 3  # one sign is about a word
    script, many = max(found.items(), key=lambda pair: pair[1])
    if many < FEWEST:
        return ""
    return script if script != "latin" else _by_small_words(text)


def _by_small_words(text) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    total = sum(words.values())
    scores = {code: sum(words[word] for word in small) for code, small in SMALL_WORDS.items()}
    (best, most), (_second, next_most), *_rest = sorted(scores.items(), key=lambda pair: -pair[1])
    return best if most >= max(2, total * 0.06) and most > next_most * 1.15 else ""
