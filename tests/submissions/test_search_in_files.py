"""Text of public files is found, with document and page, as long as everybody may read the file and no longer."""

from itertools import pairwise

import pytest
from django.contrib.postgres.search import SearchQueryField
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import BooleanField, Case, F, Func, When
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils.http import urlencode

from submissions import operations
from submissions.models import Attachment, KnownWord, Passage, PublishedInput, Submission
from submissions.operations import scanning
from submissions.operations.extracting import keep
from submissions.operations.showing_files import MOST_PAGES, SHARED, SIGNS, pieces
from submissions.search.listing import list_inputs
from submissions.search.marking import Marks, marked
from submissions.search.passages import hits
from submissions.search.querying import rank, read, read_words
from tests.factories import NOW, PATHS, make_submission, make_user

pytestmark = pytest.mark.django_db
PAGES = ["The cover says nothing.", "Zqxharbour masters counted lost lanterns <b>beside</b> the quay."]


def found_in(texts, **more):
    return {"hazards": [], "texts": texts, "pages": len(texts), "words": 9, "has_text": True, "language": "en", **more}


def publish_with(*files, at=NOW, read=True, **fields):
    """A published input with these files, each a list of the texts of its pages; read before unless told otherwise."""
    draft = make_submission(status="draft", **fields)
    attached = []
    for number, texts in enumerate(files):
        upload = SimpleUploadedFile(f"report{number}.txt", f"text {number}".encode())
        attached.append(operations.attach(draft, upload, by=draft.begun_by, at=NOW))
        Attachment.objects.filter(pk=attached[-1].pk).update(verdict="clean", media_type="application/pdf")
        if read:
            keep(Attachment.objects.get(pk=attached[-1].pk), found_in(texts), at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    submission = Submission.objects.get(pk=draft.pk)
    for act in PATHS["accepted"]:
        act(submission, make_user(staff=True), NOW)
    operations.publish(submission, by=make_user(staff=True), at=at, files_may_follow=True)
    return Submission.objects.get(pk=draft.pk), [Attachment.objects.get(pk=file.pk) for file in attached]


def answered(words, at=NOW):
    listing = list_inputs(QueryDict(urlencode({"q": words})), at=at)
    assert listing.attempt is None or not (listing.attempt.some or listing.attempt.mended) or not listing.counts.total
    return listing.cards


def hit(words):
    [card] = answered(words)
    return card["hit"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_page_of_a_file_is_found_and_named_with_an_excerpt(client):
    submission, [file] = publish_with(PAGES)
    found = hit("zqxharbour lantern")
    assert (found["name"], found["page"]) == ("report0.txt", 2)
    assert found["url"] == f"/en/inputs/{submission.reference}/files/{file.pk}/"
    assert "<mark>Zqxharbour</mark> masters counted lost <mark>lanterns</mark> &lt;b&gt;beside" in found["text"]
    page = client.get("/en/inputs/", {"q": "zqxharbour"}).content.decode()
    assert "page 2 ·" in page
    assert "<mark>Zqxharbour</mark>" in page


def test_words_of_the_title_and_of_a_file_answer_together():
    publish_with(PAGES, title="Northern fisheries")
    assert hit("fisheries lanterns")["page"] == 2
    assert answered("fisheries -lanterns") == []
    assert len(answered("fisheries -lighthouse")) == 1


def test_a_phrase_is_found_on_a_page_and_only_as_it_stands():
    publish_with(PAGES)
    assert hit('"lost lanterns"')["page"] == 2
    assert answered('"lanterns lost"') == []
    assert hit('"lanterns lost" OR zqxharbour')["page"] == 2
    assert answered('zqxharbour -"lost lanterns"') == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Les pêcheurs zqxcomptèrent des lanternes égarées.", "lanterne egaree"),
        ("ru", "Рыбаки считали потерянные фонари у причала.", "потерянный фонарь"),
        ("ar", "أحصى الصيّادون الفوانيسَ الضائعة", "الصيادون الضائعه"),
        ("zh-hans", "渔民清点了码头边丢失的灯笼。", "丢失的灯笼"),
        ("es", "Los pescadores contaron los faroles perdidos.", "farol perdido"),
    ],
)
def test_a_file_is_searched_in_its_own_language(language, text, words):
    _submission, [file] = publish_with([text], read=False, language="en", title="A title")
    keep(file, found_in([text], language=language), at=NOW)
    found = hit(words)
    assert found["language"] == language
    assert "<mark>" in found["text"]


def test_a_file_is_found_when_it_is_read_after_publication():
    _submission, [file] = publish_with(PAGES, read=False)
    assert answered("zqxharbour") == []
    keep(file, found_in(PAGES), at=NOW)
    assert hit("zqxharbour")["page"] == 2


def test_other_bytes_leave_nothing_of_the_old_text():
    _submission, [file] = publish_with(PAGES)
    keep(file, found_in(["Zqxother words."]), at=NOW)
    assert answered("zqxharbour") == []
    assert hit("zqxother")["page"] == 1


def take_down(submission, file):
    operations.take_down(submission, by=make_user(staff=True), at=NOW, reason="Names a person.")


def withdraw(submission, file):
    operations.withdraw(submission, by=submission.begun_by, at=NOW)


def redact(submission, file):
    operations.redact(
        submission, by=make_user(staff=True), at=NOW, kind="personal", reason="A name.", part=f"file:{file.pk}"
    )


def hold(submission, file):
    keep(file, found_in(PAGES, hazards=["script"]), at=NOW)


def find_infected(submission, file):
    Attachment.objects.filter(pk=file.pk).update(verdict="infected")
    scanning._public_changes(NOW)(Attachment.objects.get(pk=file.pk))


@pytest.mark.parametrize("stop", [take_down, withdraw, redact, hold, find_infected])
def test_text_that_stops_being_public_is_found_no_more(stop):
    submission, [file] = publish_with(PAGES)
    assert hit("zqxharbour")
    stop(submission, file)
    assert not Passage.objects.exists()
    assert not PublishedInput.objects.filter(vector="zqxharbour").exists()
    assert answered("zqxharbour") == []
    assert answered("zqxharbor") == []  # nor is it offered for a word like it
    if stop in (take_down, withdraw, redact):
        assert not KnownWord.objects.filter(word="zqxharbour").exists()


def test_a_released_file_is_found():
    submission, [file] = publish_with(PAGES)
    hold(submission, file)
    operations.release(file, by=make_user(staff=True), at=NOW, reason="Opened and read it.")
    assert hit("zqxharbour")["page"] == 2


def test_a_file_for_the_desk_is_never_searched():
    draft = make_submission(status="draft")
    file = operations.attach(draft, SimpleUploadedFile("a.txt", b"a"), by=draft.begun_by, at=NOW)
    Attachment.objects.filter(pk=file.pk).update(verdict="clean", public=False)
    keep(Attachment.objects.get(pk=file.pk), found_in(PAGES), at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    for act in PATHS["published"]:
        act(Submission.objects.get(pk=draft.pk), make_user(staff=True), NOW)
    assert not Passage.objects.exists()
    assert answered("zqxharbour") == []


def test_so_much_of_a_long_file_is_kept():
    _submission, _files = publish_with([f"Word{number} stands here." for number in range(1, MOST_PAGES + 2)])
    assert hit(f"word{MOST_PAGES}")["page"] == MOST_PAGES
    assert answered(f"word{MOST_PAGES + 1}") == []


def test_a_file_of_strange_words_is_no_obstacle():
    _submission, _files = publish_with([" ".join(f"{page}x{number:05}y" for number in range(12_000)) for page in "abcd"])
    assert hit("ax00000y")["page"] == 1


def test_pieces_are_short_cut_between_words_and_share_their_ends():
    text = " ".join(f"word{number}" for number in range(1000))
    cut = pieces(text)
    assert max(map(len, cut)) <= SIGNS
    assert {word for piece in cut for word in piece.split()} == set(text.split())
    assert all(one.split()[-1] in other[: 2 * SHARED] for one, other in pairwise(cut))
    assert "".join(pieces("字" * 2000)).count("字") >= 2000
    assert pieces("  ") == []


def test_the_number_of_statements_does_not_grow_with_files(client, count_statements):
    publish_with(PAGES)
    client.get("/en/inputs/?q=zqxharbour")
    few = count_statements(lambda: client.get("/en/inputs/?q=zqxharbour"))
    for number in range(4):
        publish_with(PAGES, PAGES, title=f"Another {number}")
    assert count_statements(lambda: client.get("/en/inputs/?q=zqxharbour")) == few


def test_what_was_published_before_is_indexed_by_the_command(capsys):
    submission, [_file] = publish_with(PAGES)
    Passage.objects.all().delete()
    PublishedInput.objects.update(vector=None)
    call_command("index_inputs", submission.reference)
    assert hit("zqxharbour")["page"] == 2
    call_command("index_inputs")
    assert "1 inputs were indexed." in capsys.readouterr().out


@pytest.mark.parametrize("words", ["lanterns", "lantern quay", "cover quay", '"lost lanterns"', "lant*", "harbour -quay"])
def test_the_statement_finds_the_passages_that_the_querysets_would(words):
    for files in ((PAGES, ["Lanterns on the quay.", "A lantern."]), (["The quay, a cover."],), (["Nothing of it."],)):
        publish_with(*files)
    held, [file] = publish_with(["Lost lanterns, lanterns, lanterns on the quay."])
    Attachment.objects.filter(pk=file.pk).update(is_held=True)
    marks = Marks(read(read_words(words)))
    inputs = PublishedInput.objects.all()
    rows = marked(list(inputs.values_list("pk", flat=True)), marks)
    assert {row.submission_id for row in rows if row.has_passages} == {*Passage.objects.values_list("submission", flat=True)}
    found = hits(rows, marks)
    assert {key: (hit["name"], hit["page"]) for key, hit in found.items()} == best_by_querysets(inputs, marks.reading)
    assert held.pk not in found


def answers(query):
    """A condition: whether the vector of a passage answers the text of a tsquery."""
    asked = RawSQL("%s::tsquery", (query,), output_field=SearchQueryField())
    return Func(F("vector"), asked, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def best_by_querysets(inputs, reading):
    """Submission -> file and page of the passage that answers best; of files that everybody may have."""
    rows = Passage.objects.filter(submission__in=inputs.values("submission"))
    rows = rows.filter(extract__attachment__in=Attachment.objects.presentable())
    rows = rows.filter(answers(reading.whole(some=True)))
    whole = Case(When(answers(reading.whole()), then=True), default=False, output_field=BooleanField())
    rows = rows.annotate(whole=whole, rank=rank(reading, some=True))
    rows = rows.order_by("submission_id", "-whole", "-rank", "place", "pk").distinct("submission_id")
    return {row.submission_id: (row.extract.attachment.name, row.page) for row in rows}
