"""The queue as each person lays it out: search line, counts, order, columns, views, and what stays on the way back."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.refusals import Refused
from submissions import operations
from submissions.models import QueueChoice, SavedView, Submission
from tests.factories import NOW, join, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/submissions/submission/"
VIEWS, COLUMNS, HELP = f"{QUEUE}views/", f"{QUEUE}columns/", f"{QUEUE}search-help/"


def page_of(submission, filters=""):
    address = reverse("admin:submissions_submission_change", args=[submission.pk])
    return f"{address}?{urlencode({'_changelist_filters': filters})}" if filters else address


def listed(client, **asked):
    return [row.pk for row in client.get(QUEUE, asked).context["cl"].result_list]


@pytest.fixture
def three(forum, amina):
    """Received one after the other: Zebra in French, Alpha, Middle in French, taken up."""
    call = make_call(forum)

    def make(name, hour, **fields):
        body = make_organisation(name, focal_point=amina)
        return make_submission(call=call, organisation=body, by=amina, at=NOW + timedelta(hours=hour), **fields)

    return [make("Zebra", 0, language="fr"), make("Alpha", 1), make("Middle", 2, language="fr", status="under_review")]


# The search line and the filters --------------------------------------------------------------------------------------


def test_search_line_and_filters_narrow_together(desk_client, elena, three):
    zebra, alpha, middle = (row.pk for row in three)
    client = desk_client(elena)
    assert listed(client, q="lang:fr") == [middle, zebra]
    assert listed(client, q="lang:fr", status="submitted") == [zebra]
    assert listed(client, q="-lang:fr", level="national") == [alpha]
    assert listed(client, q="lang:fr", level="global") == []


def test_what_was_not_understood_is_said_kept_and_lists_nothing(desk_client, elena, three):
    page = desk_client(elena).get(QUEUE, {"q": 'colour:red level:"x'})
    assert page.status_code == 200
    assert list(page.context["cl"].result_list) == []
    text = page.content.decode()
    assert "a quotation mark is not closed" in text
    assert 'value="colour:red level:&quot;x"' in text
    page = desk_client(elena).get(QUEUE, {"q": "colour:red size:big"}).content.decode()
    assert "there is no key “colour”" in page
    assert "there is no key “size”" in page


@pytest.mark.parametrize(
    "line", ["\x00", "a\x00b", "x" * 10_000, '"', "level:" * 500, "%s%n", "'; DROP TABLE x;--", "-", ":"]
)
def test_hostile_lines_are_answered(desk_client, elena, three, line):
    client = desk_client(elena)
    taken = 400 if "\x00" in line else 200  # no address of the portal takes a NUL
    assert client.get(QUEUE, {"q": line}).status_code == taken
    assert client.get(page_of(three[0], urlencode({"q": line, "o": line}))).status_code == 200
    assert client.get(f"{QUEUE}export.csv", {"q": line}).status_code in (taken, 302)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"status": "submitted"},
        {"status": "published"},
        {"q": "lang:fr"},
        {"q": "status:review lang:fr"},
        {"q": "status:review,sent"},
        {"q": "-status:review"},
        {"q": "status:review status:sent"},
        {"q": "status:review", "status": "submitted"},
        {"q": "status:review", "status": "under_review"},
        {"q": "status:bogus"},
        {"q": "lang:fr", "status": "under_review", "level": "national"},
        {"q": "  lang:fr "},
        {"q": "nothing:known"},
        {"reviewer": "nobody", "view": "all"},
    ],
)
def test_the_list_is_as_long_as_it_says(desk_client, elena, ravi, three, asked):
    for person in (elena, ravi):
        shown = desk_client(person).get(QUEUE, asked).context["cl"]
        assert shown.result_count == shown.queryset.count() == len(shown.result_list), asked


def test_pages_of_a_narrowed_list_hold_each_of_its_rows_once(desk_client, elena, three, monkeypatch):
    """Fifty to a page are two here: the rows of a page are found by their keys."""
    room = admin.site._registry[Submission]
    monkeypatch.setattr(type(room), "list_per_page", 1)
    monkeypatch.setattr(type(room), "list_max_show_all", 1)
    for asked in (
        {},
        {"q": "lang:fr obj:14 country:KE"},
        {"q": "words:>0 -corridor", "o": "author"},
        {"status": "submitted"},
    ):
        client, found = desk_client(elena), []
        count = client.get(QUEUE, asked).context["cl"].result_count
        for page in range(count):
            found += [row.pk for row in client.get(QUEUE, {**asked, "p": page + 1}).context["cl"].result_list]
        assert len(found) == len(set(found)) == count
        shown = client.get(QUEUE, asked).context["cl"]
        assert found == list(shown.queryset.values_list("pk", flat=True))


def test_counts_by_status_keep_the_other_filters(desk_client, elena, three):
    client = desk_client(elena)
    counts = client.get(QUEUE, {"q": "lang:fr status:review", "level": "national"}).context["counts"]
    assert {line["word"]: line["count"] for line in counts if line["count"]} == {"": 2, "Sent": 1, "Under review": 1}
    for line in counts:
        asked = parse_qs(urlsplit(line["url"]).query)
        assert (asked["q"], asked["level"]) == (["lang:fr"], ["national"])
        assert client.get(QUEUE + line["url"]).context["cl"].result_count == line["count"]


# Order and neighbours -------------------------------------------------------------------------------------------------


def test_the_order_is_named_by_columns_and_outlives_their_choice(desk_client, elena, three):
    zebra, alpha, middle = (row.pk for row in three)
    client = desk_client(elena)
    page = client.get(QUEUE, {"o": "author"})
    assert [row.pk for row in page.context["cl"].result_list] == [alpha, middle, zebra]
    heads = page.content.decode()
    assert "o=-author" in heads
    operations.choose_columns(by=elena, columns=["reference", "state", "author"])
    assert listed(client, o="author") == [alpha, middle, zebra]
    assert listed(client, o="state.-author") == [zebra, alpha, middle]
    assert listed(client, o="3.nonsense.-9") == [middle, alpha, zebra]


@pytest.mark.parametrize(
    "order", ["-received", "received", "author", "-author", "state.author", "language_sent", "reviewed_by"]
)
def test_the_walk_follows_the_search_line_and_the_order(desk_client, elena, three, order):
    client = desk_client(elena)
    for line in ("", "lang:fr"):
        filters = urlencode({"q": line, "o": order})
        rows = listed(client, q=line, o=order)
        by_key = {row.pk: row for row in three}
        for above, row, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
            opened = client.get(page_of(by_key[row], filters)).context["submission"]
            assert (opened.later, opened.earlier) == (above, below), (line, order)


@pytest.mark.parametrize("order", ["author", "-author", "received", "-received"])
def test_the_walk_goes_on_from_what_was_decided_and_left_the_list(desk_client, elena, three, order):
    client = desk_client(elena)
    filters = urlencode({"status": "submitted", "o": order})
    by_key = {row.pk: row for row in three}
    rows = [key for key in listed(client, o=order) if by_key[key].status == "submitted"]
    assert len(rows) == 2
    operations.take_up(by_key[rows[0]], by=elena, at=NOW)
    opened = client.get(page_of(by_key[rows[0]], filters)).context["submission"]
    assert (opened.later, opened.earlier) == (None, rows[1])


def test_who_came_with_no_list_walks_on_through_those_of_the_status_it_had(desk_client, elena, three):
    zebra, alpha, _middle = three
    client = desk_client(elena)
    opened = client.get(page_of(alpha))
    seen = {f"seen-{name}": value for name, value in opened.context["seen"].items()}
    done = client.post(page_of(alpha), {**seen, "decision": "take_up"})
    assert done.url == page_of(alpha, "status=submitted")
    assert client.get(done.url).context["submission"].earlier == zebra.pk


def test_a_reviewer_is_not_led_by_an_order_of_names(desk_client, ravi, three):
    assert listed(desk_client(ravi), o="reviewed_by") == listed(desk_client(ravi))


def test_filters_stay_through_the_review_page_and_after_actions(desk_client, elena, three):
    client = desk_client(elena)
    asked = urlencode({"q": "lang:fr", "o": "author", "status": "submitted"})
    page = client.get(f"{QUEUE}?{asked}").content.decode()
    assert f"?{urlencode({'_changelist_filters': asked})}" in page.replace("&amp;", "&")
    address = page_of(three[0], asked)
    opened = client.get(address)
    back = f'href="{QUEUE}?{asked}"'.replace("&", "&amp;")
    assert back in opened.content.decode()
    seen = {f"seen-{name}": value for name, value in opened.context["seen"].items()}
    assert client.post(address, {**seen, "decision": "take_up"}).url == address
    done = client.post(f"{QUEUE}?{asked}", {"action": "take_up", "_selected_action": [three[0].pk]})
    assert parse_qs(urlsplit(done.url).query) == parse_qs(asked)


# Columns --------------------------------------------------------------------------------------------------------------


def test_columns_are_chosen_ordered_and_reset_without_a_script(desk_client, elena, ravi, three):
    client = desk_client(elena)
    posted = {"act": "columns", "column": ["words_sent", "author", "nonsense"], "place-words_sent": "2", "place-author": "1"}
    assert client.post(COLUMNS, posted).status_code == 302
    assert QueueChoice.objects.get(user=elena).columns == ["reference", "author", "words_sent"]
    assert client.get(QUEUE).context["cl"].list_display == ["action_checkbox", "reference", "author", "words_sent"]
    assert "reviewed_by_me" in desk_client(ravi).get(QUEUE).context["cl"].list_display
    client = desk_client(elena)
    client.post(COLUMNS, {"act": "reset"})
    assert len(client.get(QUEUE).context["cl"].list_display) == 10
    for wrong in ({}, {"act": "nonsense"}):
        assert client.post(COLUMNS, wrong).status_code == 404
    strange = {"act": "columns", "column": ["author"], "place-author": "9" * 50}
    assert client.post(COLUMNS, strange).status_code == 302


def test_every_column_shows_and_costs_no_statement_a_row(desk_client, elena, ravi, three):
    from submissions.admin.columns import ALL

    for person in (elena, ravi):
        operations.choose_columns(by=person, columns=ALL)
        client = desk_client(person)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(QUEUE)
        assert len(page.context["cl"].list_display) == len(ALL) + 1
        assert len(asked) <= 11  # two small ones stand in place of putting together a large one
    assert "Elena" not in page.content.decode()


def test_single_keys_are_switched_off_for_oneself(desk_client, elena, ravi, three):
    client = desk_client(elena)
    script = "desk-keys.js"
    for address in (QUEUE, page_of(three[0]), HELP):
        assert script in client.get(address).content.decode()
    client.post(COLUMNS, {"act": "keys"})
    for address in (QUEUE, page_of(three[0]), HELP):
        assert script not in client.get(address).content.decode()
    assert script in desk_client(ravi).get(QUEUE).content.decode()
    client = desk_client(elena)
    client.post(COLUMNS, {"act": "keys", "keys": "on"})
    assert script in client.get(QUEUE).content.decode()


# Saved views ----------------------------------------------------------------------------------------------------------


def save(client, name, query="", **posted):
    return client.post(VIEWS, {"act": "save", "name": name, "query": query, **posted})


def test_a_view_keeps_search_filters_order_and_columns(desk_client, elena, three):
    client = desk_client(elena)
    operations.choose_columns(by=elena, columns=["author", "due"])
    answer = save(client, "  French   ones ", "q=lang%3Afr&o=author&status=submitted&p=3&e=1&evil=1&view=7")
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("French ones", "q=lang%3Afr&o=author&status=submitted")
    assert (view.columns, view.shared) == (["reference", "author", "due"], False)
    operations.choose_columns(by=elena, columns=["state"])
    page = client.get(answer.url)
    assert page.context["cl"].list_display == ["action_checkbox", "reference", "author", "due"]
    assert [row.pk for row in page.context["cl"].result_list] == [three[0].pk]
    assert client.get(f"{QUEUE}?view=none").context["cl"].list_display == ["action_checkbox", "reference", "state"]


def test_names_are_unique_for_each_owner_by_constraint(elena, ravi):
    operations.save_view(by=elena, name="Mine", query="", columns=[], at=NOW)
    operations.save_view(by=ravi, name="Mine", query="", columns=[], at=NOW)
    with pytest.raises(Refused, match="name already"):
        operations.save_view(by=elena, name="MINE", query="", columns=[], at=NOW)
    other = operations.save_view(by=elena, name="Other", query="", columns=[], at=NOW)
    with pytest.raises(Refused, match="name already"):
        operations.rename_view(other, by=elena, name="mine", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(owner=elena, name="mine", saved_at=NOW)
    for name in ("", "  ", "x" * 61):
        with pytest.raises(Refused):
            operations.save_view(by=elena, name=name, query="", columns=[], at=NOW)


def test_views_are_shared_by_those_who_oversee_the_reviews(desk_client, elena, ravi, three):
    save(desk_client(ravi), "Ravi's", shared="on")
    assert not SavedView.objects.exists()
    save(desk_client(ravi), "Ravi's")
    save(desk_client(elena), "For all", "q=status%3Asent", shared="on")
    save(desk_client(elena), "Elena's")
    assert [view["name"] for view in desk_client(ravi).get(QUEUE).context["chosen"].views] == ["For all", "Ravi's"]
    assert [view["name"] for view in desk_client(elena).get(QUEUE).context["chosen"].views] == ["Elena's", "For all"]
    shared = SavedView.objects.get(name="For all")
    client = desk_client(ravi)
    for act in ("rename", "delete", "share", "unshare"):
        assert client.post(VIEWS, {"act": act, "pk": shared.pk, "name": "Taken"}).status_code == 404
    mine = SavedView.objects.get(owner=ravi)
    client.post(VIEWS, {"act": "share", "pk": mine.pk})
    mine.refresh_from_db()
    assert mine.shared is False
    hidden = SavedView.objects.get(name="Elena's")
    for pk in (hidden.pk, "0", "x", "9" * 30, ""):
        assert client.post(VIEWS, {"act": "start", "pk": pk}).status_code == 404
    assert client.post(VIEWS, {"act": "nonsense"}).status_code == 404


def test_a_shared_view_widens_nothing(desk_client, elena, ravi, three, organisation, amina, call):
    withdrawn = make_submission(call=call, organisation=organisation, by=amina, status="withdrawn")
    save(desk_client(elena), "All", "q=-status%3Apublished", shared="on")
    save(desk_client(elena), "Names", "q=reviewer%3AElena", shared="on")
    save(desk_client(elena), "Back", "status=withdrawn", shared="on")
    join(three[0].organisation, ravi)
    client = desk_client(ravi)
    urls = {view["name"]: view["url"] for view in client.get(QUEUE).context["chosen"].views}
    assert {row.pk for row in client.get(QUEUE + urls["All"]).context["cl"].result_list} == {three[1].pk, three[2].pk}
    assert list(client.get(QUEUE + urls["Names"]).context["cl"].result_list) == []
    found = client.get(QUEUE + urls["Back"], follow=True).context["cl"].result_list
    assert withdrawn.pk not in {row.pk for row in found}


def test_the_queue_opens_with_the_view_one_starts_with(desk_client, elena, ravi, three):
    save(desk_client(elena), "French", "q=lang%3Afr", shared="on")
    view = SavedView.objects.get()
    client = desk_client(ravi)
    client.post(VIEWS, {"act": "start", "pk": view.pk})
    opened = client.get(QUEUE)
    assert opened.url == f"{QUEUE}?view={view.pk}&q=lang%3Afr"
    assert client.get(f"{QUEUE}?view=none").context["cl"].result_count == 3
    shown = client.get(f"{QUEUE}?view={view.pk}&q=lang%3Afr&level=national").context["cl"]
    assert (shown.everything, shown.clear_all_filters_qs) == ("?view=none", "?q=lang%3Afr&view=none")
    assert client.get(f"{QUEUE}?status=submitted").context["cl"].result_count == 2
    desk_client(elena).post(VIEWS, {"act": "unshare", "pk": view.pk})
    assert QueueChoice.objects.get(user=ravi).start is None
    client = desk_client(ravi)
    assert client.get(QUEUE).status_code == 200
    assert "not there any more" in client.get(f"{QUEUE}?view={view.pk}").content.decode()
    desk_client(elena).post(VIEWS, {"act": "start", "pk": view.pk})
    desk_client(elena).post(VIEWS, {"act": "delete", "pk": view.pk})
    assert QueueChoice.objects.get(user=elena).start is None


@pytest.mark.parametrize("address", [QUEUE, VIEWS, COLUMNS, HELP])
def test_the_pages_are_for_those_who_see_the_queue(desk_client, dalia, address):
    clerk = desk_client(make_user(staff=True, roles=["accreditation"]))
    assert clerk.get(address).status_code == 403
    assert clerk.post(address, {"act": "reset"}).status_code in (403, 405)


def test_queue_and_its_pages_cost_the_same_with_one_view_and_with_thirty(desk_client, elena, three):
    client = desk_client(elena)

    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    operations.save_view(by=elena, name="0", query="", columns=[], at=NOW)
    before = [cost(address) for address in (QUEUE, VIEWS, HELP, f"{QUEUE}?q=country:KE+region:ECA+basis:ecosoc+call:x")]
    for number in range(1, 30):
        operations.save_view(by=elena, name=str(number), query="", columns=[], at=NOW)
    after = [cost(address) for address in (QUEUE, VIEWS, HELP, f"{QUEUE}?q=country:KE+region:ECA+basis:ecosoc+call:x")]
    assert before == after
    assert max(after) <= 12
    assert cost(QUEUE) <= 11


def test_what_an_input_hides_stays_hidden_in_counts_and_walks(desk_client, ravi, three):
    join(three[1].organisation, ravi)
    client = desk_client(ravi)
    assert client.get(QUEUE).context["counts"][0]["count"] == 2
    opened = client.get(page_of(three[0], "o=author")).context["submission"]
    assert three[1].pk not in (opened.later, opened.earlier)
    assert client.get(page_of(three[1], "o=author")).status_code == 404
    assert Submission.objects.count() == 3
