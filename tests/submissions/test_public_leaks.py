"""Words that were never published are found on no public surface; and every surface can be seen to carry what was."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from pypdf import PdfReader

from accreditation.models import Accreditation
from submissions import operations
from submissions.models import PublishedInput, Submission
from tests.factories import NOW, PATHS, make_call, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
FIELDS = ("title", "summary", "text")
FORMATS = ("oai_dc", "mods")


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
        *WAYS_IN,
        *machine_surfaces(public),
    ]


WAYS_IN = (
    *("/en/figures/", "/en/forums/2026/figures/", "/en/figures/coverage/", "/en/forums/2026/figures/coverage/?across=kind"),
    *(f"/en/forums/2026/figures/{name}.csv" for name in ("level", "kind", "time", "organisations", "coverage-region")),
    *("/en/objectives/", "/en/countries/", "/en/countries/KEN/", "/en/regions/ECA/", "/en/organisations/", "/en/changes/"),
    *("/en/national-reviews/", "/en/national-reviews.csv", "/en/forums/2026/accredited/"),
    *("/feeds/organisations.atom", "/feeds/national-reviews.atom", "/feeds/forums/2026/accredited.atom"),
    *("/api/v1/organisations/?kind=civil_society", "/api/v1/organisations/?letter=Z"),
)


LIST_FILES = ("csv", "xlsx", "ris", "bib")


def machine_surfaces(public):
    """What catalogues, reference managers, search engines and other sites ask for."""
    numbers = range(1, 12)
    return [
        "/oai?verb=Identify",
        "/oai?verb=ListSets",
        *(f"/oai?verb={verb}&metadataPrefix={prefix}" for verb in ("ListRecords", "ListIdentifiers") for prefix in FORMATS),
        *(f"/oai?verb=GetRecord&metadataPrefix=mods&identifier={oai_identifier(number)}" for number in numbers),
        "/open-data/",
        "/en/open-data/",
        *(f"/open-data/{name}" for name in ("inputs.zip", "inputs.csv", "inputs.json", "codes.csv", "datapackage.json")),
        "/sitemap.xml",
        *(f"/sitemap-en-{section}-0.xml" for section in ("pages", "inputs", "organisations")),
        "/en/embed/inputs/?number=20",
        *(f"/en/inputs.{form}" for form in LIST_FILES),
        "/ar/inputs.csv?sort=title&level=national",
        *(f"/en/inputs/{public.reference}.{form}" for form in ("ris", "bib", "csl.json", "json", "pdf", "docx")),
        *(f"/en/inputs/IMRF-2026-I-{number:05}.{form}" for number in numbers for form in ("ris", "json", "docx")),
        "/.well-known/security.txt",
    ]


def oai_identifier(number):
    return f"oai:testserver:IMRF-2026-I-{number:05}"


def body_of(response):
    """All that an answer holds, packed or not, with its headers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content += b" ".join(archive.read(name) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        content += " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).encode()
    return content.decode(errors="replace") + str(response.headers)


def test_no_unpublished_word_is_found_on_any_public_surface(client, canaries):
    words, public = canaries
    assert len(set(words)) == len(words) > 40
    make_everything(client, public)
    leaks = []
    for address in surfaces(public):
        body = body_of(client.get(address))
        leaks += [(address, word) for word in words if word in body]
    assert leaks == []


def test_from_a_take_down_on_no_surface_has_the_words(client, canaries):
    """A word that was on all of them is on none right after, nothing having been swept."""
    _words, public = canaries
    make_everything(client, public)
    had = [address for address in machine_surfaces(public) if "publictitle" in body_of(client.get(address))]
    ways = ("ListRecords", "inputs.csv", "inputs.json", "inputs.zip", ".ris", ".bib", ".csl.json", ".json", ".docx", "embed")
    ways += tuple(f"/en/inputs.{form}" for form in LIST_FILES)
    assert [way for way in ways if not any(way in address for address in had)] == []
    operations.take_down(public, by=public.reviewer, at=now(), reason="Names a person.")
    found = [address for address in surfaces(public) if "publict" in body_of(client.get(address))]
    assert found == []


def make_everything(client, public):
    """Papers and open data are there, as after a sweep."""
    for form in ("pdf", "docx"):
        operations.ask_input(PublishedInput.objects.get(submission=public), form=form, language="en", at=now())
    operations.print_inputs(at=now())
    operations.make_open_data(at=now())


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
