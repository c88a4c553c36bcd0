"""How words are counted: the same rule on the server and in the browser (static/js/words.js). Pure."""

import re
import unicodedata

# Chinese is written without spaces: each Han character counts as one word there, as limits for Chinese are meant.
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def count(text: str, language: str = "") -> int:
    """Words of a text. A word is a run between white space with at least one letter or digit."""
    if language != "zh-hans":
        return sum(1 for run in text.split() if run[0].isalpha() or _says_something(run))  # most begin with a letter
    rest = HAN.sub(" ", text)
    return len(HAN.findall(text)) + sum(1 for run in rest.split() if _says_something(run))


def _says_something(run: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LN" for sign in run)
