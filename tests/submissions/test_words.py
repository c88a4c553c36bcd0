import pytest

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
