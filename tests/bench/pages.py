"""What is asked, and what is asked of it: the table of the design, a line for each kind of page."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

LEVELS = ("local", "national", "regional", "global")


@dataclass(frozen=True)
class Page:
    """`least`: share of the yardstick's requests a second; `most`: bare pages of time; `growth`: for ten times as many."""

    name: str
    paths: list
    headers: dict = field(default_factory=dict)
    yardstick: str = "q"
    least: float = 0
    most: float = 0
    statements: int = 0
    growth: float = 0
    bytes: int = 0
    asks: tuple = ()  # of a search: language and words, which floors.py asks likewise


def pages_of(known) -> list:
    """Of a database that is told by preparing.py."""
    desk, inputs = {"Cookie": known["desk"]}, [f"/en/inputs/{reference}/" for reference in known["inputs"]]
    filtered = [f"/en/inputs/?level={level}&objective={number}" for number in range(1, 24) for level in LEVELS]
    private = {"Cookie": "seen=1"}  # a reader whose browser keeps a cookie of somebody's: made anew for each
    queue, review = "/admin/submissions/submission/", [_review(key) for key in known["review"]]
    return [
        Page(
            "public list, 25 a page, facets", ["/en/inputs/"], private, least=0.20, statements=8, growth=1.15, bytes=80_000
        ),
        Page("the same, filtered", filtered, private, least=0.20, statements=8, growth=1.15, bytes=80_000),
        Page("the same, anonymous, made before", ["/en/inputs/"], yardstick="s", least=0.40),
        Page("public input page", inputs, private, least=0.25, statements=6, growth=1.05),
        Page("organisation page", [f"/en/organisations/{slug}/" for slug in known["organisations"]], private),
        Page("programme of 2,000 sessions, one day", [known["programme"]], yardstick="s", least=0.30),
        *_searches(known["words"], private),
        Page("API, first fifty", ["/api/v1/inputs/"], least=0.18, statements=6, growth=1.05),
        Page("API, last fifty", [f"/api/v1/inputs/?cursor={known['cursor']}"], least=0.18, statements=6, growth=1.05),
        Page("desk queue", [queue], desk, least=0.07, statements=12, growth=1.15),
        Page("desk queue, narrowed", [f"{queue}?{urlencode({'q': 'status:review level:national'})}"], desk, statements=12),
        Page("work list", ["/admin/"], desk),
        Page("review page", review, desk, statements=15, growth=1.15),
    ]


def _searches(words, headers):
    """A word of the middle and a phrase in several languages, the rare word, and the most frequent ones."""
    asked = {
        "rare word": ("en", "zaq7"),
        "phrase": ("en", words["en"]["phrase"]),
        "common word": ("en", words["en"]["common"]),
    }
    asked |= {f"medium word, {code}": (code, found["medium"]) for code, found in words.items()}
    asked |= {f"common word, {code}": (code, words[code]["common"]) for code in ("ar", "zh-hans")}
    asked |= {f"phrase, {code}": (code, words[code]["phrase"]) for code in ("ar", "fr")}
    found = {"most": 12, "statements": 8, "growth": 3}
    return [
        Page(f"search, {name}", [f"/en/inputs/?{urlencode({'q': said[1]})}"], headers, asks=said, **found)
        for name, said in asked.items()
    ]


def _review(key):
    return f"/admin/submissions/submission/{key}/change/"


def mixed(known) -> list:
    """Addresses of all public kinds in turn, for the trial of memory."""
    public = [page for page in pages_of(known) if "/admin/" not in page.paths[0]]
    return [page.paths[turn % len(page.paths)] for turn in range(40) for page in public]
