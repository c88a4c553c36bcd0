"""Titles and summaries in other languages: always with where they come from; a machine's only through the worker."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse

from forums.refusals import Refused
from submissions import operations
from submissions.machine import Engine
from submissions.models import InputTranslation, PublishedInput, Submission
from submissions.operations import translating
from tests.factories import NOW, make_proposal, make_published, make_submission, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
FRENCH = {"language": "fr", "title": "Aide consulaire", "summary": "Ce que neuf missions ont changé."}


class Parrot(Engine):
    """Says after what it is given, and remembers what that was."""

    heard = []

    def translate(self, texts, *, source, target):
        self.heard.append((tuple(texts), source, target))
        return [f"{target}: {text}" for text in texts]


class Mute(Engine):
    def translate(self, texts, *, source, target):
        raise TimeoutError("nobody answers")


@pytest.fixture
def parrot(settings):
    settings.TRANSLATION_ENGINE = f"{__name__}.Parrot"
    Parrot.heard.clear()
    return Parrot


@pytest.fixture
def published(db):
    return make_published()


@pytest.fixture
def french(published, elena):
    operations.write_translation(published.submission, **FRENCH, origin="official", by=elena, at=NOW)
    published.refresh_from_db()
    return published


def page(client, published, language="fr"):
    return client.get(f"/{language}/inputs/{published.reference}/").content.decode()


def test_the_reader_sees_it_in_their_language_with_where_it_comes_from_and_the_original(client, french):
    said = page(client, french)
    assert '<h1 lang="fr" dir="ltr">Aide consulaire</h1>' in said
    assert "<strong>Consular help for seasonal workers</strong>" in said
    assert "Ce que neuf missions ont changé." in said
    english = page(client, french, "en")
    assert '<h1 lang="en" dir="ltr">Consular help for seasonal workers</h1>' in english
    assert "Aide consulaire" not in english


def test_lists_show_it_in_the_language_of_the_page_with_its_label(client, french):
    listed = client.get("/fr/inputs/").content.decode()
    assert '<h2 lang="fr" dir="ltr"><a' in listed
    assert "Aide consulaire" in listed
    assert "Aide consulaire" not in client.get("/en/inputs/").content.decode()


def test_an_arabic_translation_keeps_its_direction(client, published, elena):
    operations.write_translation(
        published.submission, language="ar", title="المساعدة القنصلية", summary="", origin="author", by=elena, at=NOW
    )
    assert '<h1 lang="ar" dir="rtl">المساعدة القنصلية</h1>' in page(client, published, "ar")


def test_it_is_found_in_its_language(client, french):
    assert "Aide consulaire" in client.get("/fr/inputs/", {"q": "consulaires"}).content.decode()
    assert client.get("/fr/inputs/", {"q": "consulaires"}).context["total"] == 1
    operations.set_translation_aside(InputTranslation.objects.get(), by=make_user(), at=LATER)
    assert client.get("/fr/inputs/", {"q": '"aide consulaire"'}).context["total"] == 0


def test_the_api_says_it_and_the_public_side_changes(client, french):
    words = {
        "title": FRENCH["title"],
        "summary": FRENCH["summary"],
        "origin": "official",
        "checked": False,
        "outdated": False,
    }
    assert client.get(f"/api/v1/inputs/{french.reference}/").json()["translations"] == {"fr": words}
    assert client.get("/api/v1/inputs/").json()["results"][0]["translations"] == {"fr": words}
    assert french.changed_at == NOW


def test_pages_cost_no_statement_more(client, french, count_statements):
    assert count_statements(lambda: page(client, french)) <= 6
    assert count_statements(lambda: client.get("/fr/inputs/")) <= 8


def test_only_what_is_public_is_translated_and_never_into_its_own_language(published, elena):
    for submission, language in ((make_submission(status="accepted"), "fr"), (published.submission, "en")):
        with pytest.raises(Refused):
            operations.write_translation(submission, **{**FRENCH, "language": language}, origin="official", by=elena, at=NOW)


def test_what_is_taken_down_shows_no_translation_and_gets_it_back_with_the_input(client, french, elena):
    operations.take_down(french.submission, by=elena, at=NOW, reason="At its author's request.")
    assert PublishedInput.objects.get().translations == {}
    assert "Aide" not in page(client, french)
    french.submission.refresh_from_db()
    operations.publish(french.submission, by=elena, at=LATER)
    assert PublishedInput.objects.get().translations["fr"]["title"] == "Aide consulaire"


def test_a_new_version_marks_it_as_of_an_earlier_one_until_a_person_looks(client, french, elena):
    sent = Submission.objects.get(pk=french.submission_id)
    operations.approve(make_proposal(sent, title="Consular help for workers"), by=elena, at=LATER)
    assert PublishedInput.objects.get().translations["fr"]["outdated"] is True
    row = InputTranslation.objects.get()
    operations.correct_translation(row, title="Aide", summary=row.summary, checked=True, by=elena, at=LATER)
    shown = PublishedInput.objects.get().translations["fr"]
    assert (shown["outdated"], shown["checked"], shown["title"]) == (False, True, "Aide")


def test_a_new_version_with_the_same_title_and_summary_leaves_it(french, elena):
    sent = Submission.objects.get(pk=french.submission_id)
    operations.approve(make_proposal(sent, text="Other text."), by=elena, at=LATER)
    assert PublishedInput.objects.get().translations["fr"]["outdated"] is False


# Machines -------------------------------------------------------------------------------------------------------------


def test_without_an_engine_nothing_is_asked(published, elena):
    with pytest.raises(Refused):
        operations.ask_machine(published.submission, language="fr", by=elena, at=NOW)
    assert operations.make_translations(at=NOW) == 0


def test_the_worker_asks_the_machine_and_it_is_labelled_until_a_person_checked_it(client, published, elena, parrot):
    operations.ask_machine(published.submission, language="fr", by=elena, at=NOW)
    assert parrot.heard == []
    assert PublishedInput.objects.get().translations == {}
    assert operations.make_translations(at=LATER) == 1
    assert parrot.heard == [(("Consular help for seasonal workers", "What nine missions changed."), "en", "fr")]
    shown = PublishedInput.objects.get().translations["fr"]
    assert (shown["origin"], shown["checked"]) == ("machine", False)
    assert "wait" in page(client, published)
    row = InputTranslation.objects.get()
    operations.correct_translation(row, title="Aide", summary=row.summary, checked=False, by=elena, at=LATER)
    assert PublishedInput.objects.get().translations["fr"]["checked"] is False
    operations.correct_translation(row, title="Aide", summary=row.summary, checked=True, by=elena, at=LATER)
    shown = PublishedInput.objects.get().translations["fr"]
    assert (shown["origin"], shown["checked"]) == ("machine", True)


def test_the_machine_never_hears_what_nobody_may_read(published, elena, parrot):
    operations.ask_machine(published.submission, language="fr", by=elena, at=NOW)
    operations.take_down(published.submission, by=elena, at=NOW, reason="At its author's request.")
    assert operations.make_translations(at=LATER) == 0
    assert parrot.heard == []
    assert InputTranslation.objects.get().state == "aside"


def test_a_machine_that_fails_is_asked_three_times(published, elena, settings):
    settings.TRANSLATION_ENGINE = f"{__name__}.Mute"
    operations.ask_machine(published.submission, language="fr", by=elena, at=NOW)
    for _try in range(5):
        operations.make_translations(at=LATER)
    row = InputTranslation.objects.get()
    assert (row.tries, row.trouble, row.state) == (3, "TimeoutError: nobody answers", "asked")


def test_a_person_goes_before_the_machine(published, elena, parrot):
    operations.ask_machine(published.submission, language="fr", by=elena, at=NOW)
    operations.write_translation(published.submission, **FRENCH, origin="author", by=elena, at=NOW)
    operations.make_translations(at=LATER)
    assert PublishedInput.objects.get().translations["fr"]["origin"] == "author"


# Authors and the desk -------------------------------------------------------------------------------------------------


def test_an_offer_of_its_author_waits_for_the_desk(published, elena):
    row = operations.offer_translation(published.submission, **FRENCH, by=published.submission.begun_by, at=NOW)
    assert PublishedInput.objects.get().translations == {}
    operations.take_offer(row, by=elena, at=LATER)
    shown = PublishedInput.objects.get().translations["fr"]
    assert (shown["origin"], shown["checked"]) == ("author", True)
    with pytest.raises(Refused):
        operations.take_offer(row, by=elena, at=LATER)


def test_the_desk_writes_corrects_and_sets_aside(desk_client, elena, published):
    client, add = desk_client(elena), reverse("admin:submissions_inputtranslation_add")
    typed = {"reference": published.reference.lower(), **FRENCH, "origin": "official"}
    assert client.post(add, {**typed, "reference": "IMRF-2026-I-99999"}).status_code == 200
    assert client.post(add, typed).status_code == 302
    row = InputTranslation.objects.get()
    change = reverse("admin:submissions_inputtranslation_change", args=[row.pk])
    assert "Consular help" in client.get(change).content.decode()
    assert client.post(change, {"title": "Aide", "summary": "", "checked": "on"}).status_code == 302
    assert PublishedInput.objects.get().translations["fr"]["checked"] is True
    room = reverse("admin:submissions_inputtranslation_changelist")
    client.post(room, {"action": "set_aside", "_selected_action": [row.pk]})
    assert PublishedInput.objects.get().translations == {}


def test_a_machine_is_no_choice_where_there_is_none(desk_client, elena, published):
    add = reverse("admin:submissions_inputtranslation_add")
    typed = {"reference": published.reference, **FRENCH, "origin": "machine"}
    assert desk_client(elena).post(add, typed).status_code == 200
    assert not InputTranslation.objects.exists()


def test_an_author_offers_one_from_my_page_and_only_who_speaks_may(client, published):
    author = published.submission.begun_by
    client.force_login(author)
    address = f"/en/my/inputs/{published.submission_id}/translate/"
    assert address in client.get(f"/en/my/inputs/{published.submission_id}/").content.decode()
    assert client.post(address, {**FRENCH, "language": "en"}).status_code == 200
    assert client.post(address, FRENCH).status_code == 302
    assert InputTranslation.objects.get().state == "offered"
    client.force_login(make_user())
    assert client.get(address).status_code == 404


# What is redacted -----------------------------------------------------------------------------------------------------


def redact(published, by, passage, part="title"):
    why = {"kind": "personal", "reason": "She did not agree to be named."}
    return operations.redact(published.submission, by=by, at=LATER, part=part, passage=passage, **why)


def test_a_redacted_title_takes_its_translations_off_the_public_side_until_it_is_lifted(client, french, elena):
    made = redact(french, elena, "seasonal workers")
    assert PublishedInput.objects.get().translations == {}
    assert "Aide consulaire" not in page(client, french) + client.get("/fr/inputs/?q=consulaire").content.decode()
    assert PublishedInput.objects.filter(vector="consulair").count() == 0
    operations.lift(made, by=elena, at=LATER, reason="She agreed.")
    assert "Aide consulaire" in page(client, french)


def test_what_is_redacted_in_the_text_alone_leaves_translations_and_the_search_finds_them(client, french, elena):
    text = french.version.content["text"]
    redact(french, elena, text.split()[0], part="text")
    assert "Aide consulaire" in page(client, french)
    assert PublishedInput.objects.filter(vector="consulair").count() == 1


def test_a_translation_of_an_earlier_title_that_is_redacted_is_not_shown(client, french, amina, elena):
    proposal = make_proposal(french.submission, by=amina, title="Help at embassies")
    operations.approve(proposal, by=elena, at=LATER)
    assert "Aide consulaire" in page(client, french)
    redact(french, elena, "seasonal workers", part="")
    assert "Aide consulaire" not in page(client, french)


def test_redacted_words_are_not_given_to_the_machine(published, parrot, elena):
    asked = {"by": elena, "at": NOW}
    operations.ask_machine(published.submission, language="fr", **asked)
    redact(published, elena, "seasonal workers")
    with pytest.raises(Refused):
        operations.ask_machine(published.submission, language="es", **asked)
    assert operations.make_translations(at=LATER) == 0
    assert (parrot.heard, InputTranslation.objects.get().state) == ([], "aside")


def test_the_room_shows_the_original_title_as_everybody_reads_it(desk_client, french, elena):
    redact(french, elena, "seasonal workers")
    row = InputTranslation.objects.get()
    shown = desk_client(elena).get(reverse("admin:submissions_inputtranslation_change", args=[row.pk]))
    assert "Consular help for [redacted" in shown.content.decode()
    assert "seasonal" not in shown.content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_sets_a_translation_aside_while_words_are_redacted_does_not_put_them_back(french, elena, monkeypatch):
    def redacted():
        redact(french, elena, "seasonal workers")
        connection.close()

    other, made = Thread(target=redacted), translating.vector_shown

    def meanwhile(*about):
        other.start()
        other.join(timeout=2)  # until it is through, or waits for this transaction
        return made(*about)

    monkeypatch.setattr(translating, "vector_shown", meanwhile)
    operations.set_translation_aside(InputTranslation.objects.get(), by=elena, at=LATER)
    other.join()
    assert PublishedInput.objects.filter(vector="season").count() == 0
