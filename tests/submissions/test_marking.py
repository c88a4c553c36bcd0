"""Words are marked as PostgreSQL finds them: held against its own marks over the texts of the relevance set."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils.html import escape

from submissions.search.analysis import CONFIGURATIONS, prepared
from submissions.search.asked import read_words
from submissions.search.listing import list_inputs
from submissions.search.marking import AROUND, Marks
from submissions.search.querying import read
from tests.factories import NOW, make_organisation, make_published
from tests.submissions.relevance.texts import questions, texts

pytestmark = pytest.mark.django_db
SPOKEN = ("ar", "en", "es", "fr", "ru")  # Chinese is written without spaces: PostgreSQL marks nothing there
LEFT_OUT = {"para", "le", "Le"}  # words that their language leaves out, and whose stem is that of one that was asked for
LINES = 8  # statements of a list of what answers words
WHOLE = "StartSel=<, StopSel=>, HighlightAll=true"


def marks_of(words):
    return Marks(read(read_words(words)))


def marked_by_postgresql(texts, language, marks):
    """The words that PostgreSQL marks in each of these texts."""
    sql = "SELECT ts_headline(%s::regconfig, text, %s::tsquery, %s) FROM unnest(%s) AS texts (text)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [CONFIGURATIONS[language], marks.reading.wanted(language, some=True), WHOLE, texts])
        return [set(re.findall("<([^<>]*)>", text)) for (text,) in cursor.fetchall()]


def marked_here(text, language, marks):
    return {text[start:stop] for start, stop in marks.places(text, language)}


@pytest.mark.parametrize("language", SPOKEN)
def test_the_same_words_are_marked_as_postgresql_marks(language):
    """Every question of that language, over every text of it."""
    bodies = [re.sub(r"[<>]", " ", prepared(one.text, language)) for one in texts() if one.language == language]
    more, fewer, same = set(), set(), 0
    for words in (words for spoken, words, _keys in questions() if spoken == language):
        marks = marks_of(words)
        for text, theirs in zip(bodies, marked_by_postgresql(bodies, language, marks), strict=True):
            ours = marked_here(text, language, marks)
            same, more, fewer = same + len(ours & theirs), more | ours - theirs, fewer | theirs - ours
    assert (fewer, more - LEFT_OUT) == (set(), set())
    assert same > 100


def test_control_other_stems_would_be_noticed():
    assert marked_here("He wrote of shelters.", "en", marks_of("shelter")) == {"shelters"}
    assert marked_here("He wrote of shelters.", "ru", marks_of("shelter")) == set()  # no ending of Russian


@pytest.mark.parametrize(
    ("words", "language", "text", "marked"),
    [
        ("policies", "en", "A policy, policed.", {"policy"}),  # the stem ends otherwise than the word
        ("accès", "fr", "L'ACCES aux soins, l\u2019acce\u0300s de tous", {"ACCES", "acce\u0300s"}),
        ("وسعت", "ar", "وَسَّعَتِ المؤسسة", {"وَسَّعَتِ"}),
        ("الحماية", "ar", "الحِمايةِ والعمل", {"الحِمايةِ"}),
        ("ёлка", "ru", "у елки и ёлки", {"елки", "ёлки"}),
        ("trans*", "en", "Transit and transport, no retransmission", {"Transit", "transport"}),
        ('"border posts" -gate', "en", "At border posts, posted at the gate", {"border", "posts", "posted"}),
        ("IMRF-2026-I-00001", "en", "See IMRF-2026-I-00001.", {"IMRF", "-2026", "-00001"}),
        ("移民工人", "zh-hans", "工人与移民工人", {"工人", "移民工人"}),
        ("IOM 移民", "zh-hans", "IOM关于移民的IOMs", {"IOM", "移民"}),
        ("\\ ' <b> %s {0} (?", "en", "\\ ' <b> %s {0} (? b", {"0"}),
        ("the of", "en", "the words of it", set()),
    ],
)
def test_a_word_is_marked_however_it_is_written(words, language, text, marked):
    assert marked_here(text, language, marks_of(words)) == marked


ODD = [
    "⑴⑵⑶*",
    "ﷺ*",
    "[a-z]*",
    "^abc* ]b",
    "a\\b* \\d+",
    "(?P<word>x)*",
    "½¼⅓*",
    "ǅǈ*",
    "İıſ*",
    "ﬁﬂ",
    "한국어*",
    "𝒜𝒷𝒸*",
    "x" * 200,
    "'a''b'*",
]


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize("language", ["ar", "en", "ru", "zh-hans", "und"])
def test_signs_that_mean_something_to_patterns_mark_nothing_they_should_not(words, language):
    text = f"{words} [abc] (1)(2)(3) \\ ^ - ] {words.upper()} {'a' * 300}"
    marks = marks_of(words)
    html = marks.html(text, language)
    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)
    assert len(marks.around(text, language)) <= AROUND + 4


def test_what_is_not_marked_is_escaped_and_left_as_it_is():
    html = marks_of("protect").html('<b>Protection</b> & "care" İç <a1>', "en")
    assert html == "&lt;b&gt;<mark>Protection</mark>&lt;/b&gt; &amp; &quot;care&quot; İç &lt;a1&gt;"


def test_an_excerpt_stands_where_most_words_stand_together():
    far = "Wages came late. " + "Nothing was said of it. " * 40
    text = far + "At every border post the seasonal wages were paid. " + "And so on and on. " * 40
    around = marks_of("seasonal wages border").around(text, "en")
    assert "border post the seasonal wages were paid" in around
    assert (around[:2], around[-2:]) == ("… ", " …")
    assert len(around) <= AROUND + 4
    assert marks_of("nothing").around("Elsewhere.", "en") == ""


# On the page


def line_of(words, at=NOW):
    [card] = list_inputs(QueryDict(f"q={words}"), at=at).cards
    return card


BEFORE = "They lit the lamps. " * 40


def test_a_line_says_what_its_text_says_of_the_words(forum):
    make_published(title="Crossing", summary="A night at sea.", text=f"{BEFORE}\n\n# Wages & <b>\n\n- The *beacons* burnt.")
    card = line_of("beacon")
    assert card["excerpt"].endswith("Wages &amp; &lt;b&gt; The <mark>beacons</mark> burnt.")
    assert card["excerpt"].startswith("… ")
    assert not card["in_text"]


def test_a_line_that_says_it_itself_keeps_its_excerpt(forum, django_assert_num_queries):
    make_published(title="Beacons", summary="A night at sea.", text=f"{BEFORE} The beacons burnt.")
    with django_assert_num_queries(LINES):
        assert line_of("beacon")["excerpt"] == "A night at sea."


def test_one_statement_more_however_many_lines_are_silent(forum, django_assert_num_queries):
    for number in range(12):
        make_published(title=f"Crossing {number}", summary="A night at sea.", text=f"{BEFORE} The beacons burnt.")
    with django_assert_num_queries(LINES + 1):
        cards = list_inputs(QueryDict("q=beacon"), at=NOW).cards
    assert {"<mark>beacons</mark>" in card["excerpt"] for card in cards} == {True}


def test_words_that_stand_in_a_name_alone_are_said_to_stand_there(forum):
    make_published(title="Crossing", summary="A night at sea.", text="Nothing.", organisation=make_organisation("Beacon"))
    card = line_of("beacon")
    assert (card["excerpt"], card["in_text"]) == ("A night at sea.", True)
