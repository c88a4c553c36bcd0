"""The organisation's own side through HTTP: create, join, admit, standing; and who sees any of it."""

import uuid

import pytest
from django.urls import reverse

from accreditation import operations
from accreditation.models import Accreditation, Basis, Membership, Organisation
from forums.models import Letter
from tests.factories import NOW, PASSWORD, join, make_call, make_organisation, make_published, make_user

pytestmark = pytest.mark.django_db
NEW = reverse("accreditation:new_organisation")
JOIN = reverse("accreditation:join")
SAID = {
    "name": "Open Harbour Network",
    "name_language": "en",
    "acronym": "OHN",
    "kind": "civil_society",
    "country": "KEN",
    "website": "https://ohn.example.org",
    "basis": "ecosoc",
}


@pytest.fixture
def nadia(client, forum):
    person = make_user("nadia")
    client.force_login(person)
    return person


def create(client, key=None, **answers):
    return client.post(NEW, {**SAID, "form_key": key or uuid.uuid4(), **answers})


def page_of(organisation):
    return reverse("accreditation:my_organisation", args=[organisation.slug])


# Creating ---------------------------------------------------------------------------------------------------------


def test_a_newcomer_creates_an_organisation_and_says_its_basis(client, nadia, call):
    answer = create(client)
    made = Organisation.objects.get()
    assert answer.url == page_of(made)
    assert (made.name, made.acronym, made.kind, made.country_id, made.website, made.made_by) == (
        "Open Harbour Network",
        "OHN",
        "civil_society",
        "KEN",
        "https://ohn.example.org",
        nadia,
    )
    assert [(m.user, m.role) for m in made.memberships.standing()] == [(nadia, "focal_point")]
    claimed = made.accreditations.get()
    assert (claimed.forum, claimed.basis_id, claimed.status) == (call.forum, "ecosoc", "submitted")


def test_the_basis_may_stay_open(client, nadia, call):
    create(client, basis="")
    assert not Accreditation.objects.exists()
    assert b"We do not know yet" in client.get(NEW).content


def test_pressing_twice_creates_one(client, nadia, call):
    key = uuid.uuid4()
    first, again = create(client, key), create(client, key, confirmed="yes")
    assert first.url == again.url
    assert (Organisation.objects.count(), Accreditation.objects.count()) == (1, 1)


def test_one_person_creates_only_so_many_and_is_told_what_to_do(client, nadia, bruno, call, settings):
    settings.MOST_ORGANISATIONS_PER_PERSON = 2
    operations.found(by=bruno, at=NOW, name="Of somebody else", kind="media")
    key = uuid.uuid4()
    create(client, name="First", acronym="")
    last = create(client, key, name="Second thing", acronym="")
    refused = create(client, name="Third matter", acronym="")
    page = refused.content.decode()
    assert "You have created 2 organisations, and one person can create no more. Look whether yours is here" in page
    assert settings.CONTACT_EMAIL in page
    assert 'value="Third matter"' in page
    assert create(client, key, name="Second thing", acronym="", confirmed="yes").url == last.url
    assert Organisation.objects.filter(made_by=nadia).count() == 2


def test_a_key_of_somebody_else_gives_nothing_of_theirs(client, nadia, bruno, call):
    key = uuid.uuid4()
    operations.found(by=bruno, at=NOW, form_key=key, name="Theirs", kind="media")
    assert create(client, key).status_code == 200
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["Open Harbor Network", "OPEN HARBOUR NETWORK", "The Open Harbour Network", "Harbour Network, Open"]
)
def test_an_organisation_that_is_likely_here_already_is_shown_first(client, nadia, call, name):
    there = make_organisation("Open Harbour Network")
    make_organisation("Parliament of the North")
    answer = create(client, name=name, acronym="")
    assert answer.context["alike"] == [there]
    assert Organisation.objects.count() == 2
    assert "Is it one of these?" in answer.content.decode()
    assert answer.context["form"]["website"].value() == SAID["website"]
    assert create(client, name=name, confirmed="yes").status_code == 302
    assert Organisation.objects.count() == 3


def test_the_same_acronym_is_shown_first(client, nadia, call):
    there = make_organisation("Réseau du port ouvert", acronym="OHN")
    assert create(client).context["alike"] == [there]


def test_a_suggestion_can_be_joined_at_once(client, nadia, call):
    there = make_organisation("Open Harbour Network", focal_point=make_user())
    page = create(client).content.decode()
    assert f'name="organisation" value="{there.slug}"' in page
    assert client.post(JOIN, {"organisation": there.slug}).url == reverse("my")
    assert there.memberships.asked().get().user == nadia


def test_whoever_came_from_a_call_goes_on_to_its_draft(client, nadia, call):
    start = reverse("submissions:start", args=[call.forum.slug, call.slug])
    assert f'name="next" value="{start}"' in client.get(f"{NEW}?next={start}").content.decode()
    assert create(client, next=start).url == start


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_creating_never_leads_to_another_site(client, nadia, call, away):
    assert create(client, next=away).url == page_of(Organisation.objects.get())


HOSTILE = {
    "nothing": ({"name": ""}, "name"),
    "white space": ({"name": " \u3000\t"}, "name"),
    "only control characters": ({"name": "\x00\x07"}, "name"),
    "an over-long name": ({"name": "x" * 251}, "name"),
    "an over-long acronym": ({"acronym": "x" * 41}, "acronym"),
    "an unknown kind": ({"kind": "empire"}, "kind"),
    "an unknown country": ({"country": "XXX"}, "country"),
    "an unknown language": ({"name_language": "tlh"}, "name_language"),
    "a script as web page": ({"website": "javascript:alert(1)"}, "website"),
    "a web page with NUL": ({"website": "https://a\x00b c"}, "website"),
    "an unknown basis": ({"basis": "friendship"}, "basis"),
    "a basis with NUL": ({"basis": "eco\x00x"}, "basis"),
    "a senseless key": ({"form_key": "1"}, "form_key"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_taken_is_said_beside_its_question_and_everything_typed_stays(client, nadia, call, case):
    answers, field = HOSTILE[case]
    answer = create(client, **answers)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["website"].value() is not None
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["منظمة الميناء المفتوح", "Сеть «Открытая гавань»", "开放港口网络", "Ünïted 🌍 & <b>Co</b>", "O'Neill; DROP TABLE"],
)
def test_honest_and_odd_names_are_taken_as_they_are(client, nadia, call, name):
    answer = create(client, name=name, acronym="")
    assert Organisation.objects.get().name == name
    page = client.get(answer.url).content.decode()
    assert "<b>Co</b>" not in page


def test_marks_that_turn_a_name_round_are_taken_out(client, nadia, call):
    create(client, name="Bank \u202eknaB\u202c of \u2066x\u2069")
    assert Organisation.objects.get().name == "Bank knaB of x"


def test_two_organisations_of_one_name_get_two_addresses(client, nadia, call):
    for _ in range(2):
        create(client, confirmed="yes")
    assert len(set(Organisation.objects.values_list("slug", flat=True))) == 2


def test_answers_that_no_page_asks_change_nothing(client, nadia, call):
    create(client, slug="admin", source="x", made_by=1, aliases="{}")
    made = Organisation.objects.get()
    assert (made.slug, made.source, made.made_by) == ("ohn", "", nadia)


def test_what_was_typed_while_signed_out_is_there_after_signing_in(client, call):
    make_user("nadia")
    away = create(client)
    assert away.url.startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": "nadia@example.org", "password": PASSWORD, "next": NEW})
    assert client.get(NEW).context["form"]["name"].value() == "Open Harbour Network"


# Joining ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ["harbour", "Open Harbor", "ohn", "OPEN HARBOUR NETWORK"])
def test_an_organisation_is_found_by_a_part_of_its_name_or_its_acronym(client, nadia, question):
    there = make_organisation("Open Harbour Network", acronym="OHN")
    make_organisation("Parliament of the North")
    assert client.get(JOIN, {"q": question}).context["found"] == [there]


@pytest.mark.parametrize("question", ["", " ", "zzzz", "'; --", "%", "x" * 5000, "\u202e", "🌍", "\\", "a & b | !c"])
def test_any_question_is_answered_with_a_page(client, nadia, question):
    make_organisation("Open Harbour Network")
    assert client.get(JOIN, {"q": question}).status_code == 200


def ask(client, organisation, **answers):
    return client.post(JOIN, {"organisation": organisation.slug, "message": "From the legal desk.", **answers}, follow=True)


def test_a_request_waits_for_the_focal_point_and_opens_nothing_meanwhile(client, nadia, organisation, amina):
    ask(client, organisation)
    asked = Membership.objects.asked().get()
    assert (asked.user, asked.message) == (nadia, "From the legal desk.")
    assert client.get(page_of(organisation)).status_code == 404
    assert [letter.to for letter in Letter.objects.all()] == [amina.email]


def test_asking_twice_leaves_one_request_and_one_letter(client, nadia, organisation):
    ask(client, organisation)
    ask(client, organisation)
    assert (Membership.objects.asked().count(), Letter.objects.count()) == (1, 1)


def test_asking_where_one_acts_already_is_refused_with_a_sentence(client, nadia, organisation):
    join(organisation, nadia)
    assert "You already act for this organisation." in ask(client, organisation).content.decode()


def test_nobody_floods_organisations_with_requests(client, nadia):
    for _ in range(10):
        ask(client, make_organisation())
    assert "You have asked many organisations already." in ask(client, make_organisation()).content.decode()
    assert Membership.objects.asked().count() == 10


@pytest.mark.parametrize("slug", ["nowhere", "x" * 200, "a\x00b", "../x", ""])
def test_asking_for_an_organisation_that_does_not_exist_leaves_nothing(client, nadia, slug):
    answer = client.post(JOIN, {"organisation": slug})
    assert answer.status_code in (200, 404)
    assert not Membership.objects.exists()


# Answering --------------------------------------------------------------------------------------------------------


@pytest.fixture
def request_of_nadia(organisation):
    return operations.ask_to_join(organisation, by=make_user("nadia"), at=NOW, message="Let me in. https://evil.example")


def answer(client, membership, organisation=None, **answers):
    url = reverse("accreditation:answer_request", args=[(organisation or membership.organisation).slug, membership.pk])
    return client.post(url, answers, follow=True)


@pytest.mark.parametrize("role", Membership.Role.values)
def test_a_focal_point_admits_in_a_role(client, amina, organisation, request_of_nadia, role):
    client.force_login(amina)
    assert "Let me in." in client.get(page_of(organisation)).content.decode()
    answer(client, request_of_nadia, answer="admit", role=role)
    assert Membership.objects.standing().get(user__email="nadia@example.org").role == role
    assert Letter.objects.get(kind="accreditation/join_admitted").to == "nadia@example.org"


def test_a_focal_point_turns_down(client, amina, request_of_nadia):
    client.force_login(amina)
    answer(client, request_of_nadia, answer="turn_down")
    assert not Membership.objects.asked().exists()
    assert Letter.objects.get(kind="accreditation/join_turned_down").to == "nadia@example.org"


def test_a_request_is_answered_once(client, amina, request_of_nadia):
    client.force_login(amina)
    answer(client, request_of_nadia, answer="turn_down")
    shown = answer(client, request_of_nadia, answer="admit", role="focal_point")
    assert "already been answered" in shown.content.decode()
    assert not Membership.objects.standing().filter(user__email="nadia@example.org").exists()


@pytest.mark.parametrize(
    "answers", [{}, {"answer": "admit"}, {"answer": "admit", "role": "emperor"}, {"answer": "x", "role": "viewer"}]
)
def test_a_senseless_answer_changes_nothing(client, amina, request_of_nadia, answers):
    client.force_login(amina)
    answer(client, request_of_nadia, **answers)
    assert Membership.objects.asked().get() == request_of_nadia


ANSWERS = {
    "focal_point": 200,
    "alternate": 200,
    "drafter": 404,
    "viewer": 404,
    "former": 404,
    "waiting": 404,
    "stranger": 404,
}
READS = {**ANSWERS, "drafter": 200, "viewer": 200}


def person_in(shade, organisation):
    person = make_user("person")
    if shade in Membership.Role.values:
        join(organisation, person, shade)
    elif shade != "stranger":
        join(organisation, person, **({"until": NOW} if shade == "former" else {"since": None}))
    return person


@pytest.mark.parametrize("shade", ANSWERS)
def test_who_answers_requests(client, organisation, request_of_nadia, shade):
    client.force_login(person_in(shade, organisation))
    assert answer(client, request_of_nadia, answer="admit", role="viewer").status_code == ANSWERS[shade]
    assert Membership.objects.standing().filter(user__email="nadia@example.org").exists() is (ANSWERS[shade] == 200)


@pytest.mark.parametrize("shade", READS)
def test_who_opens_the_page_of_an_organisation(client, organisation, request_of_nadia, shade):
    client.force_login(person_in(shade, organisation))
    page = client.get(page_of(organisation))
    assert page.status_code == READS[shade]
    if page.status_code == 200:
        assert ("Let me in." in page.content.decode()) is (ANSWERS[shade] == 200)
        assert "amina@example.org" in page.content.decode()


def test_a_request_belongs_to_its_organisation(client, bruno, other_organisation, request_of_nadia):
    client.force_login(bruno)
    assert answer(client, request_of_nadia, other_organisation, answer="admit", role="viewer").status_code == 404
    assert Membership.objects.asked().exists()


def test_answering_takes_only_posts(client, amina, organisation, request_of_nadia):
    client.force_login(amina)
    url = reverse("accreditation:answer_request", args=[organisation.slug, request_of_nadia.pk])
    assert client.get(url).status_code == 405


def test_an_answer_given_after_the_sign_in_expired_leads_back_to_the_request(client, organisation, request_of_nadia):
    url = reverse("accreditation:answer_request", args=[organisation.slug, request_of_nadia.pk])
    sent_away = client.post(url, {"answer": "admit", "role": "viewer"})
    client.force_login(organisation.memberships.standing().get().user)
    back = client.post(sent_away.url, follow=False)
    assert back.url == page_of(organisation)
    assert Membership.objects.asked().exists()


def test_people_are_listed_by_role(client, amina, organisation):
    for role in Membership.Role.values[:0:-1]:
        join(organisation, make_user(role), role)
    client.force_login(amina)
    shown = client.get(page_of(organisation)).context["members"]
    assert [membership.role for membership in shown] == Membership.Role.values


def test_whoever_is_turned_out_loses_the_page_at_once(client, organisation, amina):
    client.force_login(amina)
    assert client.get(page_of(organisation)).status_code == 200
    organisation.memberships.update(until=NOW)
    assert client.get(page_of(organisation)).status_code == 404


# Standing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shade", ["focal_point", "alternate", "drafter", "viewer"])
def test_who_says_the_basis(client, organisation, call, shade):
    client.force_login(person_in(shade, organisation))
    claimed = client.post(page_of(organisation), {"basis": "nhri"})
    assert (claimed.status_code, Accreditation.objects.exists()) == ((302, True) if ANSWERS[shade] == 200 else (404, False))


def test_a_basis_is_said_once(client, amina, organisation, call):
    client.force_login(amina)
    for basis in ("nhri", "ecosoc"):
        shown = client.post(page_of(organisation), {"basis": basis}, follow=True)
    assert Accreditation.objects.get().basis_id == "nhri"
    assert "has already said on which basis" in shown.content.decode()


def test_the_history_of_a_standing_names_nobody_of_the_desk_and_shows_its_question(client, amina, organisation, forum):
    desk = make_user("dora-of-the-desk", staff=True)
    claim = operations.claim(organisation, forum=forum, basis=Basis.objects.get(pk="ecosoc"), by=amina, at=NOW)
    operations.take_up(claim, by=desk, at=NOW)
    operations.ask_for_more(claim, by=desk, at=NOW, question="Send the letter of the Committee.")
    client.force_login(amina)
    page = client.get(page_of(organisation)).content.decode()
    assert "Send the letter of the Committee." in page
    assert "dora" not in page.lower()


def test_the_forum_asked_about_is_that_of_the_call_closing_next(client, nadia, forum):
    from tests.factories import make_forum

    later = make_forum("2030", year=2030, name="A later forum", first_day=None, last_day=None, status="announced")
    make_call(later)
    assert client.get(NEW).context["forum"] == later


def test_an_empty_site_still_creates_organisations(client, db):
    client.force_login(make_user())
    assert create(client, basis="", country="").status_code == 302


# Its public page ----------------------------------------------------------------------------------------------------

NO_PUBLIC_PAGE = "It has no public page yet"


def test_the_way_to_the_public_page_is_shown_once_there_is_one(client, nadia, forum, count_statements):
    organisation = make_organisation(focal_point=nadia)
    public = f'href="/en/organisations/{organisation.slug}/"'
    page = client.get(page_of(organisation)).content.decode()
    assert (public in page, NO_PUBLIC_PAGE in page) == (False, True)
    assert client.get(organisation.get_absolute_url()).status_code == 404
    without = count_statements(lambda: client.get(page_of(organisation)))
    make_published(organisation=organisation, by=nadia)
    page = client.get(page_of(organisation)).content.decode()
    assert (public in page, NO_PUBLIC_PAGE in page) == (True, False)
    assert client.get(organisation.get_absolute_url()).status_code == 200
    assert count_statements(lambda: client.get(page_of(organisation))) <= without


def test_a_recorded_standing_gives_a_public_page_and_a_claim_does_not(client, nadia, forum):
    organisation = make_organisation(focal_point=nadia)
    Accreditation.objects.create(organisation=organisation, forum=forum, basis_id="nhri", status="submitted", begun_at=NOW)
    assert NO_PUBLIC_PAGE in client.get(page_of(organisation)).content.decode()
    Accreditation.objects.update(
        status="recognised", decided_on=NOW.date(), decided_by="GANHRI", evidence="Its chart, seen 20 January 2026"
    )
    assert NO_PUBLIC_PAGE not in client.get(page_of(organisation)).content.decode()
