"""The rooms of letters and wordings: what is shown, what can be pressed, and by whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from forums import operations
from forums.letters.kinds import all_kinds, kind_of
from forums.models import Letter, Wording
from tests.factories import NOW, make_draft, make_submission, make_user
from tests.imrf_portal.rooms import make_letter

pytestmark = pytest.mark.django_db
KIND = "submissions/unsent_draft"


@pytest.fixture
def writer(db):
    """Somebody of the desk who may send letters and word them."""
    person = make_user("wanda", staff=True, roles=["administrator"])
    person.user_permissions.set(Permission.objects.filter(codename__in=["change_wording", "view_wording"]))
    return person


@pytest.fixture
def desk(writer, desk_client):
    return desk_client(writer)


@pytest.fixture
def reminder(amina):
    draft = make_draft(by=amina)
    about = {"draft": draft, "call": draft.call, "person": amina}
    forum = draft.call.forum
    return operations.write(KIND, to=amina.email, language="ar", about=about, key="k", at=NOW, forum=forum)


def page_of(letter, name="change"):
    return reverse(f"admin:forums_letter_{name}", args=[letter.pk])


# Letters -------------------------------------------------------------------------------------------------------------


def test_a_letter_shows_its_forum_its_kind_in_words_and_why_it_came_back(desk, forum):
    letter = make_letter(forum=forum, kind=KIND, sent_at=NOW, bounced_at=NOW, bounce="550 <script>no</script>")
    listed = desk.get("/admin/forums/letter/?state=bounced").content.decode()
    page = desk.get(page_of(letter)).content.decode()
    for text in (listed, page):
        assert str(forum) in text
        assert "A draft is not sent yet" in text
        assert "Came back" in text
    assert "550 &lt;script&gt;no&lt;/script&gt;" in page


def test_a_letter_is_shown_in_its_language_and_direction(desk, reminder):
    page = desk.get(page_of(reminder)).content.decode()
    assert '<div class="letter" lang="ar" dir="rtl">' in page


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, ["hold", "send_now"]),
        ({"held": True}, ["release", "send_now"]),
        ({"failed": True}, ["send_again", "settle"]),
        ({"failed": True, "settled": True}, ["send_again"]),
        ({"sent_at": NOW}, []),
        ({"sent_at": NOW, "bounced_at": NOW}, ["settle"]),
    ],
)
def test_what_is_offered_is_what_can_be_done(desk, fields, offered):
    letter = make_letter(**fields)
    page = desk.get(page_of(letter))
    assert [name for name, _label in page.context["acts"]] == offered
    for name in offered:
        Letter.objects.filter(pk=letter.pk).update(**{"held": False, "failed": False, "settled": False, **fields})
        answer = desk.post(page_of(letter, "act"), {"act": name}, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["success"], name


def test_what_cannot_be_done_is_said_and_what_does_not_exist_is_missing(desk):
    letter = make_letter(sent_at=NOW)
    answer = desk.post(page_of(letter, "act"), {"act": "hold"}, follow=True)
    assert "It was sent or held already" in answer.content.decode()
    assert desk.post(page_of(letter, "act"), {"act": "delete"}).status_code == 404
    assert desk.get(page_of(letter, "act")).status_code == 405


def test_the_list_sends_now_and_ticks_off(desk):
    later, lost = make_letter("later", not_before=NOW + timedelta(days=99000)), make_letter("lost", failed=True)
    listed = reverse("admin:forums_letter_changelist")
    desk.post(listed, {"action": "send_now", "_selected_action": [later.pk]})
    desk.post(listed, {"action": "settle", "_selected_action": [lost.pk]})
    assert Letter.objects.get(pk=later.pk).not_before < NOW + timedelta(days=99000)
    assert Letter.objects.get(pk=lost.pk).settled


def test_a_letter_is_rewritten_after_a_look_and_says_who_did_it(desk, writer, reminder):
    address = page_of(reminder, "rewrite")
    form = desk.get(address).context["form"]
    assert form.initial["text"].rstrip() == reminder.text.rpartition("\n--\n")[0].rstrip()
    words = {"subject": "Other", "text": "Read {this} <b>now</b>.", "seen": form.initial["seen"]}
    looked = desk.post(address, {**words, "look": "yes"})
    assert looked.context["preview"].text.startswith("Read {this} <b>now</b>.\n\n--\n")
    assert Letter.objects.get().subject == reminder.subject
    page = desk.post(address, {**words, "keep": "yes"}, follow=True).content.decode()
    assert "Read {this} &lt;b&gt;now&lt;/b&gt;." in page
    assert str(writer) in page
    assert reminder.subject in page  # what it said before
    assert Letter.objects.get().rewritten_by == writer


def test_who_rewrites_second_sees_what_the_first_one_wrote(desk, dalia, reminder):
    address = page_of(reminder, "rewrite")
    seen = desk.get(address).context["form"].initial["seen"]
    operations.rewrite(reminder, subject="First", text="First words", by=dalia, at=NOW)
    answer = desk.post(address, {"subject": "Second", "text": "Second words", "seen": seen, "keep": "yes"})
    page = answer.content.decode()
    assert "First words" in page
    assert "Second words" in page
    assert Letter.objects.get().subject == "First"
    again = {"subject": "Second", "text": "Second words", "seen": answer.context["form"]["seen"].value(), "keep": "yes"}
    desk.post(address, again)
    assert Letter.objects.get().subject == "Second"


def test_a_forum_manager_finds_no_letter_about_an_input_by_list_count_search_filter_or_address(
    client, desk_client, reminder
):
    desk_client(make_user("noor", staff=True, roles=["forum manager"]))
    own = make_letter(key="own", kind="forums/milestone_due", to="petra@example.org", subject="A duty comes due")
    listed = client.get("/admin/forums/letter/")
    assert list(listed.context["cl"].queryset) == [own]
    assert client.get("/admin/forums/letter/", {"q": reminder.to}).context["cl"].result_count == 0
    assert f"kind={KIND}" not in listed.content.decode()
    for name in ("change", "history", "rewrite"):
        assert client.get(page_of(own, name)).status_code == 200
        assert client.get(page_of(reminder, name)).status_code in (302, 404)
    assert client.post(page_of(reminder, "rewrite"), {"subject": "x", "text": "y", "keep": "1"}).status_code == 404
    client.post("/admin/forums/letter/", {"action": "hold", "_selected_action": [str(reminder.pk)]})
    reminder.refresh_from_db()
    assert (reminder.held, reminder.subject != "x") == (False, True)
    Letter.objects.filter(pk=reminder.pk).update(failed=True)
    assert "Letters given up" in client.get("/admin/").content.decode()
    [given_up] = [
        line for part in client.get("/admin/").context["work"] for line in part.lines if line.label == "Letters given up"
    ]
    assert given_up.count == 0


@pytest.mark.parametrize("fields", [{"sent_at": NOW}, {"private": True}])
def test_what_was_sent_or_is_private_has_no_page_for_other_words(desk, fields):
    letter = make_letter(**fields)
    assert desk.get(page_of(letter, "rewrite")).headers["Location"] == page_of(letter)
    assert page_of(letter, "rewrite") not in desk.get(page_of(letter)).content.decode()


@pytest.mark.parametrize("name", ["rewrite", "act"])
def test_who_may_only_look_at_letters_presses_nothing(client, desk_client, elena, reminder, name):
    desk_client(elena)
    page = client.get(page_of(reminder)).content.decode()
    assert page_of(reminder, name) not in page
    assert client.post(page_of(reminder, name), {"act": "hold"}).status_code == 403


# Wordings ------------------------------------------------------------------------------------------------------------


def add(kind=KIND, language="en"):
    return f"{reverse('admin:forums_wording_add')}?kind={kind}&language={language}"


def posted(response, **more):
    form = response.context["adminform"].form
    return {name: form[name].value() or "" for name in ("kind", "language", "subject", "text", "tried", "seen")} | more


def test_the_list_shows_every_kind_in_six_languages_and_leads_to_each(desk, count_statements):
    page = desk.get("/admin/forums/wording/").content.decode()
    for kind in all_kinds():
        assert str(kind.name).replace("'", "&#x27;") in page
    assert page.count("/admin/forums/wording/add/?kind=") >= 6 * len(all_kinds())
    assert 'class="kinds"' in page


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", sorted(kind.code for kind in all_kinds()))
def test_every_kind_is_begun_from_the_shipped_words_and_can_be_looked_at(desk, kind, language):
    response = desk.get(add(kind, language))
    page = response.content.decode()
    assert [each.name for each, _ in response.context["placeholders"]] == list(kind_of(kind).known)
    looked = desk.post(add(kind, language), posted(response, look="yes"))
    assert looked.context["preview"] is not None
    assert f'<div class="letter" lang="{language}"' in looked.content.decode()
    assert "<script>" not in page
    assert Wording.objects.count() == 0


def test_own_words_are_kept_used_and_put_aside_again(desk, reminder):
    response = desk.get(add())
    desk.post(add(), posted(response, subject="Own {title}", text="Own {person}"))
    wording = Wording.objects.get()
    assert (wording.kind, wording.language, wording.subject, wording.text, wording.in_use) == (
        KIND, "en", "Own {title}", "Own {person}", True,
    )  # fmt: skip
    assert desk.get(add()).headers["Location"] == reverse("admin:forums_wording_change", args=[wording.pk])
    desk.post(reverse("admin:forums_wording_shipped", args=[wording.pk]))
    assert not Wording.objects.get().in_use
    change = reverse("admin:forums_wording_change", args=[wording.pk])
    desk.post(change, posted(desk.get(change), text="Own once more"))
    assert (Wording.objects.get().text, Wording.objects.get().in_use) == ("Own once more", True)


def test_words_that_cannot_be_filled_in_are_refused_at_the_field_and_stay_typed(desk):
    response = desk.post(add(), posted(desk.get(add()), text="Dear {persn}", subject="{title} {"))
    errors = response.context["adminform"].form.errors
    assert "“{persn}” is not a placeholder" in str(errors["text"])
    assert "A brace stands alone" in str(errors["subject"])
    assert "Dear {persn}" in response.content.decode()
    assert Wording.objects.count() == 0


def test_words_are_tried_on_the_newest_real_record_one_may_see(desk, desk_client, writer, organisation, amina):
    make_submission(organisation=organisation, by=amina, title="A real title")
    response = desk.get(add("submissions/received"))
    looked = desk.post(add("submissions/received"), posted(response, text="About {title}", tried="real", look="yes"))
    assert looked.context["preview"].text.startswith("About A real title")
    organisation.memberships.create(user=writer, role="viewer", asked_at=NOW, since=NOW)
    writer.groups.clear()
    desk_client(writer)
    response = desk.get(add("submissions/received"))
    looked = desk.post(add("submissions/received"), posted(response, text="About {title}", tried="real", look="yes"))
    assert "A real title" in looked.context["preview"].text  # their own


def test_no_draft_is_shown_to_the_desk(desk, reminder, amina):
    looked = desk.post(add(), posted(desk.get(add()), text="About {title}", tried="real", look="yes"))
    assert looked.context["preview"].text.startswith("About Consular help for seasonal workers")  # the sample's
    assert kind_of(KIND).newest(make_user(is_superuser=True), NOW) is None


def test_a_wording_keeps_its_place_whatever_is_posted(desk):
    wording = operations.word(kind_of(KIND), language="en", subject="S", text="T")
    change = reverse("admin:forums_wording_change", args=[wording.pk])
    desk.post(change, posted(desk.get(change), kind="submissions/received", language="fr", text="New"))
    assert list(Wording.objects.values_list("kind", "language", "text")) == [(KIND, "en", "New")]


@pytest.mark.parametrize("query", ["", "?kind=nothing&language=en", f"?kind={KIND}&language=tlh"])
def test_a_kind_or_a_language_that_does_not_exist_shows_the_list_to_choose_from(desk, query):
    response = desk.get(reverse("admin:forums_wording_add") + query)
    assert response.status_code == 200
    assert 'class="kinds"' in response.content.decode()
    assert "Choose a kind of letter and a language" in response.content.decode()


def test_only_those_who_may_word_letters_see_the_room(client, desk_client, ravi):
    wording = operations.word(kind_of(KIND), language="en", subject="S", text="T")
    desk_client(ravi)
    for address in ("/admin/forums/wording/", add(), reverse("admin:forums_wording_change", args=[wording.pk])):
        assert client.get(address).status_code == 403
    assert client.post(reverse("admin:forums_wording_shipped", args=[wording.pk])).status_code == 403
    assert Wording.objects.get().in_use


def test_the_work_list_tells_of_letters_that_came_back_and_of_words_that_failed(desk):
    make_letter(sent_at=NOW, bounced_at=NOW)
    Wording.objects.create(kind=KIND, language="en", subject="S", text="T", trouble="KeyError")
    page = desk.get("/admin/").content.decode()
    assert "Letters that came back" in page
    assert "/admin/forums/letter/?state=bounced" in page
    assert "/admin/forums/wording/?trouble=yes" in page
    assert desk.get("/admin/forums/wording/?trouble=yes").context["cl"].result_count == 1
