"""What a browser that has nothing yet receives for a page: the page, and all that it loads, compressed as it is served.

In the image WhiteNoise compresses style sheets, scripts and drawings when they are collected. `make run` collects without
compressing, which takes a third of the time: there a first page is 25 kB heavier. Pages count as they are written, though
they go compressed to who reads that (decision 0064).
"""

import gzip
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

STATIC = "/static/"
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
POINTED_TO = re.compile(r"""url\(\s*["']?([^"')]+)""")


def weight_of(html: bytes, tree) -> int:
    return len(html) + sum(weight_of_file(address) for address in loaded_by(tree))


def loaded_by(tree) -> set:
    """Addresses of what the browser fetches by itself."""
    links = {one.get("href") for one in tree.iter("link") if LOADED & set((one.get("rel") or "").split())}
    return links | {one.get("src") for one in tree.iter() if isinstance(one.tag, str) and one.tag != "a" and one.get("src")}


@cache
def weight_of_file(address) -> int:
    """With what a style sheet points to; what is not our own is never loaded."""
    assert address.startswith(STATIC), address
    found = Path(finders.find(address.removeprefix(STATIC)))
    held = found.read_bytes()
    inner = POINTED_TO.findall(held.decode()) if found.suffix == ".css" else []
    further = sum(len((found.parent / one).read_bytes()) for one in inner if not one.startswith(("data:", "#")))
    return min(len(held), len(gzip.compress(held, 9, mtime=0))) + further
