"""What a reader gives back, cut to what the database keeps. Pure."""

import re
import time

from submissions.extracting.languages import language_of

MOST_SIGNS = 2_000_000  # of the text of one file
MOST_PAGES = 2000
MOST_OF_A_DETAIL = 200
SECONDS = 7.0  # of computing; what is not read by then stays unread, and the answer says so
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WORD = re.compile(r"\w+")


def fit(text) -> str:
    """Text that PostgreSQL can store."""
    return UNFIT.sub(" ", str(text))


def detail(text) -> str:
    return " ".join(fit(text).split())[:MOST_OF_A_DETAIL]


def number(text):
    """How many pages a document says it has; nothing where that makes no sense."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text[:9]) < 100_000 else None


def time_is_up() -> bool:
    return time.process_time() > SECONDS


def answer(texts, *, pages=None, hidden=None, hazards=(), is_tagged=None, is_whole=True) -> dict:
    """Texts page by page, cut to the limits; words and language are counted here, so that all readers do it alike."""
    kept, left = [], MOST_SIGNS
    for text in texts:
        if left <= 0 or len(kept) >= MOST_PAGES or time_is_up():
            is_whole = False
            break
        text = fit(text)
        is_whole = is_whole and len(text) <= left
        kept.append(text[:left])
        left -= len(text)
    whole = "\n".join(kept)
    return {
        "texts": kept,
        "pages": pages,
        "words": len(WORD.findall(whole)),
        "language": language_of(whole),
        "has_text": bool(WORD.search(whole)),
        "is_tagged": is_tagged,
        "is_whole": is_whole,
        "hidden": {name: value for name, value in (hidden or {}).items() if value},
        "hazards": sorted(set(hazards)),
    }
