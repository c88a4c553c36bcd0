"""Near-duplicates: sketched by the sweep, likened whatever their case and spacing, shown only to who may see both."""

import random
import time

import pytest
from django.db import connection
from django.urls import reverse

from submissions import operations
from submissions.admin.surroundings import with_alike
from submissions.alike import KEPT, share_of, shingles, sketch_of
from submissions.models import Likeness, Sketch, Submission, Version
from tests.factories import NOW, join, make_organisation, make_submission, make_user

pytestmark = pytest.mark.django_db
WORDS = [f"word{number}" for number in range(4000)]


def text(seed, count=300):
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def sent(call, body, **fields):
    by = fields.pop("by", None) or make_user()
    organisation = fields.pop("organisation", None) or make_organisation(focal_point=by)
    return make_submission(call=call, organisation=organisation, by=by, text=body, **fields)


def pairs():
    found = Likeness.objects.values_list("version__submission__reference", "other__submission__reference")
    return {tuple(sorted(pair)) for pair in found}


# The measure ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changed", [0, 15, 60, 150, 300])
def test_the_estimate_is_near_the_truth(changed):
    words = text(1, 600).split()
    other = text(2, changed).split() + words[changed:]
    true = len(shingles(" ".join(words)) & shingles(" ".join(other))) / len(
        shingles(" ".join(words)) | shingles(" ".join(other))
    )
    assert abs(share_of(sketch_of(" ".join(words)), sketch_of(" ".join(other))) - true) < 0.15


def test_case_marks_and_spacing_are_nothing_and_short_texts_are_left_alone():
    body = text(3, 60)
    assert sketch_of(body) == sketch_of(f"  **{body.upper().replace(' ', chr(10))}**. ")
    assert len(sketch_of(body)) == len(shingles(body)) < KEPT
    assert sketch_of("Nine missions answer complaints.") == []
    assert share_of([], []) == 0


@pytest.mark.parametrize(
    "body", ["安全有序和正常移民全球契约的执行情况由各国政府提交审议论坛报告并公布于众" * 2, "مبادرة " * 3 + text(5, 40)]
)
def test_every_script_is_sketched(body):
    assert sketch_of(body)


# The sweep ------------------------------------------------------------------------------------------------------------


def test_the_sweep_likens_each_text_once_and_to_nothing_far_off(call):
    one = sent(call, text(1))
    other = sent(call, text(1, 290) + " and ten words more that nobody else has written yet")
    sent(call, text(9))
    assert operations.liken_waiting(at=NOW) == 3
    assert operations.liken_waiting(at=NOW) == 0
    assert pairs() == {tuple(sorted((one.reference, other.reference)))}
    assert Likeness.objects.count() == 2
    assert Sketch.objects.count() == 3


def test_versions_of_one_input_are_not_likened_to_each_other(call, organisation, amina):
    one = sent(call, text(1), organisation=organisation, by=amina)
    draft = operations.amend(one, by=amina, at=NOW)
    draft = operations.revise(draft, by=amina, at=NOW, edition=draft.edition, summary="Shorter.")
    operations.submit(draft, by=amina, at=NOW)
    operations.liken_waiting(at=NOW)
    assert not Likeness.objects.exists()


def test_a_campaign_keeps_the_nearest_only(call, organisation, amina):
    for _copy in range(14):
        sent(call, text(1), organisation=organisation, by=amina)
    operations.liken_waiting(at=NOW)
    last = Version.objects.order_by("-pk").first()
    assert last.likenesses.count() == 10


def test_what_nobody_has_read_yet_waits_for_its_files(call, organisation, amina):
    draft = make_submission(call=call, organisation=organisation, by=amina, status="draft", text="See the file.")
    kept = {"file": "attachments/x.pdf", "size": 1, "media_type": "application/pdf", "sha256": "a" * 64, "added_at": NOW}
    file = draft.attachments.create(name="a.pdf", **kept)
    operations.submit(draft, by=amina, at=NOW)
    assert operations.liken_waiting(at=NOW) == 0
    from submissions.operations.extracting import keep

    keep(file, {"hazards": [], "texts": [text(4)], "words": 300}, at=NOW)
    sent(call, text(4))
    assert operations.liken_waiting(at=NOW) == 2
    assert Likeness.objects.count() == 2


@pytest.mark.parametrize("many", [3_000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_thousands_of_texts_are_searched_in_a_moment(call, many):
    """Of so many sketches, each sharing a few common runs with all others, the next is likened in well under a second."""
    one = sent(call, text(1))
    operations.liken_waiting(at=NOW)
    draw = random.Random(5)
    common = [draw.getrandbits(62) for _each in range(4)]
    version = Version.objects.get(submission=one)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO submissions_version (submission_id, number, act, act_number, content, changes, sha256, sent_at,
                words, forum_id, place, link)
            SELECT submission_id, n + 1, 'revision', n, content, changes, sha256, sent_at, words, forum_id, n + 10, link
            FROM submissions_version, generate_series(1, %s) n WHERE id = %s
            """,
            [many, version.pk],
        )
    keys = list(Version.objects.filter(number__gt=1).values_list("pk", flat=True))
    rows = [
        Sketch(version_id=key, made_at=NOW, least=sorted([*common, *(draw.getrandbits(62) for _ in range(60))]))
        for key in keys
    ]
    Sketch.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE submissions_sketch")
    twin = sent(call, text(1))
    began = time.monotonic()
    assert operations.liken_waiting(at=NOW) == 1
    assert time.monotonic() - began < 2
    assert twin.reference in {ref for pair in pairs() for ref in pair}


# The desk -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def twins(call, organisation, amina, other_organisation, bruno):
    one = sent(call, text(1), organisation=organisation, by=amina)
    two = sent(call, text(1, 295) + " quite another ending", organisation=other_organisation, by=bruno)
    operations.liken_waiting(at=NOW)
    return one, two


def test_the_review_page_names_it_and_leads_to_what_differs(desk_client, twins, ravi):
    one, two = twins
    client = desk_client(ravi)
    page = client.get(reverse("admin:submissions_submission_change", args=[one.pk])).content.decode()
    address = reverse("admin:submissions_submission_alike", args=[one.pk, two.pk])
    for part in (two.reference, "Open Desk", "Nearly the same text", address):
        assert part in page
    differs = client.get(address).content.decode()
    assert "quite another ending" in differs
    assert client.get(f"{address}?view=inline").status_code == 200


def test_who_may_not_see_one_of_them_learns_nothing_of_it(desk_client, client, twins, ravi, other_organisation, amina):
    one, two = twins
    join(other_organisation, ravi)
    desk = desk_client(ravi)
    page = desk.get(reverse("admin:submissions_submission_change", args=[one.pk])).content.decode()
    assert two.reference not in page
    assert "Open Desk" not in page
    for pair in ((one, two), (two, one), (one, one)):
        assert desk.get(reverse("admin:submissions_submission_alike", args=[each.pk for each in pair])).status_code == 404
    client.force_login(amina)
    assert client.get(reverse("admin:submissions_submission_alike", args=[one.pk, two.pk])).status_code in (302, 403)


def test_what_was_changed_since_is_likened_no_more(twins, bruno, ravi):
    one, two = twins
    draft = operations.amend(two, by=bruno, at=NOW)
    draft = operations.revise(draft, by=bruno, at=NOW, edition=draft.edition, text=text(8))
    operations.submit(draft, by=bruno, at=NOW)
    visible = Submission.objects.visible_to(ravi)
    assert with_alike(visible.filter(pk=one.pk), visible).get().alike == []


def test_a_redacted_passage_is_not_shown_by_comparing(desk_client, twins, elena):
    one, two = twins
    operations.redact(two, by=elena, at=NOW, kind="law", reason="x", passage="quite another ending")
    differs = desk_client(elena).get(reverse("admin:submissions_submission_alike", args=[one.pk, two.pk])).content.decode()
    assert "quite another ending" not in differs
