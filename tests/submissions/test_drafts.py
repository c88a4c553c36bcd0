"""Drafts through HTTP: incomplete is fine, nothing typed is lost, whatever the browser sends."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accreditation.models import Membership
from forums.models import Call
from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, PASSWORD, join, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
WRITTEN = {
    "title": "Labour attachés in nine missions",
    "level": "national",
    "language": "en",
    "objectives": ["14", "15"],
    "countries": ["KEN"],
    "regions": [],
    "summary": "What changed.",
    "text": "Since 2023 nine missions have a labour attaché.",
    "contact_email": "amina@example.org",
}


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


def edit(draft):
    return reverse("submissions:edit", args=[draft.pk])


def autosave(draft):
    return reverse("submissions:autosave", args=[draft.pk])


def post(client, draft, edition=None, **changes):
    return client.post(edit(draft), {**WRITTEN, "edition": edition or draft.edition, **changes})


def now_of(draft):
    return Submission.objects.get(pk=draft.pk)


def said(draft):
    kept = now_of(draft)
    lists = {
        name: sorted(str(thing.pk) for thing in getattr(kept, name).all()) for name in ("objectives", "countries", "regions")
    }
    return {name: getattr(kept, name) for name in WRITTEN if name not in lists} | lists


# Beginning --------------------------------------------------------------------------------------------------------


def begin(client, call, organisation, key=None, **changes):
    form = {"organisation": organisation.pk, "language": "fr", "form_key": key or uuid.uuid4(), **changes}
    return client.post(reverse("submissions:start", args=[call.forum.slug, call.slug]), form)


def test_a_draft_begins_from_the_page_of_its_call(writing, call, organisation):
    page = writing.get(reverse("submissions:start", args=[call.forum.slug, call.slug]))
    key = page.context["form"]["form_key"].value()
    answer = begin(writing, call, organisation, key)
    draft = Submission.objects.get()
    assert answer.url == edit(draft)
    assert (draft.call, draft.organisation, draft.language, draft.status) == (call, organisation, "fr", "draft")


def test_pressing_twice_begins_one_draft(writing, call, organisation):
    key = uuid.uuid4()
    assert begin(writing, call, organisation, key).url == begin(writing, call, organisation, key).url
    assert Submission.objects.count() == 1


def test_a_form_key_of_somebody_else_opens_nothing_of_theirs(writing, call, organisation, bruno):
    key = uuid.uuid4()
    theirs = make_organisation(focal_point=bruno)
    operations.start(call=call, organisation=theirs, by=bruno, at=now(), form_key=key)
    answer = begin(writing, call, organisation, key)
    assert answer.status_code == 200
    assert "This form was used before" in answer.content.decode()


@pytest.mark.parametrize("role", Membership.Role.values)
def test_only_those_who_write_for_an_organisation_begin_its_drafts(client, call, role):
    person, organisation = make_user(), make_organisation()
    join(organisation, person, role)
    client.force_login(person)
    begin(client, call, organisation)
    assert Submission.objects.exists() is (role != "viewer")


def test_nobody_begins_a_draft_for_an_organisation_of_others(writing, call, other_organisation, organisation):
    assert begin(writing, call, other_organisation).status_code == 200
    assert not Submission.objects.exists()


def test_a_newcomer_is_shown_how_to_get_an_organisation_first(client, call):
    client.force_login(make_user())
    page = client.get(reverse("submissions:start", args=[call.forum.slug, call.slug])).content.decode()
    assert reverse("accreditation:new_organisation") in page
    assert reverse("accreditation:join") in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"recorded_by_desk_only": True}, 404), ({"purpose": Call.Purpose.ACCREDITATION}, 404), ({"window": "closed"}, 200)],
)
def test_calls_that_take_no_inputs_through_the_form_begin_no_drafts(writing, forum, organisation, fields, status):
    assert begin(writing, make_call(forum, **fields), organisation).status_code == status
    assert not Submission.objects.exists()


# Saving -----------------------------------------------------------------------------------------------------------


def test_every_answer_is_saved_and_shown_again(writing, draft):
    answer = post(writing, draft)
    assert answer.url == edit(draft)
    assert said(draft) == {**WRITTEN, "regions": []}
    form = writing.get(edit(draft)).context["form"]
    assert {name: form[name].value() for name in WRITTEN} == WRITTEN


def test_a_draft_saves_with_nothing_in_it(writing, draft):
    empty = dict.fromkeys(("title", "language", "summary", "text", "contact_email"), "")
    answer = writing.post(edit(draft), {**empty, "edition": draft.edition})
    assert answer.status_code == 302
    assert said(draft) == {**empty, "level": "national", "objectives": [], "countries": [], "regions": []}


def test_saving_and_checking_leads_to_the_check_page(writing, draft):
    assert post(writing, draft, then="check").url == reverse("submissions:check", args=[draft.pk])


HOSTILE = {
    "empty": ("", ""),
    "white space": ("  \n\t ", ""),
    "NUL": ("a\x00b", "ab"),
    "control characters": ("a\x07b\x1b[31mc\x9f", "ab[31mc"),
    "four-byte emoji": ("Migration 🌍🧑🏽‍🌾", "Migration 🌍🧑🏽‍🌾"),
    "combining marks": ("Z" + "\u0301" * 200, "Ź" + "\u0301" * 199),
    "markup": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "template": ("{{ 7|add:7 }}{% url 'home' %}", "{{ 7|add:7 }}{% url 'home' %}"),
    "SQL": ("'; DROP TABLE submissions_submission; --", "'; DROP TABLE submissions_submission; --"),
    "percent": ("%(x)s %s %00", "%(x)s %s %00"),
    "noncharacter": ("a\ufffeb", "a\ufffeb"),
    "line separator": ("a\u2028b", None),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_is_stored_cleaned_and_never_breaks_the_page(writing, draft, kind):
    typed, stored = HOSTILE[kind]
    assert post(writing, draft, title=typed, summary=typed, text=typed).status_code == 302
    kept = now_of(draft)
    assert stored is None or (kept.title, kept.summary, kept.text) == (stored,) * 3
    page = writing.get(edit(draft))
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_marks_that_turn_a_title_round_are_taken_out(writing, draft):
    post(writing, draft, title="Report \u202egnp.exe\u202c \u2067x\u2069")
    assert now_of(draft).title == "Report gnp.exe x"


def test_a_title_is_one_line(writing, draft):
    post(writing, draft, title="one\r\nBcc: all@example.org\r\n two")
    assert now_of(draft).title == "one Bcc: all@example.org two"


WRONG = {
    "an over-long title": ("title", "x" * 301, "300"),
    "a text of a megabyte": ("text", "слово " * 100_000, "200000"),
    "an unknown objective": ("objectives", ["24"], "24"),
    "a senseless objective": ("objectives", ["9" * 5000], "choice"),
    "an unknown country": ("countries", ["XXX"], "XXX"),
    "an unknown region": ("regions", ["ATLANTIS"], "ATLANTIS"),
    "an unknown level": ("level", "cosmic", "cosmic"),
    "an unknown language": ("language", "tlh", "tlh"),
    "half an address": ("contact_email", "amina@exa", "valid email"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_stored_is_said_beside_its_question_and_the_rest_is_saved(writing, draft, case):
    field, value, sentence = WRONG[case]
    before = said(draft)[field]
    answer = post(writing, draft, **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert said(draft) == {**WRITTEN, field: before}
    if isinstance(value, str):
        assert value.strip() in page  # what was typed is still in its field
    assert answer.context["form"]["edition"].value() == now_of(draft).edition


def test_the_corrected_page_saves_without_a_conflict(writing, draft):
    edition = post(writing, draft, title="x" * 301).context["form"]["edition"].value()
    assert post(writing, draft, edition=edition, title="Short").status_code == 302
    assert now_of(draft).title == "Short"


def test_a_question_sent_twice_takes_the_last_answer(writing, draft):
    post(writing, draft, title=["first", "last"], objectives=["14", "14", "15"])
    assert (now_of(draft).title, said(draft)["objectives"]) == ("last", ["14", "15"])


def test_answers_that_no_page_asks_change_nothing(writing, draft, other_organisation, amina):
    before = now_of(draft)
    post(writing, draft, status="published", organisation=other_organisation.pk, reference="IMRF-1", reviewer=amina.pk)
    after = now_of(draft)
    assert (after.status, after.organisation_id, after.reference, after.reviewer_id) == (
        before.status,
        before.organisation_id,
        None,
        None,
    )


def test_a_page_without_its_questions_blanks_nothing(writing, draft):
    before = said(draft)
    writing.post(edit(draft), {"edition": draft.edition, "csrfmiddlewaretoken": "x"})
    assert said(draft) == before


# Saving while typing ----------------------------------------------------------------------------------------------


def test_saving_while_typing_answers_the_new_edition_and_the_time(writing, draft):
    answer = writing.post(autosave(draft), {**WRITTEN, "edition": draft.edition})
    kept = now_of(draft)
    assert answer.json() == {
        "saved": True,
        "edition": draft.edition + 1,
        "saved_at_words": answer.json()["saved_at_words"],
        "steps": answer.json()["steps"],
        "suggested": answer.json()["suggested"],
    }
    assert answer.json()["saved_at_words"].endswith("New York")
    assert kept.edition == draft.edition + 1
    assert said(draft) == WRITTEN


def test_saving_while_typing_answers_what_each_part_still_lacks_as_the_page_shows_it(writing, call, organisation, amina):
    draft = operations.start(call=call, organisation=organisation, by=amina, at=NOW)
    begun = writing.get(edit(draft)).content.decode()
    assert begun.count('<span class="meta">to do</span>') == 2
    steps = writing.post(autosave(draft), {**WRITTEN, "edition": draft.edition}).json()["steps"]
    assert "to do" not in steps
    assert steps in writing.get(edit(draft)).content.decode()
    steps = writing.post(autosave(draft), {**WRITTEN, "text": "", "edition": draft.edition + 1}).json()["steps"]
    assert steps.count('<span class="meta">to do</span>') == 1


def test_the_page_says_how_it_is_saved_with_scripts_and_without(writing, draft):
    page = writing.get(edit(draft)).content.decode()
    assert "<span data-without-saving>Press Save to keep what you write, complete or not.</span>" in page
    assert "<span data-with-saving hidden>What you write is saved while you type" in page


def test_saving_while_typing_keeps_all_but_a_half_typed_answer(writing, draft):
    answer = writing.post(autosave(draft), {**WRITTEN, "edition": draft.edition, "contact_email": "amina@exa"}).json()
    assert answer["saved"] is True
    assert "Whom may the Network ask" in answer["message"]
    assert said(draft) == {**WRITTEN, "contact_email": ""}


@pytest.mark.parametrize("edition", ["0", "999", "", "abc", "9" * 5000, "-1", "1.5"])
def test_saving_while_typing_on_another_edition_is_a_conflict(writing, draft, edition):
    before = said(draft)
    answer = writing.post(autosave(draft), {**WRITTEN, "edition": edition})
    assert (answer.status_code, answer.json()["conflict"], answer.json()["url"]) == (409, True, edit(draft))
    assert said(draft) == before


def test_saving_while_typing_after_the_input_was_sent_says_so(writing, draft, amina):
    operations.submit(draft, by=amina)
    answer = writing.post(autosave(draft), {**WRITTEN, "edition": draft.edition})
    assert answer.status_code == 409
    assert "was sent and cannot be changed" in answer.json()["message"]
    assert answer.json()["url"] == draft.get_absolute_url()


def test_saving_while_typing_takes_only_posts(writing, draft):
    assert writing.get(autosave(draft)).status_code == 405


# A stale page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def overtaken(writing, draft):
    """A page that was opened before another tab saved."""
    opened = draft.edition
    post(writing, draft, title="The other tab", text="Their text.", objectives=["3"])
    return opened


def test_a_stale_page_shows_both_texts_and_overwrites_nothing(writing, draft, overtaken):
    before = said(draft)
    answer = post(writing, draft, edition=overtaken, title="My tab", text="My long text.\r\nSecond line.")
    page = answer.content.decode().replace("\r\n", "\n")
    assert answer.status_code == 409
    assert said(draft) == before
    for text in (
        "The other tab",
        "My tab",
        "Their text.",
        "My long text.\nSecond line.",
        "3. Objective 3",
        "14. Objective 14",
    ):
        assert text in page
    assert [part["name"] for part in answer.context["differing"]] == ["title", "objectives", "text"]


def choices(answer, **takes):
    """What the conflict page posts: its hidden answers, one's own texts, and the choices."""
    form = answer.context["form"]
    return {
        **{name: form[name].value() for name in WRITTEN},
        "edition": form["edition"].value(),
        **{f"take_{part['name']}": "mine" for part in answer.context["differing"]},
        **{f"take_{name}": whose for name, whose in takes.items()},
    }


def test_after_a_conflict_each_answer_can_be_chosen(writing, draft, overtaken):
    answer = post(writing, draft, edition=overtaken, title="My tab", text="My long text.")
    saved = writing.post(edit(draft), choices(answer, title="theirs"))
    assert saved.status_code == 302
    assert said(draft) == {**WRITTEN, "title": "The other tab", "text": "My long text."}


def test_a_second_conflict_loses_nothing_either(writing, draft, overtaken):
    answer = post(writing, draft, edition=overtaken, text="My long text.")
    post(writing, draft, edition=now_of(draft).edition, text="A third tab.")
    again = writing.post(edit(draft), choices(answer))
    assert again.status_code == 409
    assert "My long text." in again.content.decode()
    assert "A third tab." in again.content.decode()
    assert writing.post(edit(draft), choices(again)).status_code == 302
    assert now_of(draft).text == "My long text."


def test_a_saving_whose_answer_was_lost_can_be_repeated(writing, draft):
    opened = draft.edition
    post(writing, draft, text="One.\r\nTwo.")
    assert post(writing, draft, edition=opened, text="One.\r\nTwo.").status_code == 302
    again = writing.post(autosave(draft), {**WRITTEN, "edition": opened, "text": "One.\nTwo."})
    assert (again.json()["saved"], again.json()["edition"], now_of(draft).edition) == (True, opened + 1, opened + 1)


def test_a_page_of_an_input_sent_meanwhile_gives_the_text_back(writing, draft, amina):
    operations.submit(draft, by=amina)
    answer = post(writing, draft, text="Hours of work.")
    assert answer.status_code == 409
    assert "Hours of work." in answer.content.decode()
    assert now_of(draft).text != "Hours of work."


# Signed out in the middle -----------------------------------------------------------------------------------------


def browser():
    return Client(enforce_csrf_checks=True)


def sign_in(client, person, back=""):
    shown = client.get(reverse("account_login") + (f"?next={back}" if back else ""))
    token = shown.context["csrf_token"]
    form = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token), "next": back}
    return client.post(reverse("account_login"), form)


def opened(client, draft):
    """The edit page as a browser holds it: every field's value, and the token."""
    page = client.get(edit(draft))
    form = page.context["form"]
    return {
        **{name: form[name].value() for name in WRITTEN if form[name].value()},
        "edition": form["edition"].value(),
        "csrfmiddlewaretoken": str(page.context["csrf_token"]),
    }


def lose_session(client):
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


@pytest.mark.parametrize("door", ["edit", "autosave", "attach"])
def test_a_text_posted_after_the_sign_in_expired_waits_behind_the_door(draft, amina, door):
    client = browser()
    sign_in(client, amina)
    page = opened(client, draft)
    lose_session(client)
    before = said(draft)
    answer = client.post(
        reverse(f"submissions:{door}", args=[draft.pk]),
        {**page, "text": "Three hours of work.", "title": "Typed"},
        headers={"accept": "application/json" if door == "autosave" else "text/html"},
    )
    if door == "autosave":
        assert (answer.status_code, answer.json()) == (403, {"signed_out": True})
    else:
        assert answer.url.startswith(reverse("account_login"))
    assert said(draft) == before
    back = sign_in(client, amina, edit(draft))
    assert back.url == edit(draft)
    shown = client.get(back.url)
    assert "Here is what you typed before you had to sign in again." in shown.content.decode()
    assert (shown.context["form"]["text"].value(), shown.context["form"]["title"].value()) == (
        "Three hours of work.",
        "Typed",
    )
    saved = client.post(edit(draft), opened(client, draft))
    assert saved.status_code == 302
    assert (now_of(draft).text, now_of(draft).title) == ("Three hours of work.", "Typed")
    assert "Here is what you typed" not in client.get(edit(draft)).content.decode()


def test_what_waits_behind_the_door_can_be_left_there(draft, amina):
    client = browser()
    sign_in(client, amina)
    page = opened(client, draft)
    lose_session(client)
    client.post(edit(draft), {**page, "text": "No longer wanted."})
    sign_in(client, amina, edit(draft))
    token = opened(client, draft)["csrfmiddlewaretoken"]
    client.post(edit(draft), {"forget": "yes", "csrfmiddlewaretoken": token})
    assert client.get(edit(draft)).context["form"]["text"].value() == draft.text


def test_what_waits_behind_the_door_meets_a_later_edition_as_a_conflict(draft, amina):
    client = browser()
    sign_in(client, amina)
    page = opened(client, draft)
    lose_session(client)
    client.post(edit(draft), {**page, "text": "Mine."})
    operations.revise(draft, by=amina, at=now(), edition=draft.edition, text="Saved by a colleague.")
    sign_in(client, amina, edit(draft))
    answer = client.post(edit(draft), opened(client, draft))
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()


def test_nobody_else_sees_what_waits_behind_the_door(draft, amina, bruno):
    client = browser()
    sign_in(client, amina)
    page = opened(client, draft)
    lose_session(client)
    client.post(edit(draft), {**page, "text": "Not for Bruno."})
    sign_in(client, bruno)
    assert client.get(edit(draft)).status_code == 404


def test_the_shelf_behind_the_door_has_an_end(client, draft):
    for number in range(8):
        client.post(reverse("submissions:edit", args=[uuid.UUID(int=number)]), {"text": str(number) * 500_000})
    shelf = client.session["typed_before_signing_in"]
    assert [answers["text"][0][0] for answers in shelf.values()] == ["4", "5", "6", "7"]


@pytest.mark.parametrize("door", ["edit", "autosave", "attach", "start"])
def test_a_token_that_is_too_old_gives_back_everything_typed(draft, amina, door):
    client = browser()
    sign_in(client, amina)
    args = [draft.pk] if door != "start" else [draft.call.forum.slug, draft.call.slug]
    answer = client.post(
        reverse(f"submissions:{door}", args=args),
        {**WRITTEN, "edition": 1, "csrfmiddlewaretoken": "x" * 64, "password1": "a secret"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Since 2023 nine missions have a labour attaché." in page
    assert "Labour attachés in nine missions" in page
    assert "a secret" not in page
    assert now_of(draft).text == draft.text


# A call that closed while writing ---------------------------------------------------------------------------------


@pytest.fixture
def closed(draft):
    draft.call.closes_at = now() - timedelta(minutes=1)
    draft.call.save()
    return draft


def test_after_the_closing_the_page_says_so_and_still_saves(writing, closed):
    page = writing.get(edit(closed)).content.decode()
    assert "This call has closed:" in page
    assert closed.text in page
    post(writing, closed)
    assert said(closed) == WRITTEN


@pytest.mark.parametrize("kind", ["md", "txt"])
def test_a_draft_can_be_taken_home_also_after_the_closing(writing, closed, kind):
    answer = writing.get(reverse("submissions:download", args=[closed.pk]), {"format": kind})
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="draft-{str(closed.pk)[:8]}_en.{kind}"'
    for part in (closed.title, closed.text, closed.summary, "14. Objective 14", "Kenya"):
        assert part in text
    assert "&" not in text


def test_a_download_shows_signs_as_they_were_typed(writing, draft):
    post(writing, draft, text='R&D <b> "it\'s"')
    assert 'R&D <b> "it\'s"' in writing.get(reverse("submissions:download", args=[draft.pk])).content.decode()


def test_an_answer_to_a_question_is_written_on_the_same_page(writing, organisation, amina):
    asked = make_submission(status="clarification_asked", organisation=organisation, by=amina)
    page = writing.get(edit(asked)).content.decode()
    assert "Which year?" in page
    assert post(writing, now_of(asked)).status_code == 302


# Statements -------------------------------------------------------------------------------------------------------


def test_writing_costs_the_same_whatever_was_chosen(writing, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        writing.get(edit(draft))
    with django_assert_max_num_queries(24):
        writing.post(autosave(draft), {**WRITTEN, "edition": draft.edition})
