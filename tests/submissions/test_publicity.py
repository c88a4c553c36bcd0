"""What an author agreed to: what is counted only, or read by the desk only, is on no public surface."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations
from submissions.figures import figures
from submissions.models import Attachment, PublicityRequest, PublishedInput, Submission
from tests.factories import NOW, PATHS, join, make_draft, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
WORDS = {"title": "zqcanarytitle", "summary": "zqcanarysummary", "text": "zqcanarytext"}


def accepted(publish_as, elena, **fields):
    """An input whose author chose so, accepted by the desk; its every word is a canary."""
    draft = make_draft(organisation=make_organisation("zqcanaryname", focal_point=(by := make_user())), by=by, **WORDS)
    draft = operations.choose_publicity(draft, by=by, at=NOW, edition=draft.edition, publish_as=publish_as)
    operations.submit(draft, by=by, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["accepted"]:
        act(submission, elena, NOW)
    return submission


SURFACES = (
    "/en/",
    "/en/inputs/",
    "/en/forums/2026/inputs/",
    "/en/objectives/14/",
    "/en/objectives/",
    "/en/countries/",
    "/en/countries/KEN/",
    "/en/organisations/",
    "/en/national-reviews/",
    "/en/figures/",
    "/en/forums/2026/figures/",
    "/en/forums/2026/figures/coverage/",
    "/en/forums/2026/figures/kind.csv",
    "/feeds/inputs.atom",
    "/api/v1/inputs/",
    "/api/v1/organisations/",
    "/sitemap.xml",
)


@pytest.mark.parametrize("choice", ["statistics", "desk"])
def test_it_is_accepted_never_published_and_on_no_public_surface(client, elena, choice):
    submission = accepted(choice, elena)
    with pytest.raises(Refused, match="Its author agreed to this only"):
        operations.publish(submission, by=elena, at=NOW)
    assert not PublishedInput.objects.exists()
    for address in SURFACES:
        assert "zqcanary" not in client.get(address, follow=True).content.decode(), address
    assert client.get("/en/inputs/?q=zqcanarytext").context["total"] == 0
    assert client.get(f"/en/inputs/{submission.reference}/").status_code == 404
    assert client.get(f"/en/organisations/{submission.organisation.slug}/").status_code == 404


def test_control_what_may_be_shown_is_found_on_these_surfaces(client, elena):
    submission = accepted("named", elena)
    operations.publish(submission, by=elena, at=NOW)
    found = [address for address in SURFACES if "zqcanary" in client.get(address, follow=True).content.decode()]
    assert {"/en/inputs/", "/feeds/inputs.atom", "/api/v1/inputs/", "/api/v1/organisations/"} <= set(found)


def test_what_may_be_counted_is_counted_and_what_is_for_the_desk_is_not(elena):
    make_submission(status="published")
    before = figures(NOW)
    accepted("desk", elena)
    assert _counted(before) == (1, 1, 1, 2, 0)
    accepted("statistics", elena)
    later = figures(NOW + timedelta(minutes=2))
    assert _counted(later) == (2, 2, 1, 2, 1)


def _counted(found):
    caches["pages"].clear()
    return found.inputs, found.organisations, found.countries, found.objectives, found.unseen


def test_the_choice_is_a_part_of_what_is_sent_and_of_what_is_declared(client, draft, amina):
    client.force_login(amina)
    page = reverse("submissions:check", args=[draft.pk])
    assert "published under its name" in client.get(page).content.decode()
    client.post(
        reverse("submissions:publicity", args=[draft.pk]),
        {"public-publish_as": "statistics", "public-edition": draft.edition},
    )
    text = client.get(page).content.decode()
    assert "counted and not shown" in text
    assert "published under its name" not in text
    assert '<span class="status plain">Public</span>' not in text.partition("Co-sponsors")[0]
    stale = client.post(page, {"agreed": "on", "edition": draft.edition})
    assert "changed after you opened this page" in stale.content.decode()
    client.post(page, {"agreed": "on", "edition": draft.edition + 1})
    assert Submission.objects.get(pk=draft.pk).versions.get().content["publish_as"] == "statistics"


def test_the_choice_changes_by_a_change_to_what_was_sent(draft, amina):
    operations.submit(draft, by=amina, at=NOW)
    change = operations.amend(Submission.objects.get(pk=draft.pk), by=amina, at=NOW)
    operations.choose_publicity(change, by=amina, at=NOW, edition=change.edition, publish_as="desk")
    version = operations.submit(change, by=amina, at=NOW)
    assert (version.number, version.content["publish_as"]) == (2, "desk")
    assert Submission.objects.get(pk=draft.pk).publish_as == "desk"
    with pytest.raises(Refused):
        operations.choose_publicity(Submission.objects.get(pk=draft.pk), by=amina, at=NOW, edition=9, publish_as="named")


# Files ------------------------------------------------------------------------------------------------------------------


def test_a_file_for_the_desk_is_on_no_public_surface(client, draft, amina, elena):
    kept = operations.attach(draft, SimpleUploadedFile("zqsecret.pdf", PDF + b"1"), by=amina, at=NOW)
    operations.attach(draft, SimpleUploadedFile("open.pdf", PDF + b"2"), by=amina, at=NOW)
    client.force_login(amina)
    client.post(reverse("submissions:show_file", args=[draft.pk, kept.pk]), {})
    assert "For the desk only" in client.get(reverse("submissions:edit", args=[draft.pk])).content.decode()
    operations.submit(draft, by=amina, at=NOW)
    Attachment.objects.update(verdict="clean", reading="read", scanned_at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)
    client.logout()
    page, answer = f"/en/inputs/{submission.reference}/", f"/api/v1/inputs/{submission.reference}/"
    for address in (page, answer):
        text = client.get(address).content.decode()
        assert "open.pdf" in text
        assert "zqsecret" not in text
    assert client.get(f"{page}files/{kept.pk}/").status_code == 404
    assert PublishedInput.objects.get().files == 1
    assert not [finding.rule for finding in check() if finding.violations]


def test_a_file_for_the_desk_that_waits_for_the_scanner_holds_no_publication_up(draft, amina, elena):
    kept = operations.attach(draft, SimpleUploadedFile("for-the-desk.pdf", PDF), by=amina, at=NOW)
    operations.show_file(kept, public=False, by=amina, at=NOW)
    operations.submit(draft, by=amina, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["published"]:
        act(submission, elena, NOW)
    assert submission.status == "published"


def test_nobody_else_chooses(client, draft, bruno, amina):
    kept = operations.attach(draft, SimpleUploadedFile("a.pdf", PDF), by=amina, at=NOW)
    client.force_login(bruno)
    for name, args in (("publicity", [draft.pk]), ("show_file", [draft.pk, kept.pk]), ("publicity_ask", [draft.pk])):
        posted = client.post(reverse(f"submissions:{name}", args=args), {"publish_as": "desk", "edition": draft.edition})
        assert posted.status_code == 404
    assert Attachment.objects.get().public
    assert Submission.objects.get(pk=draft.pk).publish_as == "named"


# After publication ------------------------------------------------------------------------------------------------------


@pytest.fixture
def public(amina, organisation):
    return make_submission(status="published", organisation=organisation, by=amina)


def test_an_author_asks_the_desk_to_show_less_and_the_desk_grants_it(client, desk_client, public, amina, elena):
    client.force_login(amina)
    asked = {"wanted": "statistics", "reason": "A member was threatened."}
    client.post(reverse("submissions:publicity_ask", args=[public.pk]), asked)
    assert "it has not answered yet" in client.get(public.get_absolute_url()).content.decode()
    wish = PublicityRequest.objects.get()
    room = reverse("admin:submissions_publicityrequest_change", args=[wish.pk])
    desk = desk_client(elena)
    assert "A member was threatened." in desk.get(room).content.decode()
    desk.post(room, {"decision": "grant", "answer": "", "letters": "send"})
    kept = Submission.objects.get(pk=public.pk)
    assert (kept.status, kept.publish_as) == ("accepted", "statistics")
    tombstone = client.get(f"/en/inputs/{public.reference}/")
    assert tombstone.status_code == 410
    assert "no longer wants it to be public" in tombstone.content.decode()
    assert "threatened" not in tombstone.content.decode()
    with pytest.raises(Refused, match="Its author agreed"):
        operations.publish(kept, by=elena, at=NOW)
    assert not Letter.objects.filter(kind="submissions/wish_refused").exists()


def test_a_refusal_gives_its_reason_and_changes_nothing(client, public, amina, elena):
    wish = operations.ask_otherwise(public, wanted="desk", reason="Why not.", by=amina, at=NOW)
    with pytest.raises(Refused, match="has your wish already"):
        operations.ask_otherwise(public, wanted="desk", reason="Again.", by=amina, at=NOW)
    with pytest.raises(Refused, match="Give the reason"):
        operations.answer_wish(wish, granted=False, answer=" ", by=elena, at=NOW)
    operations.answer_wish(wish, granted=False, answer="It was cited in the report.", by=elena, at=NOW)
    client.force_login(amina)
    assert "It was cited in the report." in client.get(public.get_absolute_url()).content.decode()
    [letter] = Letter.objects.filter(kind="submissions/wish_refused")
    assert (letter.to, "It was cited in the report." in letter.text) == (amina.email, True)
    assert Submission.objects.get(pk=public.pk).status == "published"


def test_a_wish_about_ones_own_organisation_is_for_somebody_else(desk_client, public, amina, elena, organisation):
    wish = operations.ask_otherwise(public, wanted="desk", reason="Why not.", by=amina, at=NOW)
    join(organisation, elena, "viewer")
    room = reverse("admin:submissions_publicityrequest_change", args=[wish.pk])
    desk_client(elena).post(room, {"decision": "grant"})
    assert PublicityRequest.objects.get().settled_at is None
