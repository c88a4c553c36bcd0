"""manage.py mirror: everything public and nothing else, whole files, going on where it broke off."""

import hashlib
import io
import json

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from imrf_portal.mirroring import LISTS, Mirror, NotMirrored
from submissions import operations
from submissions.models import Attachment, PublishedInput
from tests.factories import NOW, make_call, make_draft, make_published, make_submission, make_user, tick_everything

SITE = "http://testserver"


def asked(address):
    """Status and bytes from the portal of the test, as over HTTP."""
    assert address.startswith(f"{SITE}/"), address
    caches["pages"].clear()  # where the limits are counted
    answer = Client().get(address.removeprefix(SITE))
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def with_a_file(**fields):
    """A published input with a clean file."""
    draft = make_draft(**fields)
    operations.attach(draft, SimpleUploadedFile("annex.txt", b"Fees by corridor."), by=draft.begun_by, at=NOW)
    Attachment.objects.update(verdict="clean", reading="read", scanned_at=NOW)
    operations.submit(draft, by=draft.begun_by, at=NOW)
    submission, desk = draft.__class__.objects.get(pk=draft.pk), make_user(staff=True)
    operations.take_up(submission, by=desk, at=NOW)
    tick_everything(submission, desk, NOW)
    operations.accept(submission, by=desk, at=NOW)
    operations.publish(submission, by=desk, at=NOW)
    return PublishedInput.objects.get(submission=submission)


def stands(folder) -> dict:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def read(place):
    return json.loads(place.read_bytes())


@pytest.mark.django_db
def test_everything_public_is_copied_and_nothing_else(tmp_path, forum):
    inputs = [make_published().reference for _ in range(3)]
    filed = with_a_file()
    hidden = make_submission(status="submitted").reference
    report = Mirror(SITE, tmp_path, asked).run()
    assert (report.inputs, report.unchanged, report.files, report.gone) == (4, 0, 1, 0)
    assert {each.name for each in (tmp_path / "inputs").iterdir()} == {*inputs, filed.reference}
    assert hidden not in {*inputs, filed.reference}
    assert {f"{name}.json" for name in LISTS} <= {each.name for each in tmp_path.iterdir()}
    [file] = (tmp_path / "inputs" / filed.reference / "files").iterdir()
    assert file.read_bytes() == b"Fees by corridor."
    whole = read(tmp_path / "inputs" / filed.reference / "input.json")
    assert whole["files"][0]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert whole == Client().get(f"/api/v1/inputs/{filed.reference}/").json()


@pytest.mark.django_db
def test_run_again_it_asks_only_for_what_changed(tmp_path, forum):
    changed, _other = make_published(), make_published()
    Mirror(SITE, tmp_path, asked).run()
    before = stands(tmp_path)
    seen = []
    report = Mirror(SITE, tmp_path, lambda address: seen.append(address) or asked(address)).run()
    assert (report.inputs, report.unchanged) == (0, 2)
    assert stands(tmp_path) == before
    assert [address for address in seen if "/inputs/IMRF" in address] == []
    operations.take_down(changed.submission, by=make_user(staff=True), at=NOW, reason="Names a person.")
    report = Mirror(SITE, tmp_path, asked).run()
    assert (report.unchanged, report.gone) == (1, 1)
    assert "Names a person." in read(tmp_path / "inputs" / changed.reference / "taken_down.json")["detail"]
    assert not (tmp_path / "inputs" / changed.reference / "input.json").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("after", range(9, 15))
def test_broken_off_anywhere_it_goes_on_and_ends_the_same(tmp_path, forum, after):
    call = make_call(forum)
    with_a_file(call=call)
    make_published(call=call)
    Mirror(SITE, tmp_path / "whole", asked).run()
    left = iter(range(after))

    def cut(address):
        if next(left, None) is None:
            raise NotMirrored("cut")
        return asked(address)

    with pytest.raises(NotMirrored):
        Mirror(SITE, tmp_path / "cut", cut).run()
    Mirror(SITE, tmp_path / "cut", asked).run()
    assert stands(tmp_path / "cut") == stands(tmp_path / "whole")


@pytest.mark.django_db
def test_a_file_that_is_not_what_it_says_and_another_site_are_refused(tmp_path, forum):
    with_a_file()

    def false(address):
        status, content = asked(address)
        return status, b"Something else." if "/files/" in address else content

    with pytest.raises(NotMirrored, match="not what it says"):
        Mirror(SITE, tmp_path, false).run()

    def elsewhere(address):
        status, content = asked(address)
        return status, content.replace(b'"next":null', b'"next":"http://foreign.invalid/"')

    with pytest.raises(NotMirrored, match="another site"):
        Mirror(SITE, tmp_path, elsewhere).run()


@pytest.mark.parametrize("reference", ["../../etc", "a/b", "", ".", "x" * 61])
def test_no_name_leads_out_of_the_folder(tmp_path, reference):
    with pytest.raises(NotMirrored):
        Mirror(SITE, tmp_path).place_of(reference)


def test_the_command_copies_over_http(tmp_path, live_server, settings):
    settings.SITE_URL = live_server.url
    make_published()
    out = io.StringIO()
    call_command("mirror", tmp_path, site=live_server.url, stdout=out)
    assert "1 inputs written" in out.getvalue()
    with pytest.raises(CommandError, match="no address"):
        call_command("mirror", tmp_path, site="ftp://x")
