import pytest

from forums.words import _says_something
from submissions.words import count


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("", "en", 0),
        ("Nine missions — now.", "en", 3),
        ("l’accès aux services", "fr", 3),
        ("الحماية القنصلية للعمال", "ar", 3),
        ("国际移民", "zh-hans", 4),
        ("2026年的国际移民 GCM", "zh-hans", 8),
        ("国际移民", "en", 1),
        ("* - •", "en", 0),
        ("1,500 words", "en", 2),
    ],
)
def test_words_are_counted_as_their_script_counts_them(text, language, words):
    assert count(text, language) == words


@pytest.mark.parametrize("text", ["", "a b", "— a1 1a —", "\u0301x ٣ ½ * -", "«слово» 国 x’ ..."])
def test_what_begins_with_a_letter_is_counted_like_all_the_rest(text):
    assert count(text) == sum(1 for run in text.split() if _says_something(run))
