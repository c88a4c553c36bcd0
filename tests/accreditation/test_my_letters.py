"""A person says which letters they want and in which language; what nobody may miss is not offered."""

import pytest
from django.urls import reverse

from accreditation.models import User
from forums import operations
from forums.letters.topics import all_topics
from forums.models import Follower, SecondLanguage, StoppedMail
from tests.factories import NOW, make_draft, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("accreditation:my_letters")


@pytest.fixture
def mine(client, amina):
    client.force_login(amina)
    return client


def test_all_topics_are_ticked_at_first_and_the_page_is_linked_from_ones_own(mine):
    page = mine.get(PAGE).content.decode()
    assert page.count(" checked") == len(all_topics())
    assert "Receipts, questions of the Network, decisions and account mail always reach you" in page
    assert f'href="{PAGE}"' in mine.get(reverse("my")).content.decode()


def test_what_is_not_ticked_is_stopped_and_what_is_ticked_starts_again(mine, amina):
    other = StoppedMail.objects.create(email="bruno@example.org", topic="reminders", at=NOW)
    mine.post(PAGE, {"language": "fr", "topics": ["calendar"]})
    stopped = set(StoppedMail.objects.exclude(pk=other.pk).values_list("email", "topic"))
    assert stopped == {(amina.email, topic.code) for topic in all_topics() if topic.code != "calendar"}
    assert User.objects.get(pk=amina.pk).language == "fr"
    page = mine.get(PAGE)
    assert page.context["form"].initial == {"language": "fr", "second": "", "topics": ["calendar"]}
    mine.post(PAGE, {"language": "ar", "topics": [topic.code for topic in all_topics()]})
    assert list(StoppedMail.objects.all()) == [other]


@pytest.mark.parametrize("wrong", [{"language": "tlh"}, {"language": "en", "topics": ["receipts"]}, {}])
def test_what_does_not_exist_is_refused_and_nothing_changes(mine, amina, wrong):
    response = mine.post(PAGE, wrong)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert (User.objects.get(pk=amina.pk).language, StoppedMail.objects.count()) == (amina.language, 0)


def test_what_one_follows_stands_there_with_its_page(mine, amina, forum):
    followed = {"asked_at": NOW, "confirmed_at": NOW, "told_until": NOW}
    own = Follower.objects.create(email=amina.email, forum=forum, **followed)
    theirs = Follower.objects.create(email=make_user().email, forum=forum, **followed)
    page = mine.get(PAGE).content.decode()
    assert own.key in page
    assert theirs.key not in page


def test_strangers_sign_in_first_and_what_they_posted_waits(client):
    for response in (client.get(PAGE), client.post(PAGE, {"language": "fr"})):
        assert response.headers["Location"].startswith(reverse("account_login"))
    assert StoppedMail.objects.count() == 0


def test_whoever_asks_for_a_second_language_reads_everything_twice_in_one_letter(mine, amina, call):
    mine.post(PAGE, {"language": "ar", "second": "fr", "topics": ["calendar", "reminders"]})
    amina.refresh_from_db()
    draft = make_draft(call=call, by=amina)
    about = {"draft": draft, "call": call, "person": amina, "closes": NOW}
    letter = operations.write(
        "submissions/unsent_draft", to=amina.email.upper(), language=amina.language, about=about, key="both", at=NOW
    )
    own, _line, second = letter.text.partition("=" * 40)
    assert ("عزيزي" in own or "السيد" in own or "الأمم" in own, "Nations Unies" in own) == (True, False)
    assert "Nations Unies" in second
    assert letter.html.count("</body>") == 1
    assert '<div lang="fr" dir="ltr">' in letter.html.partition("<hr>")[2]
    assert '<html lang="ar" dir="rtl"' in letter.html
    assert mine.get(PAGE).context["form"].initial["second"] == "fr"


def test_the_same_language_twice_is_one_and_one_language_is_the_rule(mine, amina):
    for second in ("en", ""):
        mine.post(PAGE, {"language": "en", "second": second, "topics": []})
        assert SecondLanguage.objects.count() == 0
