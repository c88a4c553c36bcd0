"""What writing and sending asks of PostgreSQL: at most ten statements a request, whatever is chosen or attached."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from submissions import operations
from submissions.models import Submission
from submissions.questions.asking import form_of
from tests.bench.sending import WORDS, hidden
from tests.factories import NOW, ask_form, make_form, make_organisation, make_submission, make_user
from tests.submissions.test_form_answers import EVERY_KIND, POSTED
from tests.submissions.test_joining import agree

pytestmark = pytest.mark.django_db
MOST = 10


@pytest.fixture
def writing(client, amina):
    client.force_login(amina)
    return client


@pytest.fixture
def step(count_statements):
    """Carries out a request, whose answer it returns; says how many statements it took in `step.took`."""

    def carry_out(name, act):
        answers = []
        carry_out.took[name] = count_statements(lambda: answers.append(act()))
        assert answers[0].status_code in (200, 302), (name, answers[0].content[-500:])
        return answers[0]

    carry_out.took = {}
    return carry_out


def now_of(draft):
    return Submission.objects.get(pk=draft.pk)


def said(draft, **more):
    return {
        **{"title": "Speedy crossings", "summary": WORDS, "text": WORDS * 20, "language": "en", "level": "national"},
        **{"objectives": ["7"], "countries": ["KEN"], "edition": now_of(draft).edition},
        **{"asks": str(now_of(draft).form_version_id or ""), **POSTED, **more},
    }


def begun(writing, step, call, organisation):
    start = reverse("submissions:start", args=[call.forum.slug, call.slug])
    page = step("open the call", lambda: writing.get(start)).content.decode()
    posted = {name: hidden(page, name) for name in re.findall(r'type="hidden" name="(\w+)"', page)}
    posted |= {"organisation": organisation.pk, "language": "en"}
    step("begin", lambda: writing.post(start, posted))
    return Submission.objects.get()


def test_each_request_from_the_call_to_the_receipt(writing, step, call, organisation, amina):
    for level in ("", "regional"):
        form = make_form(*EVERY_KIND)
        ask_form(call, form, level)
        form_of(form.pk)  # published, so it is in the memory of the process from the first page on
    draft = begun(writing, step, call, organisation)
    edit, check = (reverse(f"submissions:{name}", args=[draft.pk]) for name in ("edit", "check"))
    step("form", lambda: writing.get(edit))
    posted = said(draft)
    step("save it all", lambda: writing.post(edit, posted))
    again = said(draft, text="Other words.")
    step("save again", lambda: writing.post(edit, again))
    other = {"text": "Remittances of workers.", "objectives": ["8", "9"], "level": "regional", "regions": ["ECA"]}
    changed = said(draft, **other)
    autosave = reverse("submissions:autosave", args=[draft.pk])
    saved = step("autosave of all that can change", lambda: writing.post(autosave, changed))
    assert saved.json()["suggested"].count("<li") > 0, "the dearest saving suggests objectives as well"
    assert "other_form" in saved.json()
    file = SimpleUploadedFile("annex.txt", b"Nine missions.", content_type="text/plain")
    step("add a file", lambda: writing.post(edit, {"files": file}))
    body = make_organisation("Harbour Union", focal_point=make_user())
    agree(operations.ask_co_sponsor(now_of(draft), body, by=amina, at=NOW))
    step("form with a file", lambda: writing.get(edit))
    page = step("check", lambda: writing.get(check)).content.decode()
    sent = {"agreed": "on", "edition": hidden(page, "edition"), "sponsors": hidden(page, "sponsors")}
    step("send", lambda: writing.post(check, sent))
    assert now_of(draft).status == "submitted"
    step("receipt", lambda: writing.get(reverse("submissions:receipt", args=[draft.pk])))
    assert {name: took for name, took in step.took.items() if took > MOST} == {}, step.took


def test_each_request_of_an_answer_to_the_desk(writing, step, call, organisation, amina, ravi):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    change = operations.amend(sent, by=amina, at=NOW)
    operations.attach(change, SimpleUploadedFile("annex.txt", b"Nine missions."), by=amina, at=NOW)
    operations.submit(change, by=amina, at=NOW)
    sent = now_of(sent)
    sent.move("under_review", by=ravi, at=NOW, reviewer=ravi)
    operations.ask_for_clarification(sent, by=ravi, at=NOW, question="Which year?", opens=("text", "objectives"))
    edit, check, answer = (reverse(f"submissions:{name}", args=[sent.pk]) for name in ("edit", "check", "answer"))
    step("form", lambda: writing.get(edit))
    posted = {"text": "Remittances of workers.", "objectives": ["8"], "edition": now_of(sent).edition, "asks": ""}
    step("save", lambda: writing.post(edit, posted))
    step("keep the answer", lambda: writing.post(answer, {"answer": "In 2024.", "edition": 1}))
    page = step("check", lambda: writing.get(check)).content.decode()
    agreed = {"agreed": "on", "edition": hidden(page, "edition"), "sponsors": hidden(page, "sponsors")}
    step("send", lambda: writing.post(check, agreed))
    assert now_of(sent).status == "submitted"
    assert {name: took for name, took in step.took.items() if took > MOST} == {}, step.took
