"""An organisation describes itself: names in six languages, kind, place, what it belongs to; two who write lose nothing."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accreditation import operations
from accreditation.forms_record import RecordForm, said_of
from accreditation.models import Organisation, Resemblance
from accreditation.operations import RecordChanged
from accreditation.search import organisations_alike
from forums.refusals import Refused
from tests.factories import NOW, join, make_organisation, make_standing

pytestmark = pytest.mark.django_db


def address(organisation):
    return reverse("accreditation:record", args=[organisation.slug])


def typed(organisation, **changes):
    """What the page would post, changed."""
    form = RecordForm(organisation=Organisation.objects.get(pk=organisation.pk))
    answers = {}
    for name in form.fields:
        value = form[name].value()
        answers[name] = value if name == "regions" else "\n".join(value) if isinstance(value, list) else value
    return {**answers, **changes}


def names(organisation, use):
    return sorted(organisation.names.filter(use=use).values_list("name", flat=True))


@pytest.fixture
def mine(client, amina):
    client.force_login(amina)
    return client


def test_everything_that_is_said_is_kept_and_shown_again(mine, organisation):
    network, parent = make_organisation("World Harbour Network"), make_organisation("Harbour Federation")
    said = {
        "name": "Harbour Light International",
        "acronym": "HLI",
        "official_fr": "Lumière du port",
        "official_ar": "ضوء الميناء",
        "official_ru": "Свет гавани",
        "also_called": "The Light\r\n\r\nHarbour people",
        "kind": "faith_based",
        "country": "NPL",
        "regions": ["ECA"],
        "seat": "Kathmandu",
        "website": "harbour.example.org",
        "parent": "harbour federation",
        "networks": f"{network.slug}",
    }
    answer = mine.post(address(organisation), typed(organisation, **said))
    assert answer.status_code == 302, answer.context["form"].errors
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind, organisation.country_id) == (said["name"], "faith_based", "NPL")
    assert (organisation.parent, list(organisation.networks.all())) == (parent, [network])
    assert [region.pk for region in organisation.regions.all()] == ["ECA"]
    assert organisation.website == "https://harbour.example.org"
    assert organisation.other_names == {"fr": "Lumière du port", "ar": "ضوء الميناء", "ru": "Свет гавани"}
    assert names(organisation, "alias") == ["Harbour people", "The Light"]
    assert names(organisation, "former") == ["Harbour Light"]
    page = mine.get(address(organisation)).content.decode()
    for word in ("Harbour Light International", "HLI", "ضوء الميناء", "Kathmandu", "The Light", "World Harbour Network"):
        assert word in page
    for name in ("Lumiere du port", "harbour light", "HLI", "Свет гавани"):
        assert organisations_alike(name)[0].thing == organisation, name


def test_a_name_written_otherwise_is_no_former_name(mine, organisation):
    mine.post(address(organisation), typed(organisation, name="HARBOUR  light"))
    organisation.refresh_from_db()
    assert organisation.name == "HARBOUR light"
    assert names(organisation, "former") == []


def test_names_that_are_taken_away_go(mine, organisation):
    mine.post(address(organisation), typed(organisation, official_fr="Lumière", also_called="Light\nLamp"))
    mine.post(address(organisation), typed(organisation, official_fr="", also_called="Lamp"))
    assert (names(organisation, "official"), names(organisation, "alias")) == ([], ["Lamp"])


def test_signs_that_nobody_sees_are_taken_out_of_every_name(mine, organisation):
    said = {"name": "Har\u200bbour\u202e", "official_fr": "Lu\u200emière", "also_called": "Light\u2066\nLamp\ufeff"}
    mine.post(address(organisation), typed(organisation, **said))
    organisation.refresh_from_db()
    assert (organisation.name, organisation.other_names) == ("Harbour", {"fr": "Lumière"})
    assert names(organisation, "alias") == ["Lamp", "Light"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "required"),
        ({"official_en": "Another name"}, "stands above"),
        ({"parent": "Nobody knows this body"}, "No organisation here is called"),
        ({"parent": "harbour fedration"}, "[organisation-"),
        ({"also_called": "\n".join(f"Name {n}" for n in range(21))}, "at most 20"),
        ({"also_called": "x" * 251}, "at most 250"),
        ({"website": "nonsense//"}, "valid URL"),
        ({"country": "XXX"}, "valid choice"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(mine, organisation, said, words):
    make_organisation("Harbour Federation")
    answer = mine.post(address(organisation), typed(organisation, seat="Mombasa", **said))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Mombasa" in page
    [(name, value)] = said.items()
    assert answer.context["form"][name].value() == value
    organisation.refresh_from_db()
    assert organisation.seat == ""


def test_a_body_is_not_part_of_itself_even_by_another(mine, organisation):
    between = make_organisation("Between", parent=organisation)
    answer = mine.post(address(organisation), typed(organisation, parent=between.name, seat="Mombasa"))
    assert "cannot be part of itself" in answer.content.decode()
    assert "Mombasa" in answer.content.decode()


# Two at once -------------------------------------------------------------------------------------------------------------


def test_the_later_of_two_sees_both_and_takes_over_what_it_wants(mine, organisation):
    later = typed(organisation, seat="Mombasa", also_called="Mine", kind="academia", regions=["ECA"])
    mine.post(address(organisation), typed(organisation, seat="Nairobi", also_called="Theirs", kind="media"))
    conflict = mine.post(address(organisation), later)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    for word in ("Mombasa", "Nairobi", "Mine", "Theirs", "Academia", "Media", "Africa"):
        assert word in page, word
    organisation.refresh_from_db()
    assert (organisation.seat, organisation.kind) == ("Nairobi", "media")  # nothing was overwritten
    chosen = {**later, "edition": organisation.edition, "take_seat": "theirs", "take_also_called": "mine"}
    assert mine.post(address(organisation), chosen).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.seat, organisation.kind) == ("Nairobi", "academia")
    assert names(organisation, "alias") == ["Mine"]


def test_a_page_that_says_what_is_saved_already_conflicts_with_nobody(mine, organisation):
    page = typed(organisation, seat="Nairobi")
    assert mine.post(address(organisation), page).status_code == 302
    assert mine.post(address(organisation), page).status_code == 302  # pressed twice
    organisation.refresh_from_db()
    assert organisation.edition == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_kept_and_the_other_told(organisation, amina):
    ready, told = threading.Barrier(2), []

    def save(seat):
        mine = Organisation.objects.get(pk=organisation.pk)
        form = RecordForm(typed(mine, seat=seat), organisation=mine)
        assert form.is_valid()
        ready.wait()
        try:
            operations.describe(mine, by=amina, at=NOW, edition=1, about=form.about)
        except RecordChanged as changed:
            told.append(changed.theirs.seat)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[seat]) for seat in ("Nairobi", "Mombasa")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    organisation.refresh_from_db()
    assert organisation.edition == 2
    assert told == [organisation.seat]


# Who, and what follows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("focal_point", 200), ("alternate", 200), ("drafter", 404), ("viewer", 404)])
def test_only_those_who_speak_for_it_write_its_record(client, organisation, bruno, role, status):
    join(organisation, bruno, role=role)
    client.force_login(bruno)
    assert client.get(address(organisation)).status_code == status
    posted = client.post(address(organisation), typed(organisation, seat="Mombasa")).status_code
    assert posted == (302 if status == 200 else 404)


def test_a_stranger_finds_nothing_and_who_signed_out_gets_back_what_they_typed(client, organisation, amina, bruno):
    client.force_login(bruno)
    assert (
        client.get(address(organisation)).status_code == client.get("/en/my/organisations/none/record/").status_code == 404
    )
    client.logout()
    answer = client.post(address(organisation), typed(organisation, seat="Mombasa"))
    assert answer.status_code == 302
    session = client.session
    shelf = session["typed_before_signing_in"]
    client.force_login(amina)
    session = client.session
    session["typed_before_signing_in"] = shelf
    session.save()
    assert "Mombasa" in client.get(address(organisation)).content.decode()


def test_a_standing_goes_on_under_the_new_name_and_the_page_says_so(mine, forum, organisation):
    standing = make_standing(organisation, forum)
    assert "has a standing at a forum" in mine.get(address(organisation)).content.decode()
    mine.post(address(organisation), typed(organisation, name="Open Harbour", country="NPL"))
    standing.refresh_from_db()
    assert standing.status == "recognised"
    assert names(organisation, "former") == ["Harbour Light"]
    history = list(organisation.history.order_by("pgh_id").values_list("name", "country_id"))
    assert ("Harbour Light", "KEN") in history
    assert history[-1] == ("Open Harbour", "NPL")


def test_a_record_renamed_like_another_one_waits_at_the_desk(mine, organisation):
    known = make_organisation("Seafarers Welfare Trust")
    mine.post(address(organisation), typed(organisation, also_called="Seafarers Welfare Trüst"))
    resemblance = Resemblance.objects.get()
    assert (resemblance.organisation, resemblance.other, resemblance.verdict) == (organisation, known, "open")


def test_a_merged_record_is_not_described(organisation, other_organisation, amina):
    Organisation.objects.filter(pk=organisation.pk).update(merged_into=other_organisation)
    form = RecordForm(typed(organisation), organisation=organisation)
    assert form.is_valid()
    with pytest.raises(Refused, match="merged"):
        operations.describe(organisation, by=amina, at=NOW, edition=1, about=form.about)


def test_the_page_asks_as_much_with_many_names_as_with_few(mine, organisation, count_statements):
    few = count_statements(lambda: mine.get(address(organisation)))
    for number in range(15):
        organisation.names.create(use="alias", name=f"Name {number}")
    assert count_statements(lambda: mine.get(address(organisation))) == few
    assert said_of(organisation)["also_called"][0] == "Name 0"
