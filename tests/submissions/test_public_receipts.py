import pytest

from submissions import operations
from tests.factories import NOW, make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(db):
    submission = make_submission(status="submitted", title="Secret title", text="Secret text")
    return submission, submission.versions.get()


def check(client, number, sha256=None):
    return client.get(f"/en/receipts/{number}/", {"sha256": sha256} if sha256 else {})


def test_a_genuine_receipt_tells_version_time_and_files_and_nothing_of_the_text(client, sent):
    submission, version = sent
    page = check(client, submission.reference, version.sha256).content.decode()
    assert "Genuine" in page
    assert "Tuesday 20 January 2026, 07:00:00 New York (UTC−5)" in page
    assert version.content["sent_at"] in page
    assert "Secret t" not in page
    assert submission.organisation.name not in page


@pytest.mark.parametrize("change", [str.upper, lambda sha256: f" {sha256[:32]} {sha256[32:]}\n"])
def test_spaces_and_capitals_in_a_fingerprint_do_not_matter(client, sent, change):
    submission, version = sent
    assert "Genuine" in check(client, submission.reference.lower(), change(version.sha256)).content.decode()


def test_a_missing_number_and_a_wrong_fingerprint_answer_alike(client, sent):
    submission, version = sent
    answers = [
        check(client, submission.reference, "0" * 64),
        check(client, "IMRF-2026-I-99999", "0" * 64),
        check(client, "IMRF-2026-I-99999", version.sha256),
    ]
    bodies = {
        answer.content.decode()
        .replace(submission.reference, "X")
        .replace("IMRF-2026-I-99999", "X")
        .replace(version.sha256, "0" * 64)
        for answer in answers
    }
    assert {answer.status_code for answer in answers} == {200}
    assert len(bodies) == 1
    assert "Does not match" in bodies.pop()


def test_without_a_fingerprint_every_number_gets_the_same_form(client, sent):
    submission, _version = sent
    bodies = {check(client, number).content.decode().replace(number, "X") for number in (submission.reference, "NONE")}
    assert len(bodies) == 1


def test_each_version_has_a_receipt_of_its_own(client):
    submission = make_submission(status="clarification_asked")
    operations.submit(submission, by=submission.begun_by, at=NOW)
    first, second = submission.versions.order_by("number")
    assert f"{submission.reference}</bdi>" in check(client, submission.reference, first.sha256).content.decode()
    assert f"{submission.reference}/Rev.1</bdi>" in check(client, submission.reference, second.sha256).content.decode()


@pytest.mark.parametrize("sha256", ["x", "<script>", "0" * 5000, "é" * 64, "' OR 1=1 --"])
def test_nonsense_does_not_match(client, sent, sha256):
    response = check(client, "IMRF-2026-I-00001", sha256)
    assert response.status_code == 200
    assert "Does not match" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_the_answer_is_kept_nowhere(client, sent):
    response = check(client, "IMRF-2026-I-00001")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert '<meta name="robots" content="noindex' in response.content.decode()
