"""What the search finds first, over the set in tests/submissions/relevance, whose questions came before the ranking."""

import sys

import pytest

from forums.words import count
from tests.bench.report import asks_of_relevance
from tests.submissions.relevance import AMONG_FIVE, FIRST
from tests.submissions.relevance.asking import Answers, ask_everything
from tests.submissions.relevance.texts import LANGUAGES, SHORTEST, questions, store, texts


def test_the_set_is_large_enough_and_of_realistic_texts():
    everything, asked = texts(), questions()
    assert len(everything) == 300
    assert len(asked) >= 120
    assert {language for language, _words, _keys in asked} == set(LANGUAGES)
    assert min(count(f"{one.text} {one.file}", one.language) for one in everything) >= SHORTEST
    assert len({one.title for one in everything}) == 300
    keys = {one.key for one in everything}
    assert [words for _language, words, right in asked if not right <= keys] == []


@pytest.mark.django_db
def test_the_right_text_comes_first(forum, capsys):
    answers = ask_everything(store())
    with capsys.disabled():
        sys.stdout.write("\n".join(["", str(answers), *answers.misses, ""]))
    assert answers.first >= FIRST
    assert answers.among_five >= AMONG_FIVE


def test_shares_are_of_all_questions():
    answers = Answers([1, 1, 5, 6, 0], ["a", "b", "c"], 0.5)
    assert (answers.first, answers.among_five) == (0.4, 0.6)
    assert str(answers) == "5 questions: first right 40.0%, among the first five 60.0%, 100 ms each"
    assert [met for _words, met in asks_of_relevance(0.85, 0.969)] == [True, False]
