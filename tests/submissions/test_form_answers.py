"""Answers to the questions of a call: kept while typing, shown by condition, asked at sending, part of the receipt."""

from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from forums.refusals import Refused
from submissions import operations
from submissions.models import Question, Submission
from submissions.operations.submitting import missing
from submissions.receipts import fingerprint
from tests.factories import NOW, ask_form, make_call, make_draft, make_form, make_published
from tests.submissions.form_bench import ROWS, costs, in_words, inside_the_server

pytestmark = pytest.mark.django_db

EVERY_KIND = (
    ("where", "short"),
    ("what", "long"),
    ("how_far", "choice"),
    ("by_what", "several"),
    ("people", "number"),
    ("since", "date"),
    ("consulted", "yes_no"),
    ("measures", "table"),
)
POSTED = {
    "q_where": "Nairobi",
    "q_what": "Nine **missions**.",
    "q_how_far": "partly",
    "q_by_what": ["law", "people"],
    "q_people": "1 250",
    "q_since": "2023-05-01",
    "q_consulted": "yes",
    "q_measures-0-measure": "Hotline",
    "q_measures-0-year": "2023",
    "q_measures-1-measure": "",
    "q_measures-2-measure": "Attachés",
}
KEPT = {
    "where": "Nairobi",
    "what": "Nine **missions**.",
    "how_far": "partly",
    "by_what": ["law", "people"],
    "people": "1250",
    "since": "2023-05-01",
    "consulted": "yes",
    "measures": [{"measure": "Hotline", "year": "2023"}, {"measure": "Attachés"}],
}


@pytest.fixture
def form(call):
    form = make_form(*EVERY_KIND)
    ask_form(call, form)
    return form


@pytest.fixture
def answered(call, amina, organisation, form):
    return make_draft(call=call, by=amina, organisation=organisation)


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


def edit(draft):
    return reverse("submissions:edit", args=[draft.pk])


def now_of(draft):
    return Submission.objects.get(pk=draft.pk)


def body(draft, **changes):
    plain = {
        "title": draft.title,
        "level": draft.level,
        "language": draft.language,
        "objectives": ["14"],
        "countries": ["KEN"],
    }
    plain |= {"summary": draft.summary, "text": draft.text, "contact_email": "", "edition": now_of(draft).edition}
    return {**plain, "asks": str(draft.form_version_id or ""), **changes}


def answer(draft, **answers):
    return operations.revise(now_of(draft), by=draft.begun_by, at=NOW, edition=now_of(draft).edition, answers=answers)


# Kept ---------------------------------------------------------------------------------------------------------------


def test_a_draft_begins_with_the_form_of_its_call(answered, form):
    assert answered.form_version == form


@pytest.mark.parametrize("way", ["edit", "autosave"])
def test_answers_of_every_kind_are_kept_in_one_shape(writing, answered, way):
    writing.post(reverse(f"submissions:{way}", args=[answered.pk]), body(answered, **POSTED))
    assert now_of(answered).answers == KEPT


def test_what_was_kept_is_shown_again_and_saving_it_again_changes_nothing(writing, answered):
    answer(answered, **KEPT)
    page = writing.get(edit(answered))
    shown = {name: page.context["form"][name].value() for name in page.context["form"].questions}
    assert shown == {f"q_{key}": value for key, value in KEPT.items()}
    writing.post(edit(answered), body(answered, **POSTED))
    assert now_of(answered).answers == KEPT


def test_an_answer_is_taken_out_by_emptying_it(writing, answered):
    answer(answered, **KEPT)
    writing.post(
        edit(answered),
        body(
            answered,
            **{
                **POSTED,
                "q_where": "",
                "q_by_what": [],
                "q_measures-0-measure": "",
                "q_measures-0-year": "",
                "q_measures-2-measure": "",
            },
        ),
    )
    assert set(KEPT) - set(now_of(answered).answers) == {"where", "by_what", "measures"}


def test_a_page_that_posts_part_of_the_form_wipes_out_nothing(writing, answered):
    answer(answered, **KEPT)
    part = body(answered)
    del part["asks"]
    writing.post(edit(answered), part)
    assert now_of(answered).answers == KEPT


def test_what_is_not_well_formed_is_named_and_stays_on_the_page_while_the_rest_is_saved(writing, answered):
    wrong = {**POSTED, "q_people": "many", "q_since": "last year", "q_how_far": "perhaps"}
    page = writing.post(edit(answered), body(answered, **wrong))
    assert {"q_people", "q_since", "q_how_far"} == set(page.context["form"].errors)
    assert "many" in page.content.decode()
    assert set(KEPT) - set(now_of(answered).answers) == {"people", "since", "how_far"}
    saved = writing.post(reverse("submissions:autosave", args=[answered.pk]), body(answered, **wrong)).json()
    assert saved["saved"]
    assert "What about people?" in saved["message"]


def test_two_tabs_conflict_with_both_answers_side_by_side_and_the_choice_is_kept(writing, answered):
    seen = now_of(answered).edition
    answer(answered, what="Theirs", by_what=["money"], measures=[{"measure": "Theirs too"}])
    page = writing.post(edit(answered), body(answered, **POSTED, edition=seen))
    assert page.status_code == 409
    text = page.content.decode()
    for words in ("Theirs", "Nine **missions**.", "Money", "Laws", "Measure: Theirs too", "Measure: Hotline; Since: 2023"):
        assert words in text
    assert now_of(answered).answers["what"] == "Theirs"
    assert str(answered.form_version_id) in text
    chosen = body(answered, **POSTED, take_q_what="theirs", take_q_measures="theirs")
    writing.post(edit(answered), chosen)
    assert now_of(answered).answers == KEPT | {"what": "Theirs", "measures": [{"measure": "Theirs too"}]}


def test_a_page_that_says_what_is_saved_conflicts_with_nobody(writing, answered):
    seen = now_of(answered).edition
    answer(answered, **KEPT)
    assert writing.post(edit(answered), body(answered, **POSTED, objectives=["14", "15"], edition=seen)).status_code == 302


def test_answers_typed_while_signed_out_are_there_after_signing_in_again(client, answered, amina):
    client.post(edit(answered), body(answered, **POSTED))
    assert now_of(answered).answers == {}
    client.force_login(amina)  # the session of who typed goes on
    page = client.get(edit(answered)).content.decode()
    assert "Nine **missions**." in page
    assert "Hotline" in page


def test_an_input_that_can_no_longer_be_written_gives_back_what_was_typed(writing, answered):
    answer(answered, **KEPT)
    operations.submit(answered, by=answered.begun_by, at=NOW)
    page = writing.post(edit(answered), body(answered, **POSTED, edition=1))
    assert page.status_code == 409
    assert "Nine **missions**." in page.content.decode()


def test_the_download_holds_every_answer_with_its_question(writing, answered):
    answer(answered, **KEPT)
    for format_ in ("txt", "md"):
        text = writing.get(reverse("submissions:download", args=[answered.pk]), {"format": format_}).content.decode()
        for words in (
            "What about where?",
            "Nairobi",
            "Nine **missions**.",
            "In part",
            "Laws",
            "1,250",
            "Hotline",
            "Attachés",
        ):
            assert words in text, (format_, words)


# Another form -------------------------------------------------------------------------------------------------------


@pytest.fixture
def by_level(call):
    """A form for every level, and one of its own for local inputs; one question stands in both."""
    common, local = make_form(("what", "long"), ("people", "number")), make_form(("what", "long"), ("city", "short"))
    ask_form(call, common)
    ask_form(call, local, "local")
    return common, local


def test_a_level_with_a_form_of_its_own_exchanges_the_form_and_no_answer_goes(writing, call, amina, organisation, by_level):
    common, local = by_level
    draft = make_draft(call=call, by=amina, organisation=organisation)
    assert draft.form_version == common
    writing.post(edit(draft), body(draft, level="local", q_what="All of it", q_people="7"))
    draft = now_of(draft)
    assert draft.form_version == local
    assert draft.answers == {"what": "All of it", "people": "7"}
    writing.post(edit(draft), body(draft, q_what="All of it", q_city="Nairobi", level="national"))
    draft = now_of(draft)
    assert draft.form_version == common
    assert draft.answers == {"what": "All of it", "people": "7", "city": "Nairobi"}


def test_a_page_open_from_before_the_exchange_is_still_saved(writing, call, amina, organisation, by_level):
    _common, local = by_level
    draft = make_draft(call=call, by=amina, organisation=organisation)
    open_page = body(draft, level="local", q_people="7")
    said = writing.post(reverse("submissions:autosave", args=[draft.pk]), open_page).json()
    assert said["other_form"] == edit(draft)
    again = {**open_page, "edition": said["edition"], "q_people": "8"}
    assert "other_form" in writing.post(reverse("submissions:autosave", args=[draft.pk]), again).json()
    assert now_of(draft).answers == {"people": "8"}
    assert now_of(draft).form_version == local


def test_answers_of_a_form_that_no_longer_applies_are_kept_and_never_sent(call, amina, organisation, by_level):
    draft = make_draft(call=call, by=amina, organisation=organisation)
    answer(draft, people="7", what="All")
    operations.revise(now_of(draft), by=amina, at=NOW, edition=now_of(draft).edition, level="local")
    version = operations.submit(now_of(draft), by=amina, at=NOW)
    assert [one["key"] for one in version.content["answers"]] == ["what"]
    assert now_of(draft).answers["people"] == "7"


def test_a_draft_keeps_its_version_until_its_author_takes_the_newer_one(writing, answered, form):
    answer(answered, **KEPT)
    newer = next_version(form, ("what", "long"), ("also", "short"))
    page = writing.get(edit(answered))
    assert page.context["newer_form"] == newer
    assert now_of(answered).form_version == form
    writing.post(edit(answered), {"renew": "yes"})
    assert now_of(answered).form_version == newer
    assert now_of(answered).answers == KEPT
    assert writing.get(edit(answered)).context["newer_form"] is None


def next_version(form, *questions):
    """A second version of the same template, published."""
    made = make_form(*questions, published=False)
    type(made).objects.filter(pk=made.pk).update(template=form.template, number=form.number + 1, published_at=NOW)
    return type(made).objects.select_related("template").get(pk=made.pk)


def test_an_answer_that_does_not_fit_the_newer_question_is_not_shown_and_not_wiped_out(writing, answered, form):
    answer(answered, how_far="partly")
    newer = next_version(form, {"key": "how_far", "kind": "choice", "options": "much = Much\nlittle = Little"})
    operations.renew_form(answered, by=answered.begun_by, at=NOW)
    draft = now_of(answered)
    writing.post(edit(draft), body(draft, q_how_far=""))
    assert now_of(draft).answers == {"how_far": "partly"}
    assert writing.get(edit(draft)).context["form"]["q_how_far"].value() is None
    assert operations.submit(draft, by=draft.begun_by, at=NOW).content["answers"] == []
    assert newer.questions.get().key == "how_far"


# Asked at sending ---------------------------------------------------------------------------------------------------


def test_required_questions_and_limits_matter_at_sending_only(call, amina, organisation):
    ask_form(call, make_form({"key": "what", "kind": "long", "required": True, "word_limit": 3}, ("city", "short")))
    draft = make_draft(call=call, by=amina, organisation=organisation)
    assert missing(draft)["q_what"] == "Answer this: What about what?"
    with pytest.raises(Refused, match="Answer this"):
        operations.submit(draft, by=amina, at=NOW)
    draft = answer(draft, what="one two three four")
    assert "4 words; at most 3" in missing(draft)["q_what"]
    assert missing(answer(draft, what="one two three")) == {}


CONDITIONAL = (
    ("consulted", "yes_no"),
    {"key": "whom", "kind": "several", "shown_if": "consulted", "shown_if_answers": ["yes"], "required": True},
    {"key": "laws", "kind": "short", "shown_if": "whom", "shown_if_answers": ["law", "money"], "required": True},
)


@pytest.mark.parametrize(
    ("answers", "sent"),
    [
        ({"consulted": "no", "whom": ["law"], "laws": "Old"}, ["consulted"]),
        ({"consulted": "yes", "whom": ["people"], "laws": "Old"}, ["consulted", "whom"]),
        ({"consulted": "yes", "whom": ["people", "law"], "laws": "New"}, ["consulted", "whom", "laws"]),
        ({}, []),
    ],
)
def test_only_what_is_shown_is_required_and_sent(call, amina, organisation, answers, sent):
    ask_form(call, make_form(*CONDITIONAL))
    draft = answer(make_draft(call=call, by=amina, organisation=organisation), **answers)
    version = operations.submit(draft, by=amina, at=NOW)
    assert [one["key"] for one in version.content["answers"]] == sent


def test_a_required_question_that_came_to_be_shown_is_missing(call, amina, organisation):
    ask_form(call, make_form(*CONDITIONAL))
    draft = answer(make_draft(call=call, by=amina, organisation=organisation), consulted="yes")
    assert set(missing(draft)) == {"q_whom"}
    assert set(missing(answer(draft, whom=["law"]))) == {"q_laws"}


@pytest.mark.parametrize(
    ("text_asked", "lacks"), [("required", {"text"}), ("either", {"text"}), ("optional", set()), ("none", set())]
)
def test_a_form_says_whether_the_free_text_is_asked(call, amina, organisation, text_asked, lacks):
    ask_form(call, make_form(("what", "long"), text_asked=text_asked))
    assert set(missing(make_draft(call=call, by=amina, organisation=organisation, text=""))) == lacks


def test_a_form_may_take_answers_in_the_place_of_a_text(call, amina, organisation):
    ask_form(
        call,
        make_form(
            ("what", "long"), ("how_far", "choice"), {"key": "hush", "kind": "long", "seen_by": "desk"}, text_asked="either"
        ),
    )
    draft = make_draft(call=call, by=amina, organisation=organisation, text="")
    assert set(missing(answer(draft, how_far="fully", hush="For the desk"))) == {"text"}
    assert missing(answer(draft, what="Nine missions")) == {}


def test_a_text_that_is_not_asked_is_kept_in_the_draft_and_never_sent(writing, call, amina, organisation):
    ask_form(call, make_form(("what", "long"), text_asked="none"))
    draft = make_draft(call=call, by=amina, organisation=organisation, text="Written before")
    assert "text" not in writing.get(edit(draft)).context["form"].fields
    assert operations.submit(draft, by=amina, at=NOW).content["text"] == ""
    assert now_of(draft).text == "Written before"


def test_the_steps_beside_the_draft_say_for_each_section_what_is_to_do(writing, call, amina, organisation):
    two = [{"key": "what", "kind": "long", "required": True}, {"key": "who", "kind": "short", "in_section": 1}]
    ask_form(call, make_form(*two, sections=("What was done", "Who did it")))
    draft = make_draft(call=call, by=amina, organisation=organisation)
    steps = {step["label"]: step["done"] for step in writing.get(edit(draft)).context["steps"][:-1]}
    assert steps == {"About this input": True, "What was done": False, "Who did it": True, "Text": True, "Files": True}
    answer(draft, what="A lot")
    assert all(step["done"] for step in writing.get(edit(draft)).context["steps"][:-1])


def test_the_page_that_checks_shows_what_will_be_sent_and_who_sees_it(writing, call, amina, organisation):
    ask_form(call, make_form(*CONDITIONAL, {"key": "secret", "kind": "short", "seen_by": "desk"}))
    draft = answer(make_draft(call=call, by=amina, organisation=organisation), consulted="no", whom=["law"], secret="Hush")
    page = writing.get(reverse("submissions:check", args=[draft.pk]))
    shown = {one["name"]: one["public"] for one in page.context["answers"] if one["name"].startswith("q_")}
    assert shown == {"q_consulted": True, "q_secret": False}
    assert "Hush" in page.content.decode()


# Sent ---------------------------------------------------------------------------------------------------------------


def test_a_version_says_what_was_asked_and_answered_and_its_fingerprint_covers_it(answered, form):
    answer(answered, **KEPT)
    content = operations.submit(answered, by=answered.begun_by, at=NOW).content
    assert content["form"] == {"id": str(form.pk), "template": form.template.code, "version": 1}
    assert {one["key"]: one["answer"] for one in content["answers"]} == KEPT
    first = content["answers"][0]
    assert first == {
        "key": "where",
        "kind": "short",
        "question": "What about where?",
        "seen_by": "public",
        "answer": "Nairobi",
    }
    assert fingerprint(content) == answered.versions.get().sha256


def test_a_call_without_a_form_sends_what_it_sent_before(call, amina, organisation):
    content = operations.submit(make_draft(call=call, by=amina, organisation=organisation), by=amina, at=NOW).content
    assert not {"form", "answers"} & set(content)


def test_a_change_to_what_was_sent_begins_with_its_answers_and_may_change_only_them(answered):
    answer(answered, **KEPT)
    operations.submit(answered, by=answered.begun_by, at=NOW)
    change = operations.amend(now_of(answered), by=answered.begun_by, at=NOW)
    assert (change.answers, change.form_version_id) == (KEPT, answered.form_version_id)
    with pytest.raises(Refused, match="Nothing differs"):
        operations.submit(change, by=answered.begun_by, at=NOW)
    answer(change, where="Mombasa")
    version = operations.submit(change, by=answered.begun_by, at=NOW)
    assert version.content["answers"][0]["answer"] == "Mombasa"
    assert now_of(answered).answers["where"] == "Mombasa"


# A published form is never changed ----------------------------------------------------------------------------------


def test_the_database_refuses_to_change_a_published_form(form):
    section, question = form.sections.get(), form.questions.first()
    attempts = [
        lambda: type(form).objects.filter(pk=form.pk).update(number=9),
        lambda: form.delete(),
        lambda: type(section).objects.filter(pk=section.pk).update(title="Other"),
        lambda: section.delete(),
        lambda: Question.objects.filter(pk=question.pk).update(seen_by="desk"),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: form.questions.create(section=section, key="late", kind="short"),
        lambda: form.sections.create(title="Late"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_control_a_form_that_is_being_written_can_be_changed():
    form = make_form(("what", "long"), published=False)
    form.questions.update(seen_by="desk")
    form.questions.get().delete()
    form.sections.all().delete()
    form.delete()


# What a page costs --------------------------------------------------------------------------------------------------

SIXTY = [
    {
        "key": f"question_{number}",
        "kind": "long" if number % 3 else "choice",
        "label": "How far has it come " * 4,
        "help": "Say it with figures. " * 5,
        "in_section": number // 10,
    }
    for number in range(60)
]


@pytest.fixture
def long_and_short(amina, organisation, forum):
    drafts = []
    for asked in (SIXTY, SIXTY[:1]):
        call = make_call(forum)
        ask_form(call, make_form(*asked, sections=[f"Section {number}" for number in range(6)]))
        drafts.append(make_draft(call=call, by=amina, organisation=organisation))
    return drafts


def test_a_page_of_sixty_questions_stays_under_150_kb_and_costs_no_more_statements(
    writing, long_and_short, count_statements
):
    for draft in long_and_short:
        answer(draft, **{f"question_{number}": "Nine missions. " * 10 for number in range(60) if number % 3})
        writing.get(edit(draft))
    many, one = (count_statements(lambda draft=draft: writing.get(edit(draft))) for draft in long_and_short)
    assert many == one
    assert len(writing.get(edit(long_and_short[0])).content) < 150_000


def test_a_save_of_sixty_questions_costs_no_more_statements_than_of_one(writing, long_and_short, count_statements):
    counts = []
    for draft in long_and_short:
        for words in ("first", "second"):
            given = {f"q_question_{number}": words for number in range(60) if number % 3}
            posted = body(draft, **{"title": words, **given})  # something changes in both: who changed what is noted
            counts.append(
                count_statements(
                    lambda posted=posted, draft=draft: writing.post(reverse("submissions:autosave", args=[draft.pk]), posted)
                )
            )
    assert counts[1] == counts[3]


@pytest.mark.soak
def test_benchmark_of_a_form_of_sixty_questions(writing, long_and_short, call, organisation, amina):
    for number in range(ROWS):
        make_published(call=call, organisation=organisation, by=amina, title=f"For the bare page {number}")
    acts, sizes = {}, []
    for draft, asked in zip(long_and_short, (60, 1), strict=True):
        keys = [f"question_{number}" for number in range(asked) if number % 3 or asked == 1]
        address = reverse("submissions:autosave", args=[draft.pk])
        typed = {f"q_{key}": "Nine missions answer in four languages. ROUND " * 10 for key in keys}
        now = body(draft, **typed)
        known = {"edition": now.pop("edition")}
        brief = urlencode(now, doseq=True)  # as draft.js sends it

        def save(number, address=address, brief=brief, known=known):
            sent = f"{brief.replace('ROUND', str(number))}&edition={known['edition']}"
            saved = writing.post(address, sent, content_type="application/x-www-form-urlencoded").json()
            assert saved["saved"]
            known["edition"] = saved["edition"]

        acts[f"a save of {asked}"] = save
        acts[f"the page of {asked}"] = lambda _number, draft=draft: writing.get(edit(draft))
        sizes.append(len(writing.get(edit(draft)).content))
    # First: nothing of a test is committed, so each saving leaves rows that the next one has to pass over.
    clock = inside_the_server(writing, acts["a save of 60"])
    print(f"\na save of 60 inside the server: {clock:.1f} ms by the clock")  # noqa: T201
    print(f"{in_words(costs(acts))}; {sizes} bytes")  # noqa: T201


def test_answers_are_kept_in_one_form_whatever_machine_typed_them(call, amina, organisation, form):
    """NFC and LF, as for the text: the fingerprint of a receipt is taken over them."""
    draft = make_draft(call=call, organisation=organisation, by=amina)
    typed = {"what": "Une\r\nre\u0301ponse", "by_what": ["law"], "measures": [{"measure": "re\u0301seau\r\nlocal"}]}
    kept = operations.revise(draft, by=amina, at=NOW, edition=draft.edition, answers=typed)
    assert kept.answers == {"what": "Une\nréponse", "by_what": ["law"], "measures": [{"measure": "réseau\nlocal"}]}
