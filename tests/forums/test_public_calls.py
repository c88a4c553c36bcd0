"""What the public and those who write see of a call: what it asks, what it feeds, and every closing it once had."""

from datetime import timedelta

import pytest

from forums.models import DocumentFile
from forums.operations import extend
from tests.factories import make_call, make_draft, make_forum, make_user

pytestmark = pytest.mark.django_db
QUESTIONS = "What has been achieved?\n\n  What stood in the way?  \nWhat should be recommended?"


@pytest.fixture
def call():
    forum = make_forum("demo", name="Demonstration")
    duty = forum.milestones.create(
        kind="note", name="Background note 1", weeks_before=6, resolution="A/RES/73/326", paragraph="22",
        round_table=forum.round_tables.get(number=1),
    )  # fmt: skip
    return make_call(
        forum,
        slug="round-table-1",
        kind="round_table",
        feeds=duty,
        questions_en=QUESTIONS,
        questions_fr="Qu’a-t-on accompli ?",
        contact="inputs@example.org",
        guidance_en="Be short.",
    )


def page(client, call, language="en"):
    return client.get(f"/{language}/forums/{call.forum.slug}/").content.decode()


def test_a_call_says_what_it_asks_whom_to_ask_and_what_it_feeds(client, call):
    shown = page(client, call)
    for words in (
        "Input to a round table",
        "Be short.",
        "<li>What has been achieved?</li><li>What stood in the way?</li><li>What should be recommended?</li>",
        'href="mailto:inputs@example.org"',
        "Feeds <bdi>Background note 1</bdi> (A/RES/73/326, paragraph 22).",
    ):
        assert words in shown


def test_questions_are_asked_in_the_readers_language(client, call):
    assert "<li>Qu’a-t-on accompli ?</li>" in page(client, call, "fr")
    assert "<li>What has been achieved?</li>" in page(client, call, "ru")  # not translated: English


def test_every_closing_a_call_once_had_is_struck_through_with_reason_and_authority(client, call):
    first, at = call.closes_at, call.closes_at - timedelta(days=1)
    words = {"reason": "A <b>storm</b>.", "authority": "Co-chairs & others", "by": make_user()}
    call.feeds = None
    call.save()
    extend(call, closes_at=first + timedelta(days=7), at=at, **words)
    extend(call, closes_at=first + timedelta(days=30), at=first + timedelta(days=8), **words)
    shown = page(client, call).partition('<li id="call-round-table-1">')[2].partition("</ul>")[0]
    assert shown.count("<del><time") == 2
    assert "<strong>Extended</strong>: <del>" in shown
    assert "<strong>Reopened</strong>: <del>" in shown
    assert "A &lt;b&gt;storm&lt;/b&gt;." in shown
    assert '<bdi lang="und">Co-chairs &amp; others</bdi>' in shown


def test_whoever_writes_has_guidance_and_questions_at_hand(client, call, amina):
    draft = make_draft(call=call, by=amina)
    client.force_login(amina)
    for address in (f"/en/my/inputs/{draft.pk}/edit/", "/en/my/inputs/new/demo/round-table-1/"):
        shown = client.get(address).content.decode()
        assert "<li>What stood in the way?</li>" in shown, address
        assert "Be short." in shown


def test_a_document_is_read_in_each_language_that_is_there(client, call):
    document = call.forum.documents.create(
        kind="background_note", symbol="A/80/7", title="Note", available_on="2026-01-05", late_because="It took longer."
    )
    document.languages.create(language="ar", url="https://undocs.org/ar/A/80/7")
    kept = {"file": "documents/x.pdf", "size": 2048, "sha256": "a" * 64}
    document.languages.create(language="fr", verdict="clean", **kept)
    document.languages.create(language="es", verdict="waiting", **kept)
    shown = page(client, call)
    assert 'href="https://undocs.org/ar/A/80/7" hreflang="ar"' in shown
    assert f'href="/documents/{document.pk}/fr/" hreflang="fr"' in shown
    assert "2.0" in shown
    assert f"/documents/{document.pk}/es/" not in shown
    assert "It took longer." in shown
    DocumentFile.objects.update(verdict="clean")
    assert f"/documents/{document.pk}/es/" in page(client, call)


def test_the_page_costs_the_same_with_one_and_with_thirty_calls_and_documents(client, call, count_statements):
    counts = []
    for number in (1, 29):
        for each in range(number):
            more = make_call(call.forum, feeds=call.feeds, slug=f"more-{number}-{each}")
            more.extensions.create(was=more.opens_at, became=more.closes_at, reason="x", authority="y", at=more.opens_at)
            document = call.forum.documents.create(kind="other", title="D", meets=call.feeds)
            document.languages.create(language="ar", url="https://example.org/")
        counts.append(count_statements(lambda: page(client, call)))
    assert counts[0] == counts[1]
