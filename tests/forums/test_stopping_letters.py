"""One click stops a topic of letters, and nothing else; legal notices always arrive."""

import pytest
from django.conf import settings

from forums import operations
from forums.letters import topics
from forums.models import Letter, StoppedMail
from forums.operations.sending import message_of
from tests.factories import NOW, make_submission

pytestmark = pytest.mark.django_db
ADDRESS = "amina@example.org"


def remind(draft, to=ADDRESS, key="k"):
    return operations.write(
        "submissions/unsent_draft",
        to=to,
        language="fr",
        about={"draft": draft, "call": draft.call, "person": draft.begun_by},
        key=key,
        at=NOW,
    )


def path(topic="reminders", email=ADDRESS, language="en"):
    return topics.stop_url(email, topic, language).removeprefix(settings.SITE_URL)


def test_a_stoppable_letter_offers_one_click_and_says_why_it_came_and_how_to_stop_it(draft, client):
    letter = remind(draft)
    message = message_of(letter).message()
    address = message["List-Unsubscribe"].strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith(f"{settings.SITE_URL}/fr/letters/stop/")
    assert address in letter.text
    assert f'href="{address}"' in letter.html
    assert f"<{address}>\n" in message.as_string()  # unbroken, however long
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_legal_notice_offers_nothing_of_the_kind(amina):
    submission = make_submission(by=amina)
    from submissions.notifications import letters_for

    [letter, *_] = letters_for(submission.steps.get(became="submitted"), at=NOW)
    message = message_of(letter).message()
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (None, None)
    assert "/letters/stop/" not in letter.text + letter.html


def test_the_one_click_of_a_mail_program_stops_at_once_without_cookie_or_page(client, draft):
    waiting = remind(draft)
    response = client.post(path(), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert operations.stopping.stopped_topics(ADDRESS) == {"reminders"}
    assert not Letter.objects.filter(pk=waiting.pk).exists()
    assert remind(draft, key="later") is None
    assert remind(draft, to=ADDRESS.upper(), key="loud") is None
    assert Letter.objects.count() == 0


def test_the_one_click_works_where_forgery_is_checked(draft):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(path(), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert StoppedMail.objects.count() == 1


def test_a_mere_look_changes_nothing(client, draft):
    for _ in range(3):
        page = client.get(path())
        client.head(path())
    assert "Stop these letters" in page.content.decode()
    assert StoppedMail.objects.count() == 0
    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex, nofollow"' in page.content.decode()


def test_the_page_stops_and_starts_again_and_pressing_twice_is_pressing_once(client, draft):
    for _ in range(2):
        response = client.post(path(language="ar"), {"act": "stop"}, follow=True)
    page = response.content.decode()
    assert 'dir="rtl"' in page
    assert f"<bdi>{ADDRESS}</bdi>" in page
    assert 'value="start"' in page
    assert StoppedMail.objects.count() == 1
    client.post(path(), {"act": "start"})
    assert StoppedMail.objects.count() == 0
    assert remind(draft) is not None


def test_only_this_topic_of_this_address_is_stopped(client, draft):
    client.post(path())
    assert remind(draft, to="nadia@example.org", key="other") is not None
    assert not operations.stopping.is_stopped(ADDRESS, "calendar")


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "abc", lambda t: t.replace(":", "")])
def test_a_token_that_is_not_ours_is_a_missing_page(client, change):
    token = topics.token_of(ADDRESS, "reminders")
    for method in (client.get, client.post):
        assert method(f"/en/letters/stop/{change(token)}/").status_code == 404
    assert StoppedMail.objects.count() == 0


def test_a_token_of_a_topic_that_does_not_exist_is_a_missing_page(client):
    assert client.post(f"/en/letters/stop/{topics.token_of(ADDRESS, 'receipts')}/").status_code == 404


def test_a_letter_under_way_is_left_alone(draft):
    letter = remind(draft)
    Letter.objects.update(claimed_until=NOW)
    operations.stop_topic(ADDRESS, "reminders", at=NOW)
    assert Letter.objects.filter(pk=letter.pk).exists()
