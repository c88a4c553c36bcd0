"""Every letter, in every language, with texts of other people that try to be more than text."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings

from accreditation import operations as accrediting
from accreditation.models import Basis, Membership, User
from accreditation.notifications import letters_for as letters_about_standing
from forums.models import Letter, Milestone
from forums.operations import announce_milestones
from submissions import operations
from submissions.models import Attachment, Clarification, Submission, SubmissionStep
from submissions.notifications import letters_for
from tests.accreditation.applications import make_application
from tests.factories import NOW, join, make_call, make_draft, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in settings.LANGUAGES]
HOSTILE = 'Täglich <script>alert(1)</script> & "quotes" [link](https://evil.example) {{ 7|add:7 }}'


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name == "href"]


def links_in(html):
    parser = Links()
    parser.feed(html)
    return parser


def write_all(submission):
    for step in submission.steps.all():
        letters_for(step, at=NOW)


def prepared(status):
    """An input with a hostile title that came to this status."""
    amina = make_user("amina")
    organisation = make_organisation(f"Harbour {HOSTILE}"[:250], focal_point=amina)
    return make_submission(status=status, organisation=organisation, by=amina, title=HOSTILE)


def taken_down():
    submission = prepared("published")
    operations.take_down(submission, by=make_user(), at=NOW, reason=HOSTILE)
    return submission


def reopened():
    submission = prepared("accepted")
    operations.reopen(submission, by=make_user(), at=NOW, reason=HOSTILE)
    return submission


def reinstated():
    submission = prepared("withdrawn")
    operations.reinstate(submission, by=make_user(), at=NOW, reason=HOSTILE, by_desk=True)
    return submission


def asked():
    submission, desk = prepared("under_review"), make_user()
    about = {"question": HOSTILE, "opens": ["title", "files"], "answer_on": date(2026, 1, 26)}
    operations.ask_for_clarification(submission, by=desk, at=NOW, **about)
    return submission


def answered():
    submission, later = asked(), NOW + timedelta(hours=1)
    operations.keep_answer(submission, by=submission.begun_by, at=later, edition=1, text=HOSTILE)
    return operations.answer(submission, by=submission.begun_by, at=later)


def remind_of_answer(submission):
    Clarification.objects.update(reminded_at=None)
    operations.remind_of_clarifications(at=NOW + timedelta(days=4))


def unsent():
    amina = make_user("amina")
    organisation = make_organisation(HOSTILE, focal_point=amina)
    return make_draft(call=make_call(window="open"), organisation=organisation, by=amina, title=HOSTILE)


def remind(draft):
    operations.remind_unsent(at=draft.call.closes_at.replace(day=29))


WAYS = {
    "submissions/received": (lambda: prepared("submitted"), write_all),
    "submissions/clarification_asked": (lambda: prepared("clarification_asked"), write_all),
    "submissions/accepted": (lambda: prepared("accepted"), write_all),
    "submissions/published": (lambda: prepared("published"), write_all),
    "submissions/not_admissible": (lambda: prepared("not_admissible"), write_all),
    "submissions/withdrawn": (lambda: prepared("withdrawn"), write_all),
    "submissions/reopened": (reopened, write_all),
    "submissions/taken_down": (taken_down, write_all),
    "submissions/reinstated": (reinstated, write_all),
    "submissions/answer_received": (answered, write_all),
    "submissions/answer_awaited": (asked, remind_of_answer),
    "submissions/unsent_draft": (unsent, remind),
}


def in_each_language(kind, write_letters):
    """The letter of this kind as its reader gets it in each of the six languages."""
    for language in LANGUAGES:
        User.objects.update(language=language)
        Letter.objects.all().delete()
        write_letters()
        yield language, Letter.objects.get(kind=kind)


def check_letter(letter, language):
    assert letter.language == language
    assert "\n" not in letter.subject
    links = links_in(letter.html)
    assert "script" not in links.tags
    assert [link for link in links.found if "evil" in link] == []
    pages = re.findall(rf"{re.escape(settings.SITE_URL)}(/\S+)", letter.text)
    assert pages
    assert {page.split("/")[1] for page in pages} == {language}
    assert {settings.SITE_URL + page for page in pages} <= {re.sub("&amp;", "&", link) for link in links.found}
    assert settings.CONTACT_EMAIL in letter.text
    assert "&lt;" not in letter.text
    assert "&#" not in letter.text + letter.subject
    assert not re.search(r"\{[{%#]", letter.text.replace(HOSTILE, ""))


@pytest.mark.parametrize("kind", WAYS)
def test_each_letter_about_an_input_is_text_and_the_same_in_html(kind):
    prepare, write_letters = WAYS[kind]
    submission = prepare()
    for language, letter in in_each_language(kind, lambda: write_letters(submission)):
        check_letter(letter, language)
        assert HOSTILE in letter.text


@pytest.mark.parametrize("kind", [kind for kind in WAYS if kind != "submissions/unsent_draft"])
def test_the_subject_starts_with_reference_and_forum(kind):
    prepare, write_letters = WAYS[kind]
    submission = prepare()
    write_letters(submission)
    assert Letter.objects.get(kind=kind).subject.startswith(f"{submission.reference} · {submission.call.forum.name}: ")


def test_the_receipt_letter_carries_number_time_fingerprint_and_files(call, organisation, amina):
    draft = make_draft(call=call, organisation=organisation, by=amina)
    Attachment.objects.create(
        submission=draft, name="annex.pdf", file="attachments/a.pdf", size=2048, media_type="application/pdf",
        sha256="ab" * 32, added_by=amina, added_at=NOW,
    )  # fmt: skip
    version = operations.submit(draft, by=amina, at=NOW.replace(second=7))
    [letter] = letters_for(SubmissionStep.objects.get(), at=NOW)
    for body in (letter.text, letter.html):
        for promised in ("IMRF-2026-I-00001", version.sha256, "annex.pdf", "ab" * 32, "07:00:07 New York (UTC−5)"):
            assert promised in body
    assert f"/en/receipts/IMRF-2026-I-00001/?sha256={version.sha256}" in letter.text


def test_each_sending_has_the_letter_of_its_own_version(amina):
    asked = make_submission(status="clarification_asked", organisation=make_organisation(focal_point=amina), by=amina)
    asked = Submission.objects.get(pk=asked.pk)
    operations.submit(asked, by=amina, at=NOW.replace(day=21))
    write_all(asked)
    received = Letter.objects.filter(kind="submissions/received").order_by("subject")
    assert [letter.subject.partition(" ")[0] for letter in received] == [asked.reference, f"{asked.reference}/Rev.1"]


def test_a_question_of_the_network_reaches_its_author_as_it_was_asked(forum):
    submission = prepared("clarification_asked")
    write_all(submission)
    letter = Letter.objects.get(kind="submissions/clarification_asked")
    assert "Which year?" in letter.text
    assert f"/en/my/inputs/{submission.pk}/edit/" in letter.text


STANDING = {
    "submitted": [],
    "more_asked": [lambda a, by: accrediting.ask_for_more(a, by=by, at=NOW, question=HOSTILE)],
    "recognised": [lambda a, by: accrediting.recognise(a, by=by, at=NOW, **DECISION)],
    "put_forward": [lambda a, by: accrediting.put_forward(a, by=by, at=NOW)],
    "accredited": [
        lambda a, by: accrediting.put_forward(a, by=by, at=NOW),
        lambda a, by: accrediting.record_outcome(a, by=by, at=NOW, accredited=True, **DECISION),
    ],
    "not_accredited": [
        lambda a, by: accrediting.put_forward(a, by=by, at=NOW),
        lambda a, by: accrediting.record_outcome(a, by=by, at=NOW, accredited=False, **DECISION),
    ],
}
DECISION = {"decided_on": NOW.date(), "decided_by": "Member States", "evidence": "A/INF/1"}


@pytest.mark.parametrize("status", STANDING)
def test_each_letter_about_a_standing_is_text_and_the_same_in_html(forum, status):
    amina = make_user("amina")
    organisation = make_organisation(HOSTILE, focal_point=amina)
    if status == "recognised":
        accreditation = accrediting.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    else:
        accreditation = make_application(by=amina, organisation=organisation, forum=forum, status="submitted")
    desk = make_user(staff=True)
    if STANDING[status]:
        accrediting.take_up(accreditation, by=desk, at=NOW)
    for act in STANDING[status]:
        act(accreditation, desk)

    def write_letters():
        for step in accreditation.steps.all():
            letters_about_standing(step, at=NOW)

    for language, letter in in_each_language(f"accreditation/{status}", write_letters):
        check_letter(letter, language)
        assert HOSTILE in letter.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ["asked", "admitted", "turned_down"])
def test_each_letter_about_joining_is_text_and_the_same_in_html(forum, answer, language):
    amina, nadia = make_user("amina", language=language), make_user("nadia", language=language)
    organisation = make_organisation(HOSTILE, focal_point=amina)
    membership = accrediting.ask_to_join(organisation, by=nadia, at=NOW, message="See https://evil.example")
    if answer == "admitted":
        accrediting.admit(membership, role=Membership.Role.VIEWER, by=amina, at=NOW)
    if answer == "turned_down":
        accrediting.turn_down(membership, by=amina, at=NOW)
    letter = Letter.objects.get(kind=f"accreditation/join_{answer}")
    check_letter(letter, language)
    assert letter.to == (amina if answer == "asked" else nadia).email
    assert "https://evil.example" not in letter.text.replace(HOSTILE, "")


def test_a_request_reaches_everybody_who_speaks_for_the_organisation_and_nobody_else(organisation, amina, bruno):
    for role in Membership.Role.values[1:]:
        join(organisation, make_user(role), role)
    accrediting.ask_to_join(organisation, by=bruno, at=NOW)
    accrediting.ask_to_join(organisation, by=bruno, at=NOW)
    asked = Letter.objects.filter(kind="accreditation/join_asked")
    assert sorted(asked.values_list("to", flat=True)) == ["alternate@example.org", "amina@example.org"]


def test_the_desk_is_asked_where_nobody_speaks_for_an_organisation_any_more(forum, bruno):
    membership = accrediting.ask_to_join(make_organisation(), by=bruno, at=NOW)
    letter = Letter.objects.get()
    assert letter.to == settings.CONTACT_EMAIL
    assert f"/admin/accreditation/membership/{membership.pk}/change/" in letter.text


@pytest.mark.parametrize("days", [7, 0, -3])
def test_a_duty_near_or_past_its_day_is_told_to_those_responsible(forum, days):
    forum.desk_email = "duty@example.org"
    forum.save()
    Milestone.objects.create(
        forum=forum, kind="report", name="Report available", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
    )
    due = Milestone.objects.get().due_on
    at = NOW.replace(year=due.year, month=due.month, day=due.day - days)
    assert announce_milestones(at=at) == 1
    letter = Letter.objects.get()
    check_letter(letter, "en")
    assert "Tuesday 10 February 2026" in letter.text
    assert ("overdue" in letter.subject) is (days < 0)
