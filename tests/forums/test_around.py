"""Around the forum: regional reviews by round, national reviews by year, the line of the Secretary-General's reports."""

from datetime import date

import pytest
from django.utils.translation import override

from forums.models import Country, NationalReview, OfficialDocument, RegionalReview
from forums.reference.editions import load_reviews
from forums.reference.vocabularies import load_regions
from tests.factories import make_forum

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_a_round_spans_calendar_years_and_the_latest_stands_first(client):
    make_forum()
    make = RegionalReview.objects.create
    first = make(
        round=1, name="Arab review", region="Arab region", first_day=date(2020, 11, 12), last_day=date(2020, 11, 13)
    )
    make(round=1, name="African review", region="Africa", first_day=date(2021, 8, 31), format="virtual", led_by="ECA, IOM")
    make(round=2, name="Later review", region="Africa")
    first.regions.add("ECA")
    text = page(client, "/en/regional-reviews/")
    order = [
        text.index(part) for part in ("Round 2", "Later review", "Round 1", "2020–2021", "Arab review", "African review")
    ]
    assert order == sorted(order)
    assert "The days are not known to this portal." in text
    assert 'href="/en/inputs/?level=regional&amp;region=ECA"' in text
    assert "online" in text


def test_names_of_reviews_are_marked_as_english_elsewhere(client):
    make_forum()
    RegionalReview.objects.create(round=1, name="African review", region="Africa", led_by="ECA, IOM")
    text = page(client, "/ar/regional-reviews/")
    assert '<h3><bdi lang="en" dir="ltr">African review</bdi></h3>' in text
    assert '<bdi lang="en" dir="ltr">ECA, IOM</bdi>' in text


def test_national_reviews_stand_by_year_and_are_narrowed_by_country(client):
    make_forum()
    kenya, nepal = Country.objects.get(pk="KEN"), Country.objects.get(pk="NPL")
    make = NationalReview.objects.create
    make(country=kenya, year=2021, title="Kenya <reviews>", language="en", url="https://example.org/kenya")
    make(country=nepal, year=2024, title="Nepal reviews")
    text = page(client, "/en/national-reviews/")
    assert (
        text.index("2024</h2>") < text.index("Nepal reviews") < text.index("2021</h2>") < text.index("Kenya &lt;reviews&gt;")
    )
    narrowed = page(client, "/en/national-reviews/?country=KEN")
    assert ("Kenya &lt;reviews&gt;" in narrowed, "Nepal reviews" in narrowed) == (True, False)
    assert "“XXX” is not known here." in page(client, "/en/national-reviews/?country=XXX", status=400)


def test_where_no_national_review_is_recorded_the_page_says_so_and_leads_to_the_inputs(client):
    text = page(client, "/en/national-reviews/")
    assert "No national review published elsewhere is recorded yet." in text
    assert 'href="/en/inputs/?level=national&amp;kind=member_state"' in text


def test_reports_are_a_line_of_their_own_beside_the_clock_of_the_forums(client):
    forum = make_forum("2022", year=2022, first_day=date(2022, 5, 17), last_day=date(2022, 5, 20), status="held")
    duty = forum.milestones.create(kind="report", name="Report", weeks_before=12, met_on=date(2021, 12, 27))
    make = OfficialDocument.objects.create
    make(kind="sg_report", symbol="A/72/643", title="Before the Compact")
    make(kind="sg_report", symbol="A/79/590", title="Third", dated_on=date(2024, 12, 5))
    make(kind="sg_report", symbol="A/76/642", title="Second", dated_on=date(2021, 12, 27), forum=forum, meets=duty)
    make(kind="sg_report", symbol="A/75/542", title="First", dated_on=date(2020, 12, 1))
    text = page(client, "/en/reports/")
    order = [
        text.index(part)
        for part in ("A/75/542", "A/76/642", "391 days after", "Met 57 days early", "A/79/590", "1,074 days")
    ]
    assert order == sorted(order)
    assert "A/72/643" not in text


@pytest.mark.parametrize("address", ["/en/regional-reviews/", "/en/national-reviews/", "/en/reports/"])
def test_the_pages_ask_the_same_with_few_and_with_many_rows(client, count_statements, address):
    forum = make_forum()

    def more(first, last):
        for number in range(first, last):
            duty = forum.milestones.create(kind="other", name=f"Duty {number}", weeks_before=number)
            review = RegionalReview.objects.create(round=number % 3, name=f"Review {number}", region=f"Region {number}")
            review.regions.add("ECA")
            NationalReview.objects.create(country_id="KEN", year=2000 + number, title=f"Review {number}", forum=forum)
            report = OfficialDocument.objects.create(
                kind="sg_report", title=f"Report {number}", dated_on=date(2020, 1, 1 + number), meets=duty
            )
            report.languages.create(language="fr", url="https://example.org/")

    more(0, 3)
    client.get(address)
    few = count_statements(lambda: client.get(address))
    more(3, 30)
    assert count_statements(lambda: client.get(address)) == few
    assert few <= 8


@pytest.mark.parametrize("address", ["/en/regional-reviews/", "/en/national-reviews/", "/en/reports/"])
def test_the_pages_set_no_cookie_and_are_kept_until_something_changes(client, address):
    first = client.get(address)
    assert (list(first.cookies), first.headers["Cache-Control"]) == ([], "public, max-age=60, s-maxage=1")
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_the_shipped_reviews_have_their_english_names_whatever_language_is_spoken_where_they_are_loaded():
    with override("ar"):
        load_regions()
        load_reviews()
    reviews = RegionalReview.objects.all()
    assert len(reviews) == 10
    assert [review.pk for review in reviews if not review.name_en or review.name_ar] == []
