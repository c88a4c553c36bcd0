"""What differs between two versions: in every script, without losing a sign, and in bounded time."""

import random

import pytest

from submissions import edits as shortest
from submissions.differences import differences
from submissions.differing_texts import CHANGED, paragraphs, stretches, tokens, words
from submissions.edits import ADDED, MOST_EDITS, REMOVED, SAME, edits

CONTENT = {
    "reference": "IMRF-2026-I-00042",
    "version": 1,
    "sent_at": "2026-01-20",
    "title": "Consular help",
    "summary": "",
    "text": "One.\n\nTwo.",
    "level": "national",
    "countries": ["KEN"],
    "objectives": [14, 15],
    "files": [{"name": "a.csv", "sha256": "aa"}],
}


def marked(old, new):
    signs = {SAME: "{}", REMOVED: "[-{}]", ADDED: "[+{}]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Nine missions answer.", "Ten missions answer.", "[-Nine][+Ten] missions answer."),
        ("九个使团现在答复。", "十个使团现在答复。", "[-九][+十]个使团现在答复。"),
        ("تسع بعثات تجيب الآن", "عشر بعثات تجيب الآن", "[-تسع][+عشر] بعثات تجيب الآن"),
        ("Девять миссий отвечают", "Десять миссий отвечают", "[-Девять][+Десять] миссий отвечают"),
        ("Same.", "Same.", "Same."),
        ("We help workers.", "We help all workers.", "We help [+all ]workers."),
    ],
)
def test_words_that_changed_are_marked_in_every_script(old, new, shown):
    assert marked(old, new) == shown


def test_a_mark_stays_with_its_letter():
    assert tokens("مُحَمَّد e\u0301tat") == ["مُحَمَّد", " ", "e\u0301tat"]


def sides(rows):
    before = "\n".join("".join(piece.text for piece in row.before) for row in rows if row.was_there)
    return before, "\n".join("".join(piece.text for piece in row.after) for row in rows if row.is_there)


@pytest.mark.parametrize("seed", range(40))
def test_both_texts_can_be_read_back_whole(seed):
    chance = random.Random(seed)
    vocabulary = ["one", "two,", "three.", "四", "五", "ستة", "ё", "a\u0301"]
    text = [" ".join(chance.choices(vocabulary, k=chance.randint(1, 9))) for _ in range(chance.randint(0, 14))]
    other = [line for line in text if chance.random() > 0.3]
    other = [line.replace("one", "seven") if chance.random() > 0.5 else line for line in other]
    other.insert(chance.randint(0, len(other)), "Something new.")
    old, new = "\n".join(text), "\n".join(other)
    assert sides(paragraphs(old, new)) == (old, new)
    assert sides([row for stretch in stretches(old, new) for row in stretch.rows]) == (old, new)


@pytest.mark.parametrize("seed", range(40))
def test_the_way_is_the_shortest(seed):
    chance = random.Random(seed)
    old, new = (chance.choices("abc", k=chance.randint(0, 9)) for _ in range(2))
    common = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            common[i + 1][j + 1] = common[i][j] + 1 if one == other else max(common[i][j + 1], common[i + 1][j])
    way = edits(old, new)
    assert sum(kind == SAME for kind, _ in way) == common[-1][-1]
    assert [item for kind, item in way if kind != ADDED] == old
    assert [item for kind, item in way if kind != REMOVED] == new


def test_a_paragraph_put_in_before_a_changed_one_does_not_confuse_them():
    rows = paragraphs(
        "Nine missions answer in four languages.", "Quite another thing.\nTen missions answer in four languages."
    )
    assert [row.kind for row in rows] == [ADDED, CHANGED]


def test_what_stays_far_from_a_change_is_folded():
    old = "\n".join(f"Paragraph {n}." for n in range(20))
    found = stretches(old, old.replace("Paragraph 10.", "Paragraph ten."))
    assert [(stretch.folded, len(stretch.rows)) for stretch in found] == [(True, 9), (False, 3), (True, 8)]


def test_particulars_lists_files_and_unknown_answers_are_compared():
    new = {
        **CONTENT,
        "version": 2,
        "level": "local",
        "countries": ["KEN", "NPL"],
        "files": [{"name": "a.csv", "sha256": "bb"}, {"name": "b.csv", "sha256": "cc"}],
        "answers": {"reach": 300, "story": "First.\nSecond."},
    }
    found = differences(CONTENT, new)
    assert [(one.key, one.was, one.became, one.stayed) for one in found.particulars] == [
        ("level", ["national"], ["local"], []),
        ("countries", [], ["NPL"], ["KEN"]),
        ("answers.reach", [], [300], []),
    ]
    assert [text.key for text in found.texts] == ["answers.story"]
    assert [(file.kind, file.name) for file in found.files] == [(CHANGED, "a.csv"), (ADDED, "b.csv")]


def test_nothing_but_the_sending_is_no_difference():
    assert not differences(CONTENT, {**CONTENT, "version": 2, "sent_at": "later", "symbol": "x"})
    assert not differences(CONTENT, {**CONTENT, "answers": {}})


@pytest.mark.parametrize("hostile", ["a\nb\n" * 20_000, "a b " * 40_000, "x" * 200_000, "好" * 200_000])
def test_hostile_texts_are_compared_whole_and_without_endless_work(hostile, monkeypatch):
    steps = 0
    kept = shortest._trace

    def counted(old, new):
        nonlocal steps
        steps += 1
        return kept(old, new)

    monkeypatch.setattr(shortest, "_trace", counted)
    other = "".join(reversed(hostile)) + "z"
    rows = paragraphs(hostile, other)
    assert sides(rows) == tuple("\n".join(t for t in text.splitlines() if t.strip()) for text in (hostile, other))
    assert steps <= 31  # one for the lines, then at most the pairs of one stretch: each bounded by MOST_EDITS
    assert MOST_EDITS <= 1000
