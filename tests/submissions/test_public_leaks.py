"""Words that were never published are found on no public surface; and every surface can be seen to carry what was."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from accreditation.models import Accreditation
from submissions import operations
from submissions.models import Submission
from tests.factories import NOW, PATHS, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
FIELDS = ("title", "summary", "text")


def canary(*parts):
    return "zq" + "x".join(parts).replace("_", "")


@pytest.fixture
def canaries(forum, settings, tmp_path):
    """One word of its own in every place that is not public."""
    settings.MEDIA_ROOT = tmp_path
    call, words = make_call(forum), []

    def marked(*parts):
        words.append(canary(*parts))
        return words[-1]

    for status in Submission.Status.values:
        if status == "published":
            continue
        organisation = make_organisation(marked(status, "organisation"))
        submission = make_submission(
            status=status,
            call=call,
            organisation=organisation,
            **{field: marked(status, field) for field in FIELDS},
            contact_email=f"{marked(status, 'mail')}@example.org",
        )
        operations.add_note(submission, by=make_user(marked(status, "reviewer")), at=NOW, text=marked(status, "note"))
    embargoed = make_submission(status="accepted", call=call, **{field: marked("embargo", field) for field in FIELDS})
    operations.publish(embargoed, by=embargoed.reviewer, at=NOW, visible_at=now() + timedelta(days=1))
    down = make_submission(status="published", call=call, **{field: marked("down", field) for field in FIELDS})
    operations.take_down(down, by=down.reviewer, at=NOW, reason="Names a person.")
    _claimed(forum, marked)
    public = _published_with_a_past(call, marked)
    return words, public


def _claimed(forum, marked):
    """An organisation whose standing nobody decided."""
    organisation = make_organisation(marked("claim"))
    Accreditation.objects.create(
        organisation=organisation, forum=forum, basis_id="special", status="put_forward", begun_at=NOW
    )


def _published_with_a_past(call, marked):
    """A published input whose first version, removed file and internal note are nobody's business."""
    draft = make_submission(status="draft", call=call, **{field: marked("old", field) for field in FIELDS})
    file = SimpleUploadedFile(f"{marked('removed', 'file')}.txt", b"old")
    attachment = operations.attach(draft, file, by=draft.begun_by, at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    reviewer = make_user(staff=True)
    operations.take_up(submission, by=reviewer, at=NOW)
    operations.ask_for_clarification(submission, by=reviewer, at=NOW, question=marked("question"))
    operations.detach(attachment, by=submission.begun_by, at=NOW)
    edition = Submission.objects.get(pk=submission.pk).edition
    operations.revise(
        submission, by=submission.begun_by, at=NOW, edition=edition, **{field: f"public{field}" for field in FIELDS}
    )
    operations.submit(submission, by=submission.begun_by, at=NOW)
    submission = Submission.objects.get(pk=submission.pk)
    for act in PATHS["published"]:
        act(submission, reviewer, NOW)
    operations.record_review(submission, by=reviewer, at=NOW, checklist={}, remarks=marked("remarks"))
    return submission


def surfaces(public):
    lists = ["/en/inputs/", "/en/forums/2026/inputs/", "/en/objectives/14/", "/en/forums/2026/round-tables/2/"]
    return [
        *lists,
        *(f"{address}?sort=title&level=national" for address in lists),
        "/",
        "/en/",
        "/ar/",
        "/en/forums/",
        "/en/forums/2026/",
        "/en/calendar/",
        f"/en/inputs/{public.reference}/",
        f"/en/organisations/{public.organisation.slug}/",
        *(f"/en/inputs/IMRF-2026-I-{number:05}/" for number in range(1, 12)),
        f"/en/receipts/{public.reference}/",
        "/feeds/inputs.atom",
        "/api/v1/inputs/",
        "/api/v1/inputs/?page_size=100",
        f"/api/v1/inputs/{public.reference}/",
        *(f"/api/v1/inputs/IMRF-2026-I-{number:05}/" for number in range(1, 12)),
        "/api/v1/organisations/",
        "/api/v1/forums/",
        "/api/v1/calls/",
        "/api/docs/",
        "/api/schema/",
        "/robots.txt",
    ]


def test_no_unpublished_word_is_found_on_any_public_surface(client, canaries):
    words, public = canaries
    assert len(set(words)) == len(words) > 40
    leaks = []
    for address in surfaces(public):
        response = client.get(address)
        body = response.content.decode() + str(response.headers)
        leaks += [(address, word) for word in words if word in body]
    assert leaks == []


def test_no_unpublished_word_is_found_by_searching(client, canaries):
    words, _public = canaries
    for word in words:
        for address in ("/en/inputs/", "/feeds/inputs.atom", "/api/v1/inputs/"):
            response = client.get(address, {"q": f'"{word}"'})
            assert response.status_code == 200
            assert "IMRF-2026-I-" not in response.content.decode(), (address, word)


def test_the_published_words_are_found_so_the_searching_above_could_have_found_others(client, canaries):
    _words, public = canaries
    for word in ("publictitle", "publicsummary", "publictext"):
        assert public.reference in client.get("/en/inputs/", {"q": word}).content.decode()
        assert public.reference in client.get("/feeds/inputs.atom", {"q": word}).content.decode()
        assert public.reference in client.get("/api/v1/inputs/", {"q": word}).content.decode()
    assert "publictext" in client.get(f"/api/v1/inputs/{public.reference}/").content.decode()


def test_counts_and_facets_know_only_what_is_visible(client, canaries):
    page = client.get("/en/inputs/")
    assert page.context["total"] == 1
    assert {option["count"] for facet in page.context["facets"] for option in facet["options"]} == {1}
    assert client.get("/en/").context["figures"].inputs == 1
