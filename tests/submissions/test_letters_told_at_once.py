"""What the desk does beside decisions shows its letters first: redacting, particulars, wishes, names, opening, recording."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from forums import operations as ground
from forums.models import Letter, SecondPersonRequest
from submissions import operations
from submissions.models import LateOpening, LettersChoice, PublicityRequest, Reclassification, Redaction, Submission
from submissions.tasks import announce_steps
from tests.factories import NOW, make_call, make_submission, make_user

pytestmark = pytest.mark.django_db
NAME = "Zuleikha Marandi"


@pytest.fixture
def public(call, organisation, amina):
    own = {"call": call, "organisation": organisation, "by": amina}
    return make_submission(**own, status="published", text=f"Nine missions answer. {NAME} waited. Amber birch cedar dune.")


@pytest.fixture
def desk(desk_client, elena):
    return desk_client(elena)


def kind(name):
    return Letter.objects.filter(kind=f"submissions/{name}")


def page_of(thing, name="change"):
    return reverse(f"admin:submissions_{thing._meta.model_name}_{name}", args=[thing.pk])


def in_other_words(shown, subject, text):
    return {f"letters-subject-{shown['end']}": subject, f"letters-text-{shown['end']}": text}


# Redactions ------------------------------------------------------------------------------------------------------------


TYPED = {"press": "redact", "redact-passage": NAME, "redact-kind": "personal", "redact-reason": "She did not agree."}


def redact(desk, submission, **typed):
    return desk.post(page_of(submission, "redactions"), {**TYPED, **typed})


def test_the_letter_about_a_redaction_is_shown_first_in_the_language_of_its_reader(desk, public, amina):
    amina.language = "es"
    amina.save()
    [shown] = redact(desk, public).context["letters"]
    assert (shown["letter"].language, "She did not agree." in shown["letter"].text) == ("es", True)
    assert not (Redaction.objects.exists())
    assert not (kind("redacted").exists())
    assert "She did not agree." in desk.get(page_of(public, "redactions")).content.decode()  # who goes back finds it
    assert redact(desk, public, letters="send").status_code == 302
    assert kind("redacted").get().text == shown["letter"].text
    assert "She did not agree." not in desk.get(page_of(public, "redactions")).context["forms"]["redact"].initial.values()


def test_a_redaction_is_told_in_other_words_or_not_at_all_with_a_reason(desk, public, elena):
    [shown] = redact(desk, public).context["letters"]
    assert "has to hear of this" in redact(desk, public, letters="none").content.decode()
    assert not Redaction.objects.exists()
    redact(desk, public, letters="words", **in_other_words(shown, "About your text", "One name is taken out."))
    assert kind("redacted").get().subject == "About your text"
    again = {"redact-passage": "Nine missions", "letters-reason": "We spoke by telephone."}
    redact(desk, public, letters="none", **again)
    withheld = kind("redacted").order_by("pk").last()
    assert (withheld.is_withheld, withheld.last_error) == (True, "We spoke by telephone.")


def test_what_cannot_be_redacted_shows_no_letter_and_keeps_what_was_typed(desk, public):
    page = redact(desk, public, **{"redact-passage": "not there"})
    assert "letters" not in page.context
    assert ["do not stand there" in page.content.decode(), "not there" in page.content.decode()] == [True, True]


def test_lifting_shows_its_letter(desk, public, elena):
    made = operations.redact(public, by=elena, at=NOW, kind="personal", reason="Not agreed.", passage=NAME)
    typed = {"press": "lift", "redaction": made.pk, "lift-reason": "She agreed."}
    assert len(desk.post(page_of(public, "redactions"), typed).context["letters"]) == 1
    assert Redaction.objects.get().lifted_at is None
    page = desk.get(page_of(public, "redactions"))
    assert (page.context["lifting"], "She agreed." in page.content.decode()) == (str(made.pk), True)
    desk.post(page_of(public, "redactions"), {**typed, "letters": "send"})
    assert kind("redaction_lifted").count() == 1


def test_looking_at_the_letters_costs_the_same_however_many_redactions_there_are(desk, public, elena, count_statements):
    operations.redact(public, by=elena, at=NOW, kind="personal", reason="No.", passage="Amber")
    redact(desk, public)  # the first answer of a session asks more
    few = count_statements(lambda: redact(desk, public))
    for word in ("birch", "cedar", "dune"):
        operations.redact(public, by=elena, at=NOW, kind="personal", reason="No.", passage=word)
    assert count_statements(lambda: redact(desk, public)) == few


# Particulars -----------------------------------------------------------------------------------------------------------


def correct(desk, submission, **typed):
    said = {"level": "global", "language": "en", "objectives": [14, 15], "countries": ["KEN"], "seen": 0}
    return desk.post(page_of(submission, "particulars"), {**said, "reason": "It speaks of the world.", **typed})


def test_particulars_are_corrected_after_the_letter_was_shown(desk, public):
    [shown] = correct(desk, public).context["letters"]
    assert not Reclassification.objects.exists()
    form = desk.get(page_of(public, "particulars")).context["form"]
    assert (form.initial["level"], form.initial["reason"]) == ("global", "It speaks of the world.")
    words = in_other_words(shown, "Your level", "It is global now.")
    assert correct(desk, public, letters="words", **words).status_code == 302
    assert kind("reclassified").get().subject == "Your level"


# Wishes ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def wish(public, amina):
    return operations.ask_otherwise(public, wanted="desk", reason="A member was threatened.", by=amina, at=NOW)


def test_a_wish_is_refused_after_its_letter_was_shown(desk, wish):
    typed = {"decision": "refuse", "answer": "It was cited in the report."}
    assert len(desk.post(page_of(wish), typed).context["letters"]) == 1
    assert PublicityRequest.objects.get().settled_at is None
    assert "It was cited in the report." in desk.get(page_of(wish)).content.decode()
    assert desk.post(page_of(wish), {**typed, "letters": "send"}).status_code == 302
    assert kind("wish_refused").count() == 1
    assert desk.get(page_of(wish)).context.get("typed") == ""


def test_a_granted_wish_shows_the_letter_about_what_is_taken_down_and_keeps_what_was_decided(desk, wish, public):
    [shown] = desk.post(page_of(wish), {"decision": "grant", "answer": ""}).context["letters"]
    assert shown["letter"].kind == "submissions/taken_down"
    assert Submission.objects.get(pk=public.pk).status == "published"
    words = in_other_words(shown, "As you wished", "It is down.")
    assert desk.post(page_of(wish), {"decision": "grant", "answer": "", "letters": "words", **words}).status_code == 302
    announce_steps()
    assert kind("taken_down").get().subject == "As you wished"
    assert LettersChoice.objects.count() == 1


def test_granting_a_wish_of_what_is_no_longer_public_tells_nobody(desk, wish, public, elena):
    operations.take_down(Submission.objects.get(pk=public.pk), by=elena, at=NOW, reason="Another matter.")
    assert desk.post(page_of(wish), {"decision": "grant", "answer": ""}).status_code == 302
    assert PublicityRequest.objects.get().granted is True


# Opening after the closing ---------------------------------------------------------------------------------------------


def test_who_asks_to_open_an_input_sees_the_letters_and_what_they_decided_is_agreed_to(desk, organisation, amina):
    own = {"call": make_call(window="closed"), "organisation": organisation, "by": amina}
    sent = make_submission(**own, at=NOW - timedelta(days=30), status="published")
    typed = {"decision": "open_late", "open_late-last_day": "2090-01-31", "open_late-reason": "An annex is missing."}
    [shown] = desk.post(page_of(sent), typed).context["letters"]
    assert not SecondPersonRequest.objects.exists()
    words = in_other_words(shown, "You may add", "Until the end of January.")
    assert desk.post(page_of(sent), {**typed, "letters": "words", **words}).status_code == 302
    asked, second = SecondPersonRequest.objects.get(), make_user(staff=True, roles=["editor"])
    assert not (LateOpening.objects.exists())
    assert not (kind("addition_opened").exists())
    page = desk.get(reverse("admin:forums_secondpersonrequest_change", args=[asked.pk])).content.decode()
    assert "Until the end of January." in page
    ground.agree_as_second(asked, by=second, at=now())
    assert kind("addition_opened").get().subject == "You may add"
