"""Related inputs: of all years, by rare words and by what both are about; looked for by a sweep, visible at each look."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from submissions import operations
from submissions.models import PublishedInput, RelatedInputs, Submission
from submissions.operations import relating
from submissions.search import nearest
from submissions.search.nearest import Facts, nearness
from tests.factories import NOW, make_published, make_submission
from tests.submissions.test_public_plans import asked_by

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
OLD = datetime(2022, 3, 1, tzinfo=UTC)
LANGUAGES = {  # two texts of one matter, in other words besides; and one on something else
    "en": (
        ("Seafarers stranded by cancelled crew changes", "Relief flights for seafarers."),
        ("Crew changes after the pandemic", "Stranded seafarers were heard."),
        ("Statistics of return", "Figures by corridor."),
    ),
    "ar": (
        ("البحارة العالقون في الموانئ", "تبديل الأطقم وحقوق البحارة."),
        ("حقوق البحارة بعد الجائحة", "تأخر تبديل الأطقم."),
        ("إحصاءات العودة", "أرقام حسب الممر."),
    ),
    "zh-hans": (
        ("滞留海员与船员换班", "海员遣返航班。"),
        ("疫情之后的船员换班", "听取滞留海员的意见。"),
        ("返回统计数字", "按走廊列出数据。"),
    ),
}


def sweep(at=LATER):
    return operations.relate_inputs(at=at)


def related(client, published):
    page = client.get(published.get_absolute_url())
    assert page.status_code == 200
    return [card["reference"] for card in page.context["related"]]


@pytest.fixture
def pair(forum):
    """An input, and another that has its rare words and none of its objectives."""
    other = make_published(title="Stranded seafarers were heard", summary="Crew changes.", objectives=[5])
    mine = make_published(title="Seafarers stranded by cancelled crew changes", objectives=[14])
    make_published(title="Statistics of return", objectives=[23])
    return mine, other


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_input_with_the_same_rare_words_goes_before_new_ones_with_the_same_objective(client, forum, language):
    (title, summary), (like, same), (far, other) = LANGUAGES[language]
    old = make_published(title=like, summary=same, text=same, objectives=[5], at=OLD, language=language)
    mine = make_published(title=title, summary=summary, text=summary, objectives=[14], language=language)
    told = {"title": far, "summary": other, "text": other, "language": language}
    new = [make_published(objectives=[14], **told).reference for _ in range(6)]
    assert old.reference not in related(client, mine)
    sweep()
    assert related(client, mine) == [old.reference, *reversed(new[2:])]
    assert related(client, old)[0] == mine.reference


def test_one_in_another_language_comes_by_what_both_are_about_from_all_years(client, forum, monkeypatch):
    monkeypatch.setattr(nearest, "LOOKED_AT", 3)
    told = {"language": "fr", "title": "Le travail saisonnier", "summary": "", "text": "Les salaires."}
    old = make_published(objectives=[5, 14], countries=["NPL"], at=OLD, **told)
    mine = make_published(title="Wages at harvest time", objectives=[5, 14], countries=["NPL"])
    for _ in range(4):
        make_published(title="Statistics of return", objectives=[14], countries=["KEN"])
    sweep()
    assert related(client, mine)[0] == old.reference


def test_a_word_that_stands_in_the_title_counts_more_than_one_in_a_long_text(client, forum):
    named = make_published(title="Stranded seafarers", objectives=[5], at=OLD)
    for _ in range(2):
        make_published(title="A long report", text="Nearly all, seafarers who were stranded too.", objectives=[5])
    mine = make_published(title="Seafarers stranded in ports", objectives=[14])
    for _ in range(4):
        make_published(title="Statistics of return", objectives=[23])
    sweep()
    assert related(client, mine)[0] == named.reference


def test_nothing_that_has_little_in_common_is_related(client, pair):
    mine, other = pair
    sweep()
    assert related(client, mine) == [other.reference]
    assert RelatedInputs.objects.get(pk=PublishedInput.objects.get(title="Statistics of return").pk).others == []


def test_without_objectives_it_is_near_those_of_its_forum_and_level(client, forum):
    mine, near, _elsewhere = (make_published(title=f"Letter {word}") for word in ("alpha", "omega", "sigma"))
    PublishedInput.objects.update(objectives=[])
    PublishedInput.objects.filter(title="Letter sigma").update(level="global")
    sweep()
    assert related(client, mine) == [near.reference]


FACTS = Facts(frozenset([7, 8]), frozenset([1]), frozenset(["KEN"]), frozenset(["ECA"]), "national", "en", 1)
NOTHING = Facts(*(frozenset() for _ in range(4)), "global", "fr", 2)


@pytest.mark.parametrize(
    ("other", "words", "expected"),
    [
        (FACTS, 1, 3 + 1 + 0.5 + 0.25 + 0.3),
        (NOTHING, 1, 3),
        (NOTHING, 0.09, 0),
        (Facts(frozenset([7]), *(frozenset() for _ in range(3)), "global", "fr", 2), 0, 0.5),
        (Facts(frozenset(range(1, 24)), *(frozenset() for _ in range(3)), "global", "fr", 2), 0, 2 / 23),
    ],
)
def test_nearness(other, words, expected):
    assert nearness(FACTS, other, words) == pytest.approx(expected)


# Who is never shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["draft", "submitted", "accepted", "withdrawn", "not_admissible"])
def test_what_was_never_published_is_no_related_input(client, pair, status):
    mine, other = pair
    make_submission(status=status, title="Seafarers stranded by cancelled crew changes", objectives=[14])
    sweep()
    assert related(client, mine) == [other.reference]


def test_what_was_taken_down_is_gone_at_once_also_for_who_has_the_page(client, pair, elena):
    mine, other = pair
    sweep()
    first = client.get(mine.get_absolute_url())
    assert other.reference in first.content.decode()
    operations.take_down(Submission.objects.get(pk=other.submission_id), by=elena, at=now(), reason="Names a person.")
    again = client.get(mine.get_absolute_url(), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert other.reference not in again.content.decode()
    assert related(client, mine) == []
    assert not RelatedInputs.objects.filter(pk=other.pk).exists()


def test_what_is_public_later_is_related_from_that_moment(client, pair):
    mine, other = pair
    day = now() + timedelta(days=9)
    PublishedInput.objects.filter(pk=other.pk).update(visible_at=day)
    sweep(day - timedelta(days=1))
    assert RelatedInputs.objects.get(pk=other.pk).others is None
    assert RelatedInputs.objects.get(pk=mine.pk).others == []
    RelatedInputs.objects.filter(pk=mine.pk).update(others=[other.pk])
    assert related(client, mine) == []
    RelatedInputs.objects.filter(pk=mine.pk).update(others=[])
    sweep(day)
    sweep(day)
    assert RelatedInputs.objects.get(pk=mine.pk).others == [other.pk]


def test_five_are_shown_and_others_move_up_for_those_that_go(client, forum, elena):
    mine = make_published(title="Stranded seafarers", objectives=[14])
    for number in range(9):
        make_published(title=f"Seafarers {number}", objectives=[14])
    sweep()
    kept = RelatedInputs.objects.get(pk=mine.pk).others
    assert len(kept) == relating.KEPT == 8
    first, *others = related(client, mine)
    assert len(others) == 4
    gone = Submission.objects.get(published__reference=first)
    operations.take_down(gone, by=elena, at=now(), reason="Names a person.")
    assert related(client, mine)[:4] == others
    assert len(related(client, mine)) == 5


# The page ------------------------------------------------------------------------------------------------------------


def test_until_the_sweep_comes_it_shows_those_that_share_an_objective(client, pair):
    mine, _other = pair
    near = make_published(title="Statistics of departure", objectives=[14])
    assert related(client, mine) == [near.reference]


def test_a_reader_who_has_the_page_gets_it_anew_once_others_are_related(client, pair):
    mine, other = pair
    first = client.get(mine.get_absolute_url())
    mark = {"If-None-Match": first.headers["ETag"]}
    assert client.get(mine.get_absolute_url(), headers=mark).status_code == 304
    sweep()
    again = client.get(mine.get_absolute_url(), headers=mark)
    assert again.status_code == 200
    assert other.reference in again.content.decode()


def test_the_page_takes_no_more_statements_than_before(client, pair, count_statements):
    mine, _other = pair

    def look():
        client.get(mine.get_absolute_url())

    look()
    before = count_statements(look)
    sweep()
    look()
    assert count_statements(look) == before <= 5
    for _ in range(8):
        make_published(title="Crew changes", objectives=[14], at=LATER)
    for _ in range(2):  # the new ones; then those that are near to them
        sweep(LATER + timedelta(hours=1))
    assert len(related(client, mine)) == 5
    assert count_statements(look) == before


def test_the_page_takes_the_rows_that_were_found_by_their_keys(client, pair):
    mine, _other = pair
    sweep()
    asked = asked_by(lambda: client.get(mine.get_absolute_url()))
    assert [rows for sql, _params, rows in asked if '"excerpt"' in sql and " IN (" in sql] == [1]


# Copies: a campaign sends one text under several names

TEXT = " ".join(f"In port {one} seafarers of {one + 7} ships were kept on board after their time." for one in range(20))


def test_an_input_with_nearly_the_same_text_is_marked_and_no_other(client, forum):
    """As the rule on copies promises (templates/moderation.html)."""
    copies = [make_published(title="Seafarers kept on board", text=f"{name} says: {TEXT}") for name in ("One", "Two")]
    other = make_published(title="Seafarers kept on board at last", text=f"Another matter altogether. {'It is long. ' * 60}")
    operations.liken_waiting(at=LATER)
    sweep()
    page = client.get(copies[0].get_absolute_url())
    assert {card["reference"]: card["is_copy"] for card in page.context["related"]} == {
        copies[1].reference: True,
        other.reference: False,
    }
    assert page.content.decode().count("Nearly the same text") == 1


def test_a_copy_that_nobody_may_see_is_named_nowhere(client, forum):
    copy, mine = [make_published(title="Seafarers kept on board", text=f"{name} says: {TEXT}") for name in ("One", "Two")]
    operations.liken_waiting(at=LATER)
    sweep()
    PublishedInput.objects.filter(pk=copy.pk).update(visible_at=now() + timedelta(days=1))
    page = client.get(mine.get_absolute_url())
    assert page.context["related"] == []
    assert "Nearly the same text" not in page.content.decode()
