"""Bodies under a joint input stand as the United Nations list them, for readers of each of the six languages."""

import random

import pytest

from submissions.un_order import alphabetical, in_un_order

IN_ORDER = {  # written by hand, each as a reader of that language expects it
    "en": ["2nd Chance", "Éclair", "ecole", "école", "Ñandú", "Nube", "Oso", "Zebra", "Ёлка", "أرض", "北京"],
    "fr": ["Abeille", "Cote", "côte", "Côté Sud", "École", "Ecoute", "Œuvre commune", "Zèbre", "Москва", "上海"],
    "es": ["Asociación", "Chile", "Nube", "Nzambi", "Ñandú", "Oso", "Zaragoza"],
    "ru": ["Альянс", "Еда", "Ёлка", "Жук", "Игра", "Йод", "Кедр", "Яблоко", "Alliance", "Zebra"],
    "ar": ["إثيوبيا", "الأردن", "أرض", "بيت", "الجسر", "حقوق", "نور", "هجرة", "يد", "Alliance", "Альянс"],
    "zh-hans": ["安徽", "北京", "重庆", "广州", "南京", "上海", "天津", "武汉", "西安", "中国", "Alliance", "Альянс"],
}


@pytest.mark.parametrize("language", IN_ORDER)
def test_names_stand_alphabetically_in_the_readers_language(language):
    shuffled = IN_ORDER[language][:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=lambda name: alphabetical(name, language)) == IN_ORDER[language]


def test_the_same_bodies_stand_otherwise_for_another_reader():
    names = ["Ñandú", "Nzambi", "Москва", "北京"]
    orders = {tuple(sorted(names, key=lambda name: alphabetical(name, each))) for each in IN_ORDER}
    assert len(orders) == 4  # English, French and Arabic agree on these


def body(name, *, admitted=False, on_behalf=False):
    return {"name": name, "admitted": admitted, "on_behalf": on_behalf}


def test_accredited_bodies_stand_first_and_those_it_is_sent_on_behalf_of_last():
    bodies = [
        body("Alpha", on_behalf=True),
        body("Beta"),
        body("Zeta", admitted=True),
        body("Eta", admitted=True),
        body("Aleph"),
        body("Aardvark", on_behalf=True),
    ]
    assert [each["name"] for each in in_un_order(bodies, "en")] == ["Eta", "Zeta", "Aleph", "Beta", "Aardvark", "Alpha"]


@pytest.mark.parametrize("language", IN_ORDER)
def test_any_name_has_a_place_and_equal_letters_are_told_apart_for_ever(language):
    odd = ["", "  ", "—", "٣ أصوات", "ﬁn", "ﷺ", "한국", "日本語", "𠮷", "e\u0301cole", "École", "école"]
    first = sorted(odd, key=lambda name: alphabetical(name, language))
    assert sorted(first[3:] + first[:3], key=lambda name: alphabetical(name, language)) == first
