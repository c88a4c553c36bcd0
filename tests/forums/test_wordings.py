"""The desk's own words for letters: every kind is known, what cannot be filled in is refused, values stay plain text."""

import re
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from forums import operations
from forums.letters import frame
from forums.letters.filling import filled, problems_of
from forums.letters.kinds import all_kinds, kind_of, name_of
from forums.letters.topics import all_topics
from forums.models import Letter, Wording
from forums.operations.sending import message_of
from forums.refusals import Refused
from tests.factories import NOW, make_draft

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
CODES = sorted(kind.code for kind in all_kinds())
HOSTILE = 'Täglich <script>alert(1)</script> & "quotes" https://evil.example {{ 7|add:7 }} {person} {0.__class__} %(x)s'
KIND = "submissions/unsent_draft"


@pytest.fixture
def about(amina):
    draft = make_draft(by=amina)
    return {"draft": draft, "call": draft.call, "person": amina}


def write(about, key="k", language="en", **more):
    return operations.write(KIND, to="amina@example.org", language=language, about=about, key=key, at=NOW, **more)


def word(subject="About {title}", text="Dear {person},\n\n{title} of {organisation}.", language="en"):
    return operations.word(kind_of(KIND), language=language, subject=subject, text=text)


# Kinds ---------------------------------------------------------------------------------------------------------------


def trios():
    emails = ROOT / "templates" / "emails"
    return sorted(str(file.relative_to(emails)).removesuffix(".subject.txt") for file in emails.rglob("*.subject.txt"))


def test_every_trio_of_templates_is_a_kind_and_every_kind_has_its_trio():
    assert trios() == CODES


def test_every_topic_has_a_kind_and_every_topic_of_a_kind_is_known():
    assert {topic.code for topic in all_topics()} == {kind.topic for kind in all_kinds()} - {""}


def test_receipts_questions_and_decisions_cannot_be_stopped():
    stoppable = {kind.code for kind in all_kinds() if kind.topic}
    reminders = {"submissions/unsent_draft", "submissions/joint_reminder", "submissions/call_letter"}
    assert stoppable <= {*reminders, "forums/calendar_change", "forums/calendar_digest", "submissions/new_inputs"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_shipped_words_can_be_taken_over_and_say_the_same(code, language):
    """Subject and text with their placeholders, filled in from the same record, are the shipped letter again."""
    kind = kind_of(code)
    with translation.override(language):
        about = frame.with_site(kind.sample())
        shipped = frame.shipped(code, about)
        subject, text = frame.starting_words(kind)
        assert problems_of(subject + text, kind.known) == []
        words = frame.worded(kind, subject, text, about)
    assert (words.subject, words.text) == (shipped.subject, shipped.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_nothing_of_the_sample_is_left_in_the_words_one_begins_from(code, language):
    """A date or a number in them would be told to everybody."""
    with translation.override(language):
        subject, text = frame.starting_words(kind_of(code))
    assert not re.search(r"\d", f"{subject} {text}".replace("SHA-256", "").replace("{sha256}", ""))


@pytest.mark.parametrize("code", CODES)
def test_every_placeholder_has_words_in_every_language(code):
    kind = kind_of(code)
    for language in LANGUAGES:
        with translation.override(language):
            about = frame.with_site(kind.sample())
            values = {name: str(placeholder.value(about)) for name, placeholder in kind.known.items()}
        assert [name for name, value in values.items() if not value or value == "None"] == []


def test_account_mail_has_a_name_too():
    assert str(name_of("account/email/password_reset_key")) == "Account mail"


# Words that are refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {persn},", "“{persn}” is not a placeholder of this letter. It knows: {person}, {title},"),
        ("Dear {person,", "A brace stands alone near “Dear {person,”."),
        ("Dear person},", "A brace stands alone near “Dear person},”."),
        ("{{7*7}}", "A brace stands alone near “{{7*7}}”."),
        ("{0.__class__}", "“{0.__class__}” is not a placeholder"),
        ("{person.password}", "“{person.password}” is not a placeholder"),
        ("{}", "“{}” is not a placeholder"),
        ("{person!r}", "“{person!r}” is not a placeholder"),
        ("{per\nson}", "A brace stands alone"),
        ("   ", "A letter needs a subject and a text."),
    ],
)
def test_words_that_cannot_be_filled_in_are_refused_with_a_sentence(db, text, said):
    for fields in ({"text": text}, {"subject": text}) if "\n" not in text else ({"text": text},):
        with pytest.raises(Refused) as why:
            word(**fields)
        assert said in str(why.value)
    assert Wording.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["100 % sure", "%(title)s", "$person", "<b>{title}</b>", "{{ no".replace("{", "(")])
def test_other_signs_are_only_text(about, text):
    word(text=text)
    assert write(about).text.startswith(text.replace("{title}", about["draft"].title))


# Words in use --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_own_words_are_written_in_their_language_only_and_the_foot_stays(about):
    shipped = {language: write(about, f"shipped {language}", language) for language in ("en", "fr")}
    word()
    own = write(about, "own")
    assert own.subject == f"About {about['draft'].title}"
    assert own.text.startswith(f"Dear Amina,\n\n{about['draft'].title} of ")
    assert own.text.rpartition("\n--\n")[2] == shipped["en"].text.rpartition("\n--\n")[2]
    french = write(about, "french", "fr")
    assert (french.subject, french.text) == (shipped["fr"].subject, shipped["fr"].text)


@pytest.mark.django_db
def test_back_to_the_shipped_words_and_own_ones_once_more(about):
    shipped = write(about, "shipped")
    own = word()
    operations.back_to_shipped(own)
    assert write(about, "again").text == shipped.text
    with pytest.raises(Refused):
        operations.back_to_shipped(own)
    assert word().pk == own.pk
    assert write(about, "own").text != shipped.text


@pytest.mark.django_db
def test_a_value_is_text_and_nothing_more(about):
    about["draft"].title = HOSTILE
    word(text="{title}\n\nOpen {address} or https://un.example/x")
    letter = write(about)
    assert HOSTILE in letter.text
    assert "<script" not in letter.html
    assert 'href="https://evil.example' not in letter.html
    assert "<bdi>Täglich &lt;script&gt;" in letter.html
    assert f'<a href="{settings.SITE_URL}/en/my/inputs/{about["draft"].pk}/edit/">' in letter.html
    assert "{person}" in letter.text  # what a title says is not filled in again


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["{}.evil.example/x", "{}@evil.example", "{}:81@evil.example"])
def test_an_address_that_only_begins_like_ours_becomes_no_link_elsewhere(about, site):
    about["draft"].title = site.format(settings.SITE_URL)
    word(text="{title}")
    assert "evil.example" not in "".join(part.partition('"')[0] for part in write(about).html.split('href="')[1:])


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Line\r\nBcc: evil@example.org", "Two\u2028lines", "Tab\tNUL\x00", "x" * 5000])
def test_a_value_adds_no_header(about, title):
    about["draft"].title = title
    word(subject="{title}: {title}")
    letter = write(about)
    assert letter.subject.splitlines() == [letter.subject]
    assert len(letter.subject) <= 300
    mail = message_from_bytes(message_of(letter).message().as_bytes())
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject")) == 1


def test_control_words_filled_in_by_python_itself_would_reach_into_what_they_name():
    """Python's own formatting reaches into objects: the reason why ours knows names only."""
    text = "{0.__class__}"
    assert "class" in text.format(1)
    with pytest.raises(KeyError):
        filled(text, {}.__getitem__)


@pytest.mark.django_db
def test_a_wording_that_fails_sends_the_shipped_letter_and_tells_the_desk(about, caplog):
    shipped = write(about, "shipped")
    Wording.objects.create(kind=KIND, language="en", subject="{gone}", text="{title}")
    letter = write(about, "own")
    assert letter.text == shipped.text
    assert "gone" in Wording.objects.get().trouble
    assert "could not be filled in" in caplog.text
    word()
    assert Wording.objects.get().trouble == ""


@pytest.mark.django_db
def test_words_in_arabic_run_from_right_to_left(about):
    word(text="عزيزي {person}،\n\n{title}", language="ar")
    html = write(about, language="ar").html
    assert '<html lang="ar" dir="rtl">' in html
    assert "<p>عزيزي <bdi>Amina</bdi>،</p>" in html


@pytest.mark.django_db
def test_a_letter_knows_its_forum(about, forum):
    assert write(about, forum=forum).forum == forum
    assert list(Letter.objects.filter(forum=forum).values_list("key", flat=True)) == ["k"]
