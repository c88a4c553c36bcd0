"""A question of the desk opens named parts of an input: only these change, until a day, and the answer comes back."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import now
from django.utils.translation import override

from accreditation.models import User
from forums.letters.kinds import kind_of
from forums.models import Letter
from forums.operations import word
from forums.refusals import MovedMeanwhile, Refused
from imrf_portal.worklist import work_of
from submissions import operations, parts
from submissions.models import Clarification, Submission
from submissions.notifications import letters_for
from tests.factories import NOW, ask_form, join, make_call, make_form, make_submission, make_user
from tests.submissions.documents import printed

pytestmark = pytest.mark.django_db


def under_review(call, organisation, amina, ravi, **fields):
    return make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi, **fields)


def ask(submission, by, opens=("text",), **more):
    operations.ask_for_clarification(submission, by=by, at=NOW, question="Which year?", opens=opens, **more)
    return Submission.objects.get(pk=submission.pk)


def revise(submission, by, **changes):
    return operations.revise(submission, by=by, at=NOW, edition=submission.edition, **changes)


@pytest.fixture
def sent(call, organisation, amina, ravi):
    return under_review(call, organisation, amina, ravi)


# What can be changed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "changes", "closed"),
    [
        (("text",), {"text": "In 2024."}, ()),
        (("text",), {"text": "In 2024.", "title": "Another"}, ("Title",)),
        (("title",), {"summary": "Another"}, ("Summary",)),
        (("objectives",), {"objectives": ["3"]}, ()),
        (("objectives",), {"countries": ["NPL"]}, ("Countries or areas it is about",)),
        (("text",), {"language": "fr", "level": "local"}, ("Language of the text", "Level")),
        (("text",), {"contact_email": "other@example.org"}, ("Whom may the Network ask about this?",)),
        ((), {"text": "In 2024."}, ("Text",)),
        (None, {"text": "In 2024.", "title": "Another"}, ()),
    ],
)
def test_only_the_named_parts_are_saved(sent, amina, ravi, opens, changes, closed):
    asked = ask(sent, ravi, opens)
    before = Submission.objects.filter(pk=sent.pk).values("title", "text", "summary", "language", "level", "edition")
    was = list(before.all())
    if not closed:
        assert revise(asked, amina, **changes).edition == asked.edition + 1
        return
    with pytest.raises(Refused) as why:
        revise(asked, amina, **changes)
    assert all(name in str(why.value) for name in closed)
    assert list(before.all()) == was


def test_what_is_closed_may_be_posted_as_it_is(sent, amina, ravi):
    asked = ask(sent, ravi)
    assert (
        revise(asked, amina, text="In 2024.", title=asked.title, objectives=["15", "14"], countries=["KEN"]).text
        == "In 2024."
    )


def test_a_part_that_there_is_not_is_refused_and_what_follows_is_opened_too(call, organisation, amina, ravi, sent):
    with pytest.raises(Refused, match="no such part: answers"):
        ask(sent, ravi, ("answers",))
    ask(sent, ravi, ("level",))
    assert Clarification.objects.get().opens == ["level", "countries", "regions"]


def test_answers_to_questions_of_a_form_are_opened_one_by_one(organisation, amina, ravi, forum):
    call = make_call(forum)
    after = {"key": "why", "kind": "short", "shown_if": "done", "shown_if_answers": ["no"]}
    ask_form(call, make_form(("done", "yes_no"), after, ("money", "number"), ("tools", "several")))
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    draft = revise(draft, amina, answers={"done": "yes", "money": "12", "tools": ["law"]})
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    operations.take_up(sent, by=ravi, at=NOW)
    asked = ask(sent, ravi, ("question:done",))
    assert Clarification.objects.get().opens == ["question:done", "question:why"]
    with pytest.raises(Refused, match="money"):
        revise(asked, amina, answers={"money": "13"})
    with pytest.raises(Refused, match="tools"):
        revise(asked, amina, answers={"tools": []})
    kept = revise(asked, amina, answers={"done": "no", "why": "No money."})
    assert kept.answers == {"done": "no", "why": "No money.", "money": "12", "tools": ["law"]}


@pytest.fixture
def with_file(call, organisation, amina, ravi):
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft")
    file = operations.attach(draft, ContentFile(printed("One"), name="one.pdf"), by=amina, at=NOW)
    operations.submit(draft, by=amina, at=NOW)
    sent = Submission.objects.get(pk=draft.pk)
    operations.take_up(sent, by=ravi, at=NOW)
    return sent, file


def test_files_stay_unless_they_are_named(with_file, amina, ravi):
    sent, file = with_file
    asked = ask(sent, ravi)
    more = ContentFile(printed("Two"), name="two.pdf")
    file.submission = asked
    for act in (
        lambda: operations.attach(asked, more, by=amina, at=NOW),
        lambda: operations.begin_upload(asked, name="two.pdf", size=9, mark="m", by=amina, at=NOW),
        lambda: operations.detach(file, by=amina, at=NOW),
        lambda: operations.describe(file, by=amina, at=NOW, language="fr"),
        lambda: operations.remove_hidden(file, by=amina, at=NOW),
        lambda: operations.show_file(file, public=False, by=amina, at=NOW),
    ):
        with pytest.raises(Refused, match="did not open"):
            act()
    assert list(asked.attachments.kept()) == [file]


def test_a_named_file_is_exchanged_for_one_other(with_file, amina, ravi):
    sent, file = with_file
    asked = ask(sent, ravi, (f"file:{file.pk}",))
    two, three = (ContentFile(printed(word), name=f"{word}.pdf") for word in ("two", "three"))
    with pytest.raises(Refused, match="Take that file out first"):
        operations.attach(asked, two, by=amina, at=NOW)
    operations.detach(file, by=amina, at=NOW)
    fresh = operations.attach(asked, two, by=amina, at=NOW)
    operations.describe(fresh, by=amina, at=NOW, language="fr")
    with pytest.raises(Refused, match="Take that file out first"):
        operations.attach(asked, three, by=amina, at=NOW)


def test_who_stands_under_it_and_what_is_public_stay_unless_they_are_named(sent, amina, ravi, other_organisation):
    asked = ask(sent, ravi)
    for act in (
        lambda: operations.ask_co_sponsor(asked, other_organisation, by=amina, at=NOW),
        lambda: operations.name_on_behalf(asked, "Harbour Union", by=amina, at=NOW),
        lambda: operations.choose_publicity(asked, by=amina, at=NOW, edition=asked.edition, publish_as="desk"),
        lambda: operations.renew_form(asked, by=amina, at=NOW),
    ):
        with pytest.raises(Refused):
            act()
    Clarification.objects.update(opens=["co_sponsors", "publish_as"])
    operations.ask_co_sponsor(asked, other_organisation, by=amina, at=NOW)
    operations.choose_publicity(asked, by=amina, at=NOW, edition=asked.edition, publish_as="desk")


# The pages --------------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_closed_as_words_and_takes_only_what_is_open(client, sent, amina, ravi):
    asked = ask(sent, ravi)
    client.force_login(amina)
    page = client.get(reverse("submissions:edit", args=[asked.pk])).content.decode()
    assert 'name="text"' in page
    assert 'name="title"' not in page
    assert "Consular help for seasonal workers" in page
    assert "Only this can be changed now" in page
    place = reverse("submissions:edit", args=[asked.pk])
    answer = client.post(place, {"edition": asked.edition, "asks": "", "text": "In 2024.", "summary": asked.summary})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.text, asked.chosen()["objectives"]) == ("In 2024.", [14, 15])


def test_a_forged_post_is_refused_by_page_and_autosave_and_gives_the_text_back(client, sent, amina, ravi):
    asked = ask(sent, ravi)
    client.force_login(amina)
    forged = {"edition": asked.edition, "asks": "", "text": "In 2024.", "title": "Forged title", "objectives": ["1"]}
    answer = client.post(reverse("submissions:edit", args=[asked.pk]), forged)
    assert (answer.status_code, "Forged title" in answer.content.decode()) == (409, True)
    answer = client.post(reverse("submissions:autosave", args=[asked.pk]), forged, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["conflict"]) == (409, True)
    asked.refresh_from_db()
    assert (asked.title, asked.text) != ("Forged title", "In 2024.")


def test_a_question_that_opens_nothing_leads_to_the_answer(client, sent, amina, ravi):
    asked = ask(sent, ravi, ())
    client.force_login(amina)
    answer = client.get(reverse("submissions:edit", args=[asked.pk]))
    assert (answer.status_code, answer.url) == (302, f"{asked.get_absolute_url()}#question")
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "The desk asks for an answer in words" in page
    assert "Change the input as well" not in page
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    assert operations.answer(asked, by=amina).versions.count() == 1


def test_the_check_page_shows_everything_and_offers_to_change_only_what_is_open(client, sent, amina, ravi):
    asked = ask(sent, ravi)
    client.force_login(amina)
    page = client.get(reverse("submissions:check", args=[asked.pk])).content.decode()
    assert "Consular help for seasonal workers" in page
    place = reverse("submissions:edit", args=[asked.pk])
    assert f"{place}#id_text" in page
    assert f"{place}#id_title" not in page


def test_what_is_lacking_in_a_closed_part_does_not_stop_the_answer(sent, amina, ravi):
    asked = ask(sent, ravi)
    type(asked.call).objects.filter(pk=asked.call_id).update(most_objectives=1)
    revise(asked, amina, text="In 2024.")
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="See the text.")
    assert operations.answer(asked, by=amina).versions.count() == 2


# The desk ---------------------------------------------------------------------------------------------------------------


def test_the_desk_ticks_what_may_be_changed_and_gives_a_day(desk_client, sent, ravi, forum):
    client = desk_client(ravi)
    place = reverse("admin:submissions_submission_change", args=[sent.pk])
    page = client.get(place).content.decode()
    assert 'name="ask-opens" value="title"' in page
    seen = {"seen-status": "under_review", "seen-step": sent.steps.last().pk, "seen-version": 1, "seen-reviewer": "mine"}
    until = now().date() + timedelta(days=9)
    typed = {"decision": "ask", "ask-question": "Which year?", "ask-opens": ["text", "title"], "ask-answer_on": until}
    page = client.post(place, {**seen, **typed})
    [one] = page.context["letters"]
    assert all(words in one["letter"].text for words in ("Which year?", "- Title\n- Text\n", f"{until.day} {until:%B}"))
    assert not Clarification.objects.exists()
    carried = MultiValueDict()
    for name, value in page.context["carried"]:
        carried.appendlist(name, value)
    client.post(place, {**dict(carried.lists()), "letters": "send"})
    asked = Clarification.objects.get()
    assert (asked.opens, asked.part) == (["title", "text"], "")
    assert asked.answer_by.astimezone(forum.zone).strftime("%Y-%m-%d %H:%M") == f"{until} 23:59"


def test_a_day_that_has_passed_or_a_part_that_there_is_not_is_refused_and_the_words_are_kept(desk_client, sent, ravi):
    client = desk_client(ravi)
    place = reverse("admin:submissions_submission_change", args=[sent.pk])
    seen = {
        "seen-status": "under_review",
        "seen-step": sent.steps.last().pk,
        "seen-version": 1,
        "seen-reviewer": "mine",
        "decision": "ask",
    }
    for wrong in (
        {"ask-answer_on": "2020-01-01"},
        {"ask-opens": ["nothing"]},
        {"ask-answer_on": "soon"},
        {"ask-answer_on": "9999-12-31"},
        {"ask-answer_on": "0001-01-01"},
    ):
        page = client.post(
            place, {**seen, "ask-question": "Which year exactly?", "ask-opens": ["text"], **wrong}, follow=True
        )
        assert "Which year exactly?" in page.content.decode()
    assert not Clarification.objects.exists()


def test_the_answer_comes_back_to_the_reviewer_or_to_who_asked(sent, amina, ravi, elena):
    asked = ask(sent, elena, ())
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    assert operations.answer(asked, by=amina).reviewer == ravi
    Submission.objects.filter(pk=sent.pk).update(reviewer=None, status="under_review")
    again = Submission.objects.get(pk=sent.pk)
    operations.ask_for_clarification(again, by=elena, at=NOW, question="And now?", opens=())
    assert Submission.objects.get(pk=sent.pk).reviewer == elena


def test_a_question_does_not_take_an_input_from_whom_it_was_given_meanwhile(sent, ravi, elena):
    Submission.objects.update(reviewer=None)
    seen = Submission.objects.get(pk=sent.pk)
    operations.assign(Submission.objects.get(pk=sent.pk), to=elena, by=elena, at=NOW)
    with pytest.raises(MovedMeanwhile):
        ask(seen, ravi)
    assert Submission.objects.values_list("status", "reviewer").get() == ("under_review", elena.pk)


def test_those_whose_day_has_passed_are_counted_and_listed(desk_client, sent, ravi, elena):
    on = now().date() + timedelta(days=2)
    operations.ask_for_clarification(sent, by=ravi, at=now(), question="Which?", opens=(), answer_on=on)

    def overdue():
        found = [line for part in work_of(elena, at=now()) for line in part.lines if "day has passed" in line.label]
        return found[0]

    assert overdue().count == 0
    Clarification.objects.update(answer_by=now() - timedelta(minutes=1))
    assert (overdue().count, overdue().late) == (1, True)
    client = desk_client(elena)
    assert sent.reference in client.get(overdue().url).content.decode()
    Clarification.objects.update(answer_by=now() + timedelta(days=1))
    assert sent.reference not in client.get(overdue().url).content.decode()


# Letters ----------------------------------------------------------------------------------------------------------------


def test_the_letter_names_the_parts_and_the_day(sent, ravi, amina):
    asked = ask(sent, ravi, ("text", "title"), answer_on=date(2026, 1, 26))
    [letter] = letters_for(asked.steps.last(), at=NOW)
    for text in (letter.text, letter.html):
        assert "Monday 26 January 2026" in text
        assert "Title" in text
        assert "Only this can be changed now" in text
    assert "Ravi" not in letter.text


def test_each_reader_is_told_the_parts_in_their_own_language(sent, ravi, amina, organisation):
    """One is written after the other: what is said once for all of them would be in one language for all of them."""
    for name, language in (("rosa", "es"), ("fred", "fr")):
        join(organisation, make_user(name, language=language), "alternate")
    asked = ask(sent, ravi, ("title", "files"), answer_on=date(2026, 1, 26))
    letters = {letter.language: letter for letter in letters_for(asked.steps.last(), at=NOW)}
    for language in ("en", "es", "fr"):
        with override(language):
            named = [f"- {parts.FIELDS['title']}\n", f"- {parts.AROUND['files']}\n"]
        assert all(name in letters[language].text for name in named), language


def test_own_words_of_the_desk_name_the_parts_in_their_language_too(sent, ravi, amina):
    kind = kind_of("submissions/clarification_asked")
    User.objects.filter(pk=amina.pk).update(language="fr")
    word(kind, language="fr", subject="Une question", text="{person}: {note} {opened} ({answer_by})")
    asked = ask(sent, ravi, ("title", "summary"), answer_on=date(2026, 1, 26))
    [letter] = letters_for(asked.steps.last(), at=NOW)
    with override("fr"):
        assert f"Which year? {parts.FIELDS['title']}; {parts.FIELDS['summary']} (" in letter.text


def test_reminders_go_out_before_the_day_and_on_it_once_each(sent, ravi, amina):
    asked = ask(sent, ravi, answer_on=date(2026, 1, 26))
    moments = [(22, 23), (23, 6), (23, 7), (25, 6), (26, 6), (26, 20), (27, 6)]  # New York is five hours behind
    sent_on = []
    for day, hour in moments:
        at = datetime(2026, 1, day, hour, tzinfo=UTC)
        if operations.remind_of_clarifications(at=at):
            sent_on.append((day, hour))
        operations.remind_of_clarifications(at=at)
    assert sent_on == [(23, 6), (26, 6)]
    letters = Letter.objects.filter(kind="submissions/answer_awaited")
    assert {letter.to for letter in letters} == {amina.email}
    assert letters.count() == 2
    assert asked.reference in letters[0].subject


def test_nobody_is_reminded_of_what_was_answered_or_asked_a_moment_ago(sent, ravi, amina):
    asked = ask(sent, ravi, (), answer_on=date(2026, 1, 21))
    at = datetime(2026, 1, 20, 18, tzinfo=UTC)
    assert operations.remind_of_clarifications(at=at) == 0  # asked within the three days, at noon
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    operations.answer(asked, by=amina)
    assert operations.remind_of_clarifications(at=datetime(2026, 1, 21, 9, tzinfo=UTC)) == 0


# Races ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_a_saving_and_a_decision_at_one_moment_nothing_closed_gets_through(call, organisation, amina, ravi):
    """Ten rounds: whoever saves while the desk declines is saved before it or refused after it."""
    for _round in range(10):
        asked = ask(under_review(call, organisation, amina, ravi), ravi)
        outcome = []

        def save(asked=asked, outcome=outcome):
            try:
                revise(asked, amina, text="In 2024.")
                outcome.append("saved")
            except Refused:
                outcome.append("refused")
            finally:
                connection.close()

        thread = Thread(target=save)
        thread.start()
        operations.decline(Submission.objects.get(pk=asked.pk), by=ravi, at=NOW, reason="Too late")
        thread.join()
        kept = Submission.objects.get(pk=asked.pk)
        assert kept.status == "not_admissible"
        assert (kept.text == "In 2024.") is (outcome == ["saved"])
