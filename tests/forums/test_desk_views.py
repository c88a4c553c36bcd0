"""The rooms of forums, calls, milestones, vocabularies and letters."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums.models import Call, Forum, Letter, Milestone, Objective
from tests.factories import make_call
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(dalia, desk_client):
    return desk_client(dalia)


def change(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def fields_of(response):
    """What the form of a page would send back unchanged, inlines included."""
    posted = {}
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                posted[bound.html_name] = "on"
            elif value is not None and value is not False:
                posted[bound.html_name] = value.isoformat() if hasattr(value, "isoformat") else value
    return posted


def errors_of(response):
    return response.context["adminform"].form.errors


def save(client, address, posted):
    """Save a form that is right."""
    response = client.post(address, posted)
    assert response.status_code == 302, (
        errors_of(response),
        [f.formset.errors for f in response.context["inline_admin_formsets"]],
    )


# Addresses ----------------------------------------------------------------------------------------------------------


def test_addresses_never_change(desk, forum):
    call = make_call(forum, slug="here")
    desk.post(change(call), fields_of(desk.get(change(call))) | {"slug": "there", "forum": "99"})
    assert (Call.objects.get(pk=call.pk).slug, Call.objects.get(pk=call.pk).forum) == ("here", forum)
    desk.post(change(forum), fields_of(desk.get(change(forum))) | {"slug": "1999", "demonstration": "on"})
    assert (Forum.objects.get(pk=forum.pk).slug, Forum.objects.get(pk=forum.pk).demonstration) == ("2026", False)


# Forums and milestones ----------------------------------------------------------------------------------------------


def test_days_and_status_of_a_forum_are_not_typed_into_its_form(desk, forum):
    other = {"first_day": "2026-06-02", "last_day": "2026-06-05", "status": "held"}
    save(desk, change(forum), fields_of(desk.get(change(forum))) | other)
    kept = Forum.objects.get(pk=forum.pk)
    assert (kept.first_day, kept.last_day, kept.status) == (date(2026, 5, 5), date(2026, 5, 8), "dated")
    assert kept.former_dates.count() == 0


def test_milestones_show_their_computed_day_and_are_filtered_by_standing(desk, forum):
    Milestone.objects.create(
        forum=forum, kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    Milestone.objects.create(
        forum=forum,
        kind="hearing",
        name="Hearing",
        days_before=1,
        resolution="A/RES/73/326",
        paragraph="15",
        met_on="2026-05-04",
    )
    page = desk.get("/admin/forums/milestone/?standing=met").content.decode()
    assert "Monday 4 May 2026" in page
    assert "Tuesday 10 February 2026" not in page
    assert "Tuesday 10 February 2026" in desk.get(change(forum)).content.decode()


# Two people on one form ---------------------------------------------------------------------------------------------


def test_who_saves_second_sees_what_the_first_changed_and_overwrites_only_knowingly(desk, forum):
    mine = fields_of(desk.get(change(forum)))
    Forum.objects.filter(pk=forum.pk).update(chair_en="Somebody else's choice")
    response = desk.post(change(forum), mine | {"chair_en": "My choice"})
    assert "Somebody else’s choice" in str(errors_of(response)["chair_en"]).replace("&#x27;", "’")
    assert 'value="My choice"' in response.content.decode()
    assert Forum.objects.get(pk=forum.pk).chair == "Somebody else's choice"
    again = fields_of(response) | {"chair_en": "My choice"}
    save(desk, change(forum), again)
    assert Forum.objects.get(pk=forum.pk).chair == "My choice"


@pytest.mark.parametrize("seen", ["", "{}", "[]", "nonsense", '{"chair_en": 7}'])
def test_a_form_without_a_sound_mark_of_what_was_seen_is_no_error(desk, forum, seen):
    response = desk.post(change(forum), fields_of(desk.get(change(forum))) | {"seen": seen})
    assert response.status_code in (200, 302)


# Vocabularies -------------------------------------------------------------------------------------------------------


def test_wordings_that_nobody_verified_are_found_and_ticked(desk, forum):
    Objective.objects.exclude(pk=7).update(verified_languages=["ar", "en"])
    response = desk.get("/admin/forums/objective/?unverified=ar")
    assert [row.pk for row in response.context["cl"].result_list] == [7]
    seven = Objective.objects.get(pk=7)
    response = desk.get(change(seven))
    assert 'lang="ar" dir="rtl"' in response.content.decode()
    posted = fields_of(response) | {"title_ar": "العنوان", "label_en": "O7", "verified_languages": ["ar", "fr"]}
    save(desk, change(seven), posted)
    seven.refresh_from_db()
    assert (seven.title_ar, seven.verified_languages) == ("العنوان", ["ar", "fr"])


# Letters ------------------------------------------------------------------------------------------------------------


def act(client, action, *letters):
    posted = {"action": action, "_selected_action": [letter.pk for letter in letters]}
    return client.post("/admin/forums/letter/", posted, follow=True)


def test_letters_are_held_released_and_sent_again_one_by_one_with_a_report(desk):
    waiting, sent, failed = make_letter("a"), make_letter("b", sent_at=now()), make_letter("c", failed=True, tries=9)
    page = act(desk, "hold", waiting, sent).content.decode()
    assert "1 letter is held." in page
    assert "Skipped" in page
    assert (Letter.objects.get(pk=waiting.pk).held, Letter.objects.get(pk=sent.pk).held) == (True, False)
    act(desk, "release", waiting)
    assert not Letter.objects.get(pk=waiting.pk).held
    act(desk, "send_again", failed, sent)
    again = Letter.objects.get(pk=failed.pk)
    assert (again.failed, again.tries, again.message_id) == (False, 0, failed.message_id)
    assert list(Letter.objects.due(now()).values_list("pk", flat=True).order_by("key")) == [waiting.pk, failed.pk]


def test_editors_read_letters_and_handle_none(desk_client, elena):
    letter = make_letter("a")
    client = desk_client(elena)
    assert client.get(change(letter)).status_code == 200
    act(client, "hold", letter)
    assert not Letter.objects.get(pk=letter.pk).held


def test_a_code_in_a_letter_is_read_by_nobody_at_the_desk(desk):
    letter = make_letter("a", private=True, text="Your code is ABC-DEF", html="<p>ABC-DEF</p>")
    for address in (change(letter), "/admin/forums/letter/?q=ABC-DEF", f"/admin/forums/letter/{letter.pk}/history/"):
        assert "Your code is" not in desk.get(address).content.decode()
    assert desk.get("/admin/forums/letter/?q=ABC-DEF").context["cl"].result_count == 0


def test_what_a_letter_says_is_text_and_never_markup(desk):
    letter = make_letter("a", text="<script>alert(1)</script>", subject="<img src=x onerror=alert(1)>")
    page = desk.get(change(letter)).content.decode() + desk.get("/admin/forums/letter/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# Lists --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["state=nonsense", "state=sent&kind=%27", "state="])
def test_a_value_that_no_filter_has_is_said(desk, query):
    make_letter("a")
    response = desk.get(f"/admin/forums/letter/?{query}", follow=True)
    assert "named a filter that does not exist" in response.content.decode()
    assert response.context["cl"].result_count == 1


def test_nobody_asks_questions_of_columns_that_are_not_shown(desk):
    make_letter("a", private=True, text="secret")
    for query in ("text__contains=secret", "html__startswith=a", "key=a", "nothing=1", "kind__regex=a", "tries__gt=1"):
        assert desk.get(f"/admin/forums/letter/?{query}").status_code == 400


@pytest.mark.parametrize("room", ["call", "milestone", "letter", "forum", "officialdocument"])
def test_a_list_costs_the_same_with_one_and_with_thirty_rows(desk, forum, room):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(numbers):
        for n in numbers:
            call = make_call(forum)
            call.extensions.create(
                was=call.closes_at - timedelta(1), became=call.closes_at, reason="x", authority="y", at=now()
            )
            Milestone.objects.create(
                forum=forum, kind="other", name=f"Duty {n}", weeks_before=n, resolution="A/RES/73/326", paragraph="x"
            )
            make_letter(f"k{n}")
            forum.documents.create(kind="other", title=f"Document {n}", meets=forum.milestones.first())

    counts = []
    for numbers in (range(1), range(1, 30)):
        fill(numbers)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(f"/admin/forums/{room}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
