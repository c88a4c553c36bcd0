"""What is a symbol of a United Nations document, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.symbols import LONGEST, NotASymbol, is_symbol, parse

RIGHT = {  # symbol: its base, its suffixes
    "A/76/642": ("A/76/642", ()),
    "A/75/542": ("A/75/542", ()),
    "A/79/590": ("A/79/590", ()),
    "A/72/643": ("A/72/643", ()),
    "A/RES/73/326": ("A/RES/73/326", ()),
    "A/RES/73/195": ("A/RES/73/195", ()),
    "A/RES/217(III)A": ("A/RES/217(III)A", ()),
    "A/RES/2200(XXI)": ("A/RES/2200(XXI)", ()),
    "A/RES/S-27/2": ("A/RES/S-27/2", ()),
    "A/RES/ES-10/14": ("A/RES/ES-10/14", ()),
    "A/RES/68/262A": ("A/RES/68/262A", ()),
    "A/AC.293/2022/1": ("A/AC.293/2022/1", ()),
    "A/AC.293/2022/L.1": ("A/AC.293/2022/L.1", ()),
    "A/AC.293/2022/L.1/Rev.1": ("A/AC.293/2022/L.1", ("Rev.1",)),
    "A/CONF.231/3": ("A/CONF.231/3", ()),
    "A/CONF.231/2018/CRP.1": ("A/CONF.231/2018/CRP.1", ()),
    "A/76/642/Corr.1": ("A/76/642", ("Corr.1",)),
    "A/76/642/Add.1": ("A/76/642", ("Add.1",)),
    "A/76/642/Add.1/Corr.2": ("A/76/642", ("Add.1", "Corr.2")),
    "A/76/642/Rev.12": ("A/76/642", ("Rev.12",)),
    "A/73/L.99": ("A/73/L.99", ()),
    "A/73/PV.60": ("A/73/PV.60", ()),
    "A/C.3/74/L.5/Rev.1": ("A/C.3/74/L.5", ("Rev.1",)),
    "A/C.5/76/SR.12": ("A/C.5/76/SR.12", ()),
    "A/INF/71/5": ("A/INF/71/5", ()),
    "A/520/Rev.18": ("A/520", ("Rev.18",)),
    "A/S-27/19/Rev.1": ("A/S-27/19", ("Rev.1",)),
    "A/HRC/38/41": ("A/HRC/38/41", ()),
    "A/HRC/RES/35/17": ("A/HRC/RES/35/17", ()),
    "A/HRC/WG.6/39/KEN/1": ("A/HRC/WG.6/39/KEN/1", ()),
    "A/58/53 (Part II)": ("A/58/53 (Part II)", ()),
    "E/CN.9/2024/3": ("E/CN.9/2024/3", ()),
    "E/CN.4/Sub.2/2003/12/Rev.2": ("E/CN.4/Sub.2/2003/12", ("Rev.2",)),
    "E/2019/INF/1": ("E/2019/INF/1", ()),
    "E/ESCAP/GCM/2021/1": ("E/ESCAP/GCM/2021/1", ()),
    "E/C.2/2010/2/Add.15": ("E/C.2/2010/2", ("Add.15",)),
    "S/RES/1325(2000)": ("S/RES/1325(2000)", ()),
    "S/PRST/2020/5": ("S/PRST/2020/5", ()),
    "S/2020/5": ("S/2020/5", ()),
    "ST/ESA/SER.A/397": ("ST/ESA/SER.A/397", ()),
    "ST/SGB/2003/5": ("ST/SGB/2003/5", ()),
    "CMW/C/GC/3-CRC/C/GC/22": ("CMW/C/GC/3-CRC/C/GC/22", ()),
    "CCPR/C/21/Rev.1/Add.13": ("CCPR/C/21", ("Rev.1", "Add.13")),
    "FCCC/CP/2015/10/Add.1": ("FCCC/CP/2015/10", ("Add.1",)),
}
WRONG = [
    "",
    " ",
    "A",
    "A/",
    "/76/642",
    "A//642",
    "A/76/642/",
    "a/76/642",
    "A/76/642/corr.1",
    "A/76/642/Corr1",
    "A/76/642/Corr.0",
    "A/76/642/Corr.",
    "A/76/642/Corr.01",
    "A/76/0642",
    "A/76/642.",
    "A / 76 / 642",
    "A/76/642 and A/76/643",
    "A/76/642; A/76/643",
    "A-76-642",
    "A\\76\\642",
    "A/RES/73",
    "A/RES/abc",
    "A/RES/",
    "A/RES/73/326/1",
    "A/HRC",
    "B/76/642",
    "X/1",
    "Report A/76/642",
    "IMRF-2022-I-00042",
    "https://undocs.org/A/76/642",
    "A/76/642?x=1",
    "A/76/642#top",
    "../../etc/passwd",
    "A/../642",
    "A/76/<script>",
    "A/76/642\x00",
    "A/76/642\n",
    "A/76/\u202e642",
    "А/76/642",  # a Cyrillic А
    "Ａ/76/642",  # a wide A
    "A/٧٦/642",
    "A/7٦/642",
    "A/76/642é",
    "N2234750",
    "resolution 73/326",
    "73/326",
    f"A/76/{'9' * 60}",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_a_symbol_is_a_base_and_what_was_done_to_it(text):
    symbol = parse(text)
    assert (symbol.base, symbol.suffixes) == RIGHT[text]
    assert str(symbol) == text


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_symbol_is_told_apart(text):
    assert not is_symbol(text)


@pytest.mark.parametrize("text", [text for text in WRONG if not is_symbol(text.strip())])
def test_what_is_no_symbol_is_refused_with_a_whole_sentence(text):
    with pytest.raises(NotASymbol) as refused:
        parse(text)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert len(sentence) < 400


def test_the_two_tables_are_long_enough_to_mean_something():
    assert min(len(RIGHT), len(WRONG)) >= 40


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a/76/642", "A/76/642"),
        ("A / 76 / 642", "A/76/642"),
        ("a/76/642/corr 1", "A/76/642/Corr.1"),
        ("A/76/642/Corr1", "A/76/642/Corr.1"),
        ("A/AC.293/2022/l.1/REV.2", "A/AC.293/2022/L.1/Rev.2"),
        ("e/cn.4/sub.2/2003/12", "E/CN.4/Sub.2/2003/12"),
        ("A\\76\\642", "A/76/642"),
        ("https://undocs.org/A/76/642", "A/76/642"),
        ("https://undocs.org/en/A/76/642", "A/76/642"),
        ("UN Doc. A/76/642.", "A/76/642"),
    ],
)
def test_a_sentence_names_the_spelling_that_was_meant(typed, meant):
    with pytest.raises(NotASymbol, match=f"Write it as {meant}\\."):
        parse(typed)


def test_a_resolution_needs_its_session_and_its_number():
    with pytest.raises(NotASymbol, match="session and the number, as in A/RES/73/326"):
        parse("A/RES/73")


def test_white_space_round_a_symbol_means_nothing():
    assert str(parse(" A/76/642\n")) == "A/76/642"


@pytest.mark.parametrize(
    ("text", "kind", "modifies"),
    [
        ("A/76/642", "", []),
        ("A/76/642/Corr.1", "Corr", ["A/76/642"]),
        ("A/76/642/Rev.1", "Rev", ["A/76/642"]),
        ("A/76/642/Add.1/Corr.1", "Corr", ["A/76/642/Add.1", "A/76/642"]),
    ],
)
def test_a_suffix_says_what_is_changed_the_nearest_first(text, kind, modifies):
    symbol = parse(text)
    assert (symbol.kind, symbol.modifies) == (kind, modifies)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_symbol_or_refused_never_an_error(text):
    if is_symbol(text.strip()):
        assert str(parse(text)) == text.strip()
    else:
        with pytest.raises(NotASymbol, match=r"\.$"):
            parse(text)


@given(
    st.sampled_from(["A", "E", "S", "ST"]),
    st.lists(st.sampled_from(["76", "642", "C.3", "L.1", "INF", "2022", "AC.293"]), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(["Rev", "Corr", "Add"]), st.integers(1, 99)), max_size=3),
)
def test_a_symbol_is_read_as_it_was_put_together(organ, parts, suffixes):
    base, named = "/".join((organ, *parts)), tuple(f"{word}.{number}" for word, number in suffixes)
    text = "/".join((base, *named))
    if any(sign.isdigit() for sign in "".join(parts)) and len(text) <= LONGEST:
        symbol = parse(text)
        assert (symbol.base, symbol.suffixes) == (base, named)
