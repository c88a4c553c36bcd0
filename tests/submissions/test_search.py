from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from submissions.models import PublishedInput
from submissions.publication import visible
from submissions.search import found_by
from submissions.search.asked import read_words
from submissions.search.facets import facets, pills
from submissions.search.listing import list_inputs
from submissions.search.marking import Marks, marked
from submissions.search.querying import read
from tests.factories import NOW, make_call, make_forum, make_organisation, make_published, make_standing
from tests.kept import kept

pytestmark = pytest.mark.django_db

TEXTS = {
    "ar": ("الحماية القنصلية للعمال المهاجرين", "وَسَّعَتِ المؤسسة شبكة المكاتب"),
    "en": ("Consular protection of migrant workers", "Nine missions answer complaints."),
    "es": ("La protección consular como derecho", "Las misiones atienden quejas."),
    "fr": ("La protection consulaire des travailleurs", "Neuf missions répondent aux plaintes."),
    "ru": ("Консульская защита трудящихся-мигрантов", "Девять миссий отвечают на жалобы."),
    "zh-hans": ("移徙工人的领事保护", "九个使团答复投诉。"),
}


@pytest.fixture
def six(db):
    return kept(make_six)


def make_six():
    return {
        language: make_published(title=title, summary="", text=text, language=language)
        for language, (title, text) in TEXTS.items()
    }


def languages_found(words):
    return {each.language for each in found_by(visible(NOW), words)}


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("protection", {"en", "fr"}),
        ("protecting", {"en"}),  # stemmed in English
        ("protecciones", {"es"}),
        ("proteccion", {"es"}),  # without the accent
        ("travailleur", {"fr"}),
        ("защиты", {"ru"}),
        ("жалоба", {"ru"}),
        ("الحمايه", {"ar"}),  # spelt with another final letter
        ("وسعت", {"ar"}),  # without vowel marks
        ("领事保护", {"zh-hans"}),
        ("投诉", {"zh-hans"}),
        ('"consular protection"', {"en"}),
        ('"protection consular"', set()),
        ("consular -migrant", {"es"}),
        ("protección OR защита", {"es", "ru"}),
    ],
)
def test_each_text_is_asked_in_its_own_language(six, words, languages):
    assert languages_found(words) == languages


@pytest.mark.parametrize(
    "words", ["the", "of the", "the -zebra", "!!", "''", '"', "()", "-", "OR", "&|!:*", "\\", "%", "<>", "=en"]
)
def test_a_question_without_a_word_finds_nothing_and_breaks_nothing(six, words):
    assert languages_found(words) == set()


@pytest.mark.parametrize("words", ["a" * 5000, "x " * 3000, "(" * 300, '"' * 301, "\u202e\ufeff", "' OR 1=1 --", "a:*&!b"])
def test_hostile_questions_break_nothing(six, words):
    list(found_by(visible(NOW), words))
    assert list_inputs(QueryDict(urlencode({"q": words})), at=NOW).page is not None


def test_an_organisation_and_a_reference_are_found_too(six):
    named = six["en"]
    assert [each.pk for each in found_by(visible(NOW), named.reference)] == [named.pk]
    organisation = make_organisation("Harbour Light Alliance")
    input_of_it = make_published(organisation=organisation)
    assert [each.pk for each in found_by(visible(NOW), "harbour")] == [input_of_it.pk]


def asked(words):
    return list_inputs(QueryDict(urlencode({"q": words})), at=NOW)


MISTYPED = {
    "Consulr protecton": ("consular protection", "en"),
    "protecion consular": ("proteccion consular", "es"),
    "travaileurs": ("travailleurs", "fr"),
    "консулская": ("консульская", "ru"),
    "القنصليه للعماال": ("القنصليه للعمال", "ar"),
}


def test_a_mistyped_word_is_asked_as_it_was_meant_and_that_is_said(six, client):
    for typed, (meant, language) in MISTYPED.items():
        listing = asked(typed)
        assert [card["language"] for card in listing.cards] == [language]
        assert listing.context()["nearest"]["words"] == meant
        page = client.get("/en/inputs/", {"q": typed}).content.decode()
        assert f"No input has “{typed}”. Here is what has" in page
        assert f'<a href="?{urlencode({"q": meant})}">“{meant}”</a>' in page
        assert languages_found(typed) == set()  # a machine gets what it asked for


def test_who_quotes_means_every_letter(six):
    assert asked('"Consulr protecton"').cards == []


def test_where_no_text_has_all_words_those_with_most_come_first_and_that_is_said(six, client):
    listing = asked("consular protection dolphins complaints")
    assert listing.cards[0]["language"] == "en"
    assert listing.context()["nearest"]["some"]
    page = client.get("/en/inputs/", {"q": "consular protection dolphins"}).content.decode()
    assert "No input has all of these words." in page


def test_a_word_of_what_is_not_public_is_never_offered(six):
    hidden = make_published(title="Zqxlighthouse keepers", text="Zqxlighthouse")
    assert asked("zqxlighthuse").context()["nearest"]["words"] == "zqxlighthouse"
    PublishedInput.objects.filter(pk=hidden.pk).update(visible_at=NOW + timedelta(days=1))
    assert "zqxlighthouse" not in str(asked("zqxlighthuse").context())


ASKED = {
    "protec*": {"en", "es", "fr"},
    "protecti*": {"en", "fr"},
    "защит*": {"ru"},
    "prot*": {"en", "es", "fr"},
    "pro*zz": set(),
    "-protection": set(),
    "protection -workers": {"fr"},  # left out in every form of the word
    'protection -"migrant workers"': {"fr"},
    "“consular protection”": {"en"},
    "« protection consulaire »": {"fr"},
}


def test_beginnings_and_what_is_left_out(six):
    assert {words: languages_found(words) for words in ASKED} == ASKED


def test_a_hit_in_the_title_comes_before_one_in_the_text(forum):
    below = make_published(title="Something else", summary="", text="A word about remittances.")
    above = make_published(title="Remittances", summary="", text="Something else.")
    listing = list_inputs(QueryDict("q=remittances"), at=NOW)
    assert [card["reference"] for card in listing.cards] == [above.reference, below.reference]


def test_hits_are_marked_and_everything_else_is_escaped():
    published = make_published(
        title='<b>Protection</b> & "care" <a1>', summary="Protecting 1 < 2 people", text="x", language="en"
    )
    marks = Marks(read(read_words("protect")))
    [row] = marked([published.pk], marks)
    assert marks.html(row.title, "en") == ("&lt;b&gt;<mark>Protection</mark>&lt;/b&gt; &amp; &quot;care&quot; &lt;a1&gt;")
    assert marks.html(row.excerpt, "en") == "<mark>Protecting</mark> 1 &lt; 2 people"


def test_hits_in_chinese_are_marked(six):
    marks = Marks(read(read_words("领事保护")))
    [row] = marked([six["zh-hans"].pk], marks)
    assert marks.html(row.title, "zh-hans") == "移徙工人的<mark>领事保护</mark>"


# Filters and facets


@pytest.fixture
def filed(db):
    return kept(make_filed)


def make_filed():
    """Three inputs filed differently; one of another forum."""
    forum = make_forum()
    ngo, state = make_organisation("An NGO"), make_organisation("A mission", kind="member_state")
    make_standing(ngo, forum)
    call = make_call(forum)
    return {
        "a": make_published(call=call, organisation=ngo, level="local", objectives=[1, 7], countries=["KEN"]),
        "b": make_published(call=call, organisation=state, level="national", objectives=[7], countries=["NPL"]),
        "c": make_published(call=call, organisation=ngo, level="national", objectives=[23], language="fr"),
        "d": make_published(call=make_call(make_forum("2022", year=2022, name="First")), level="local", objectives=[1]),
    }


def found(filed, query, **options):
    names = {each.reference: name for name, each in filed.items()}
    return {names[card["reference"]] for card in list_inputs(QueryDict(query), at=NOW, **options).cards}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "abcd"),
        ("level=local", "ad"),
        ("level=local&level=national", "abcd"),
        ("level=national&objective=7", "b"),
        ("objective=7&level=national", "b"),
        ("objective=1", "ad"),
        ("country=npl", "b"),
        ("kind=member_state", "b"),
        ("basis=ecosoc", "ac"),
        ("basis=none", "bd"),
        ("language=fr", "c"),
        ("forum=2022", "d"),
        ("forum=2026&forum=2022&level=local", "ad"),
        ("round_table=3&forum=2026", "abc"),
        ("level=&q=&objective=", "abcd"),
    ],
)
def test_filters_narrow_in_any_order(filed, query, names):
    assert found(filed, query) == set(names)


def test_what_the_address_says_is_never_widened(filed):
    assert found(filed, "forum=2022", fixed=[("forum", "2026")]) == set("abc")
    assert found(filed, "level=local", fixed=[("forum", "2026")]) == {"a"}


def options_of(query, label):
    listing = list_inputs(QueryDict(query), at=NOW)
    shown = facets(listing.question.filters, listing.counts, listing.question.vocabulary)
    return {
        option["label"]: option["count"] for facet in shown if str(facet["label"]) == label for option in facet["options"]
    }


def test_each_facet_is_counted_with_all_other_filters_on(filed):
    assert options_of("", "Level") == {"Local": 2, "National": 2}
    assert options_of("level=local", "Level") == {"Local": 2, "National": 2}
    assert options_of("level=local", "Language") == {"English": 2}
    assert options_of("level=national&language=fr", "Level") == {"National": 1}
    assert options_of("objective=7", "Forum") == {"Second International Migration Review Forum": 2}
    assert options_of("forum=2026", "Round table")["3. Table 3"] == 3
    assert options_of("", "Round table") == {}  # tables of different forums share a number, not a subject
    assert options_of("", "Standing") == {"ecosoc": 2, "No standing recorded": 2}
    assert options_of("", "Country or area") == {}
    assert options_of("", "Country") == {"Kenya": 3, "Nepal": 1}


def test_counts_follow_a_publication_at_once(filed):
    assert options_of("", "Language")["French"] == 1
    make_published(language="fr")
    assert options_of("", "Language")["French"] == 2


def test_every_pill_takes_its_own_filter_off(filed):
    listing = list_inputs(QueryDict("objective=7&level=local&q=consular"), at=NOW)
    shown = pills(listing.question.filters, listing.question.vocabulary)
    assert [(pill["label"], pill["url"]) for pill in shown] == [
        ("“consular”", "?level=local&objective=7"),
        ("Local", "?q=consular&objective=7"),
        ("7. O7", "?q=consular&level=local"),
    ]


def test_an_empty_list_says_what_to_leave_out_and_what_that_would_give(filed):
    listing = list_inputs(QueryDict("level=local&language=fr"), at=NOW)
    ways = listing.context()["ways_out"]
    assert [(str(way["label"]), way["count"], way["url"]) for way in ways] == [
        ("Language", 2, "?level=local"),
        ("Level", 1, "?language=fr"),
    ]


@pytest.mark.parametrize(("sort", "names"), [("organisation", "bac"), ("title", "bca"), ("newest", "cba")])
def test_a_list_is_sorted_as_asked(forum, sort, names):
    a, b = make_organisation("Beta"), make_organisation("Alpha")
    published = {
        "a": make_published(organisation=a, title="Zebra", at=NOW),
        "b": make_published(organisation=b, title="Apple", at=NOW),
        "c": make_published(organisation=make_organisation("Gamma"), title="Middle", at=NOW),
    }
    references = [card["reference"] for card in list_inputs(QueryDict(f"sort={sort}"), at=NOW).cards]
    assert references == [published[name].reference for name in names]


def test_the_words_of_a_question_are_read_once(client, six, django_assert_max_num_queries):
    """As many calls as there are words, languages and ways to read them, in one statement: none stands in any other."""
    with django_assert_max_num_queries(8) as asked:
        assert (
            b"<mark>"
            in client.get("/en/inputs/", {"q": '"consular protection" workers -quay workers "consular protection"'}).content
        )
    reading = [query["sql"] for query in asked.captured_queries if "_tsquery(" in query["sql"]]
    assert len(reading) == 1
    assert reading[0].count("_tsquery(") == 2 * 6 + 2 + 6 + 6  # a phrase three ways, two words
