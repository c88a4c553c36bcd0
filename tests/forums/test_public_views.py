import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from forums.models import Call, Extension, FormerDates, OfficialDocument
from forums.operations.changing import note_change
from tests.factories import make_call, make_forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(db):
    """2022 as it was: announced, moved, held; its report early."""
    forum = make_forum(
        "2022",
        year=2022,
        name="First forum",
        first_day=date(2022, 5, 17),
        last_day=date(2022, 5, 20),
        status="held",
        chair="Abdulla Shahid",
    )
    forum.former_dates.create(first_day=date(2022, 5, 10), last_day=date(2022, 5, 13))
    report = forum.milestones.create(
        kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14", met_on=date(2021, 12, 27)
    )
    OfficialDocument.objects.create(forum=forum, kind="sg_report", symbol="A/76/642", title="Second report", meets=report)
    forum.milestones.create(kind="hearing", name="Hearing", days_before=1, resolution="A/RES/73/326", paragraph="15")
    return forum


def page(client, address, **headers):
    response = client.get(address, **headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_forum_says_what_was_due_and_by_how_many_days_it_was_met(client, held):
    text = page(client, "/en/forums/2022/")
    for part in (
        "Tuesday 22 February 2022",
        "at least 12 weeks before the first day of the forum",
        '<span class="status done">Met 57 days early</span>',
        "141 days before the first day",
        '<a href="https://undocs.org/A/76/642" rel="external noopener"><bdi>A/76/642</bdi></a>',
        "Abdulla Shahid",
        "First announced for",
        "Tuesday 10 May 2022",
        "Friday 20 May 2022",
    ):
        assert part in text, part
    assert "Overdue" not in text


def test_a_forum_without_dates_says_who_sets_them(client):
    make_forum("2030", year=2030, name="Third forum", first_day=None, last_day=None, status="announced")
    assert "the dates are set by the President of the General Assembly" in page(client, "/en/forums/2030/")


def test_a_demonstration_says_that_it_is_one(client):
    make_forum("demo", name="Demonstration", demonstration=True)
    assert "This forum is a demonstration" in page(client, "/en/forums/demo/")


def test_calls_stand_under_their_phase_with_the_way_in(client, forum):
    moment = now()
    for slug, opens, closes in (("open", -9, 9), ("later", 3, 9), ("over", -9, -3)):
        opens_at, closes_at = moment + timedelta(days=opens), moment + timedelta(days=closes)
        Call.objects.create(forum=forum, slug=slug, name=f"Call {slug}", opens_at=opens_at, closes_at=closes_at)
    text = page(client, "/en/forums/2026/")
    order = [text.index(f'id="call-{slug}"') for slug in ("open", "later", "over")]
    assert order == sorted(order)
    assert 'href="/en/my/inputs/new/2026/open/"' in text
    assert "/my/inputs/new/2026/later/" not in text
    assert "/my/inputs/new/2026/over/" not in text


def test_a_moved_closing_is_shown_with_reason_and_authority(client, forum):
    call = make_call(forum)
    was = call.closes_at - timedelta(days=7)
    Extension.objects.create(
        call=call, was=was, became=call.closes_at, reason="Late <guidance>.", authority="Secretariat", at=was
    )
    history = page(client, "/en/forums/2026/").partition('<h2 id="history">')[2]
    assert '<del><time datetime="2089-12-24T19:00:00-05:00"' in history
    assert '<ins><time datetime="2089-12-31T19:00:00-05:00"' in history
    assert 'Late &lt;guidance&gt;.</span> (<bdi lang="und">Secretariat</bdi>)' in history


def test_every_moment_names_city_and_offset(client, forum):
    make_call(forum, name="Inputs")
    text = page(client, "/en/forums/2026/")
    assert (
        '<time datetime="2089-12-31T19:00:00-05:00" data-own><bdi>Saturday 31 December 2089, 19:00 New York (UTC−5)' in text
    )


def test_round_tables_lead_to_their_own_pages(client, forum):
    text = page(client, "/en/forums/2026/")
    assert '<a href="/en/forums/2026/round-tables/1/"><bdi>Table 1</bdi></a>' in text
    assert "1, 5, 9, 13, 17, 21" in text


def add_document(forum, number):
    """A paper with a language, a change that tells of it, and a former edition of the dates."""
    paper = OfficialDocument.objects.create(forum=forum, kind="other", title=f"Paper {number}")
    paper.languages.create(language="fr", url="https://example.org/paper")
    note_change(forum, "document", at=now(), title={"en": f"Paper {number}"}, symbol="", available_on=None)
    forum.former_dates.create(edition=100 + number, first_day=forum.first_day, last_day=forum.last_day)


@pytest.mark.parametrize(("address", "most"), [("/en/forums/", 9), ("/en/forums/2022/", 18), ("/en/calendar/", 12)])
def test_the_pages_ask_the_same_with_few_and_with_many_rows(client, held, count_statements, address, most):
    client.get(address)
    make_call(held, feeds=held.milestones.get(kind="report"))
    add_document(held, 0)
    few = count_statements(lambda: client.get(address))
    for number in range(27):
        make_call(held, feeds=held.milestones.get(kind="report"))
        held.milestones.create(
            kind="other", name=f"Duty {number}", weeks_before=number, resolution="A/RES/73/326", paragraph="1"
        )
        add_document(held, number + 1)
        make_forum(f"f{number}", name=f"Forum {number}")
    many = count_statements(lambda: client.get(address))
    assert few == many
    assert many <= most


def test_a_forum_that_does_not_exist_is_not_found(client, held):
    assert client.get("/en/forums/1999/").status_code == 404


def test_all_forums_stand_in_a_list_the_latest_first(client, held, forum):
    text = page(client, "/en/forums/")
    assert text.index("Second International Migration Review Forum") < text.index("First forum")
    assert "Tuesday 17 May 2022" in text


# What moved, what comes next, what is drawn ----------------------------------------------------------------------------


def test_the_slip_of_2022_is_shown_as_history_with_what_followed_for_each_duty(client, held):
    text = page(client, "/en/forums/2022/")
    history = text[text.index('<h2 id="history">') :]
    for part in (
        '<del><time datetime="2022-05-10">Tuesday 10 May 2022</time> – <time datetime="2022-05-13">',
        '<ins><time datetime="2022-05-17">Tuesday 17 May 2022</time> – <time datetime="2022-05-20">',
        "The forum was held on these days.",
        '<del><time datetime="2022-02-15">Tuesday 15 February 2022</time></del>',  # the report, as it was due first
        '<ins><time datetime="2022-02-22">Tuesday 22 February 2022</time></ins>',
    ):
        assert part in history, part


def test_every_former_edition_stands_in_its_order_with_its_reason_and_its_day(client, forum):
    make = FormerDates.objects.create
    make(forum=forum, edition=2, first_day=date(2026, 4, 28), last_day=date(2026, 5, 1), reason="The hall was <taken>.")
    make(
        forum=forum,
        edition=1,
        first_day=date(2026, 4, 21),
        last_day=date(2026, 4, 24),
        replaced_on=date(2025, 11, 3),
        reason="One.",
    )
    text = page(client, "/en/forums/2026/")
    text = text[text.index('<h2 id="history">') :]
    order = [
        text.index(part)
        for part in ("21 April", "3 November 2025", "One.", "28 April", "The hall was &lt;taken&gt;.", "5 May")
    ]
    assert order == sorted(order)


def test_a_forum_that_never_moved_has_no_history(client, forum):
    assert 'id="history"' not in page(client, "/en/forums/2026/")


def test_what_comes_next_is_said_in_words_exact_to_the_moment(client, forum):
    make_call(forum, name="Inputs")
    text = page(client, "/en/forums/2026/")
    assert re.search(r"<strong>In \d+ days</strong>.{1,90}<bdi>“Inputs” closes</bdi>", text)
    assert 'data-until="2090-01-01T00:00:00+00:00"' in text


def test_the_course_is_drawn_for_both_widths_and_named_for_who_does_not_see_it(client, held):
    text = page(client, "/en/forums/2022/")
    for sheet in ("wide", "narrow"):
        assert f'<svg class="drawing {sheet}"' in text
        assert f'role="img" aria-labelledby="drawn-{sheet} said-{sheet}"' in text
        assert f'<title id="drawn-{sheet}">' in text
        assert f'<desc id="said-{sheet}">' in text
    assert text.index('class="drawing narrow"') < text.index('<ol class="timeline">')  # the list says the same below
    assert "style=" not in text


def test_numbers_of_the_drawing_are_numbers_in_every_language(client, held):
    for language in ("ar", "fr", "ru", "zh-hans"):
        text = client.get(f"/{language}/forums/2022/").content.decode()
        places = re.findall(
            r' (?:x|y|width|height|x1|d|transform)="([^"]*)"', text[text.index("<svg") : text.rindex("</svg>")]
        )
        assert places
        assert [
            place for place in places if not re.fullmatch(r"[MVHLAhvlZa0-9 .()\-]*|translate\([0-9 ]+\)|rotate\(45\)", place)
        ] == []


def test_a_waiver_is_shown_with_its_reason_and_nobody_is_named(client, forum, dalia):
    forum.milestones.create(
        kind="other", name="Regional consultations", weeks_before=2, waived_because="No <funds>.", responsible=dalia
    )
    text = page(client, "/en/forums/2026/")
    assert "Waived" in text
    assert "No &lt;funds&gt;." in text
    assert dalia.name not in text
    assert dalia.email not in text


def test_the_next_forum_is_four_years_on(client, held):
    assert "The next forum follows four years on, in 2026" in page(client, "/en/forums/2022/")
    make_forum("2026")
    assert '<a href="/en/forums/2026/">The next forum: 2026</a>' in page(client, "/en/forums/2022/")


def test_the_page_of_a_forum_is_kept_until_something_changes(client, held):
    first = client.get("/en/forums/2022/")
    assert not first.cookies
    assert client.get("/en/forums/2022/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    held.milestones.filter(kind="hearing").update(met_on=date(2022, 5, 16))
    assert client.get("/en/forums/2022/", headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_name_that_only_english_has_is_marked_as_english_in_arabic(client, held):
    text = page(client, "/ar/forums/2022/")
    assert '<bdi lang="en" dir="ltr">First forum</bdi>' in text
    assert 'lang="en" dir="ltr">Report</bdi>' in text
    held.name_ar = "المنتدى الأول"
    held.save()
    assert "<h1><bdi>المنتدى الأول</bdi></h1>" in page(client, "/ar/forums/2022/")
    assert 'lang="en"' not in page(client, "/en/forums/2022/").partition("<main")[2]


def test_documents_and_calls_that_only_english_has_are_marked_as_english_in_arabic(client, held):
    make_call(held, name="Inputs", guidance="Say what works.", questions="What works?")
    text = page(client, "/ar/forums/2022/")
    assert '<bdi lang="en" dir="ltr">Second report</bdi>' in text
    assert '<div lang="en" dir="ltr"><p>Say what works.</p></div>' in text
    assert '<ol lang="en" dir="ltr"><li>What works?</li>' in text
    assert text.count('<bdi lang="en" dir="ltr">Inputs</bdi>') >= 3  # it opens, it closes, and the call itself
