"""How words are counted: the same rule on the server and in the browser (static/js/words.js). Pure."""

import re
import unicodedata

# Chinese is written without spaces: each Han character counts as one word there, as limits for Chinese are meant.
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def count(text: str, language: str = "") -> int:
    """Words of a text. A word is a run between white space with at least one letter or digit."""
    if language != "zh-hans":
        return _runs(text.split())
    rest = HAN.sub(" ", text)
    return len(HAN.findall(text)) + _runs(rest.split())


def _runs(runs) -> int:
    """Most begin with a letter: those are counted without a look at the rest of them."""
    letters = sum(map(str.isalpha, [run[0] for run in runs]))
    if letters == len(runs):
        return letters
    return letters + sum(1 for run in runs if not run[0].isalpha() and _says_something(run))


def _says_something(run: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LN" for sign in run)
