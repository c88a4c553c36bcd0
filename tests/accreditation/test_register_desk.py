"""The desk sends a newer register, looks at the difference, says the second word, and looks at each standing touched."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accreditation.models import Accreditation, Basis, Register, RegisterImport, RegisterTouch
from accreditation.registers import importing
from accreditation.registers.matching import keep_names
from accreditation.registers.settling import settle_touch
from forums.refusals import MovedMeanwhile
from tests.factories import NOW, join, make_forum, make_organisation, make_standing, make_user, make_vocabularies

pytestmark = pytest.mark.django_db
SEND = "admin:accreditation_registerimport_add"
NEWER = b"name,status\nAmber Guild,roster\n=Cobalt Ring,general\n"


@pytest.fixture
def officer(db):
    return make_user("tomas", staff=True, roles=["accreditation"])


@pytest.fixture
def desk(desk_client, officer):
    return desk_client(officer)


@pytest.fixture
def register(db):
    make_vocabularies()
    Basis.objects.filter(pk="ecosoc").update(register="ecosoc")
    made = Register.objects.create(kind="ecosoc", as_of="2025-08-22", source="A list")
    for name in ("Amber Guild", "Birch Weavers"):
        entry = made.entries.create(name=name, status="special")
        standing = make_standing(make_organisation(name), make_forum())
        Accreditation.objects.filter(pk=standing.pk).update(register_entry=entry)
    keep_names(made.entries.all())
    return made


def typed(content=NEWER, name="newer.csv", **more):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return {"kind": "ecosoc", "as_of": "2026-01-15", "source": "iCSO, exported", "file": file, **more}


def send(client, content=NEWER, **more):
    answer = client.post(reverse(SEND), typed(content, **more))
    assert answer.status_code == 302
    importing.work_on_imports(at=NOW)
    return RegisterImport.objects.latest("pk")


def page_of(run):
    return reverse("admin:accreditation_registerimport_change", args=[run.pk])


def read_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def seen_on(page):
    return dict(re.findall(r'name="(seen-\w+)" value="([^"]*)"', page))


def press(client, run, decision, seen=None):
    seen = seen or seen_on(read_page(client, page_of(run)))
    return client.post(page_of(run), {**seen, "decision": decision})


# The way of one copy -------------------------------------------------------------------------------------------------


def test_a_copy_goes_its_whole_way(desk, register, officer):
    assert "read and compared first" in read_page(desk, reverse(SEND))
    answer = desk.post(reverse(SEND), typed())
    run = RegisterImport.objects.get()
    assert answer["Location"] == page_of(run)
    assert (run.by, run.as_of, run.source, run.name) == (officer, date(2026, 1, 15), "iCSO, exported", "newer.csv")
    waiting = read_page(desk, page_of(run))
    assert f'<meta http-equiv="refresh" content="3; url={page_of(run)}">' in waiting
    RegisterImport.objects.update(state="reading", done_rows=500, all_rows=6500)
    assert '<progress value="500" max="6500"' in read_page(desk, page_of(run))
    importing.work_on_imports(at=NOW)
    page = read_page(desk, page_of(run))
    assert 'http-equiv="refresh"' not in page
    assert register.entries.count() == 2
    assert "=Cobalt Ring" in page  # the first tab that has something
    assert "Birch Weavers" in read_page(desk, page_of(run) + "?tab=gone")
    assert "special</bdi> → <bdi>roster" in read_page(desk, page_of(run) + "?tab=changed")
    touched = read_page(desk, page_of(run) + "?tab=touched")
    assert "Amber Guild" in touched
    assert "No standing changes by an import" in touched
    assert press(desk, run, "bring_in").status_code == 302
    assert "The import is in progress" in read_page(desk, page_of(run))
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    assert (run.state, run.by, register.entries.count()) == ("brought_in", officer, 3)
    done = read_page(desk, page_of(run))
    assert 'value="bring_in"' not in done
    assert 'value="set_aside"' not in done


def test_the_whole_difference_is_a_table_in_which_nothing_is_a_formula(desk, register):
    run = send(desk)
    answer = desk.get(reverse("admin:accreditation_registerimport_difference", args=[run.pk]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    kinds, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert kinds[:3] == ["kind", "line", "name"]
    assert [(line[0], line[2]) for line in lines] == [
        ("new", "'=Cobalt Ring"),
        ("gone", "Birch Weavers"),
        ("changed", "Amber Guild"),
        ("touched", "Birch Weavers"),
        ("touched", "Amber Guild"),
    ]


def test_long_lists_are_cut_on_the_page_and_whole_in_the_table(desk, register):
    run = send(desk, b"name\n" + b"".join(b"Circle %d\n" % number for number in range(300)))
    page = read_page(desk, page_of(run) + "?tab=new")
    assert "The first 200 of 300 are shown" in page
    table = desk.get(reverse("admin:accreditation_registerimport_difference", args=[run.pk])).content.decode()
    assert table.count("new,") == 300


def test_what_is_set_aside_stays_out(desk, register):
    run = send(desk)
    assert press(desk, run, "set_aside").status_code == 302
    run.refresh_from_db()
    assert (run.state, register.entries.count()) == ("set_aside", 2)


def test_a_stale_page_decides_nothing(desk, register):
    run = send(desk)
    seen = seen_on(read_page(desk, page_of(run)))
    importing.set_aside(run, at=NOW)
    answer = press(desk, run, "bring_in", seen)
    assert answer.status_code == 409
    assert "This changed while you had the page open" in answer.content.decode()
    run.refresh_from_db()
    assert run.state == "set_aside"


def test_a_register_that_changed_meanwhile_is_said_and_compared_again(desk, register):
    run = send(desk)
    register.entries.filter(name="Birch Weavers").update(status="roster")
    answer = press(desk, run, "bring_in")
    assert answer.status_code == 409
    assert "It is compared again" in answer.content.decode()
    assert 'http-equiv="refresh"' in answer.content.decode()
    importing.work_on_imports(at=NOW)
    assert press(desk, run, "bring_in").status_code == 302


# What is refused -----------------------------------------------------------------------------------------------------


def test_faults_of_a_file_are_listed_with_their_lines(desk, register):
    run = send(desk, b"name,status\nAmber Guild,gold\n,special\n")
    page = read_page(desk, page_of(run))
    assert "Line 2: the status “gold” is unknown" in page
    assert "Line 3: the name is empty" in page
    assert 'value="bring_in"' not in page
    assert press(desk, run, "bring_in", {"seen-state": "refused", "seen-mark": ""}).status_code == 409
    assert press(desk, run, "set_aside").status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content": b"%PDF-1.7"}, "neither a CSV file nor an XLSX workbook"),
        ({"as_of": "2020-01-01"}, "a copy of 2020-01-01 is older"),
        ({"as_of": "soon"}, "Enter a valid date"),
        ({"content": b""}, "empty"),
    ],
)
def test_what_is_refused_at_the_door_keeps_what_was_typed(desk, register, changes, sentence):
    answer = desk.post(reverse(SEND), typed(**changes))
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert sentence in page
    assert 'value="iCSO, exported"' in page
    assert not RegisterImport.objects.exists()


def test_a_file_that_is_too_big_is_not_taken_from_the_wire(desk, register, settings, tmp_path):
    settings.REGISTER_FILE_LIMIT = 1000
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    answer = desk.post(reverse(SEND), typed(b"name\n" + b"a" * 100_000))
    page = unescape(answer.content.decode())
    assert answer.status_code == 413
    assert "may have at most 1000" in page
    assert 'value="iCSO, exported"' in page
    assert not RegisterImport.objects.exists()
    assert answer.wsgi_request.FILES == {}
    assert not list(tmp_path.iterdir())


def test_of_a_hundred_megabytes_next_to_nothing_is_read(desk, register):
    class Wire(io.BytesIO):
        taken = 0

        def read(self, size=-1):
            got = super().read(size)
            self.taken += len(got)
            return got

    boundary = b"--abc\r\nContent-Disposition: form-data; name="
    fields = b"".join(boundary + b'"%s"\r\n\r\n%s\r\n' % pair for pair in ((b"kind", b"ecosoc"), (b"source", b"iCSO")))
    body = fields + boundary + b'"file"; filename="a.csv"\r\n\r\n' + b"a" * 100_000_000 + b"\r\n--abc--\r\n"
    wire = Wire(body)
    more = {"CONTENT_TYPE": "multipart/form-data; boundary=abc", "CONTENT_LENGTH": len(body), "wsgi.input": wire}
    answer = desk.generic("POST", reverse(SEND), **more)
    assert answer.status_code == 413
    assert 'value="iCSO"' in answer.content.decode()
    assert wire.taken < 500_000


def test_the_token_against_forged_requests_is_asked_for_all_the_same(desk, register):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies
    assert strict.post(reverse(SEND), typed()).status_code == 403
    shown = strict.get(reverse(SEND)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)[1]
    assert strict.post(reverse(SEND), typed(csrfmiddlewaretoken=token)).status_code == 302


@pytest.mark.parametrize("role", ["reviewer", "editor", "forum manager"])
def test_other_roles_see_no_copies(desk_client, register, role):
    client = desk_client(make_user(staff=True, roles=[role]))
    run = RegisterImport.objects.create(
        kind="ecosoc", as_of="2026-01-15", source="x", name="a", sha256="0", at=NOW, state="read"
    )
    for address in (reverse(SEND), page_of(run), reverse("admin:accreditation_registerimport_difference", args=[run.pk])):
        assert client.get(address).status_code == 403
    assert client.post(page_of(run), {"decision": "bring_in"}).status_code == 403
    assert client.post(reverse(SEND), typed()).status_code == 403


# Standings touched ---------------------------------------------------------------------------------------------------


@pytest.fixture
def touches(register):
    file = SimpleUploadedFile("newer.csv", NEWER)
    run = importing.begin(file, kind="ecosoc", as_of=date(2026, 1, 15), source="iCSO", by=None, at=NOW)
    importing.work_on_imports(at=NOW)
    run.refresh_from_db()
    importing.bring_in(run, by=None, at=NOW)
    importing.work_on_imports(at=NOW)
    return {touch.what: touch for touch in run.touches.all()}


def touch_page(touch):
    return reverse("admin:accreditation_registertouch_change", args=[touch.pk])


def test_each_touched_standing_is_looked_at_once_with_a_note(desk, officer, touches):
    listed = reverse("admin:accreditation_registertouch_changelist")
    waiting = read_page(desk, f"{listed}?settled=no")
    assert "Amber Guild" in waiting
    assert "Birch Weavers" in waiting
    touch = touches["gone"]
    assert "Looked at" in read_page(desk, touch_page(touch))
    assert desk.post(touch_page(touch), {"note": ""}).status_code == 200
    assert desk.post(touch_page(touch), {"note": "DESA was asked on 2 February."}).status_code == 302
    touch.refresh_from_db()
    assert (touch.note, touch.settled_by) == ("DESA was asked on 2 February.", officer)
    assert touch.settled_at is not None
    read_page(desk, listed)  # takes the message of success off
    assert "Birch Weavers" not in read_page(desk, f"{listed}?settled=no")
    assert "Birch Weavers" in read_page(desk, f"{listed}?settled=yes")
    assert touch.accreditation.status == "recognised"


def test_who_is_second_loses_no_word(desk, touches):
    touch = touches["gone"]
    settle_touch(touch, by=make_user(staff=True), at=NOW, note="Asked DESA.")
    answer = desk.post(touch_page(touch), {"note": "My own long note."})
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Somebody has looked at this already" in page
    assert "My own long note." in page
    with pytest.raises(MovedMeanwhile):
        settle_touch(touch, by=None, at=NOW)
    assert RegisterTouch.objects.get(pk=touch.pk).note == "Asked DESA."
    assert "Asked DESA." in read_page(desk, touch_page(touch))


def test_many_are_looked_at_together(desk, touches):
    chosen = [touch.pk for touch in touches.values()]
    listed = reverse("admin:accreditation_registertouch_changelist")
    answer = desk.post(listed, {"action": "looked_at", "_selected_action": chosen}, follow=True)
    assert "2 were looked at." in answer.content.decode()
    assert not RegisterTouch.objects.filter(settled_at=None).exists()


def test_nobody_settles_what_touches_their_own_organisation(desk, officer, touches):
    touch = touches["gone"]
    join(touch.accreditation.organisation, officer)
    assert desk.get(touch_page(touch)).status_code in (302, 404)
    assert desk.post(touch_page(touch), {"note": "All is well."}).status_code in (302, 404)
    assert RegisterTouch.objects.get(pk=touch.pk).settled_at is None
    page = read_page(desk, page_of(touch.run) + "?tab=touched")
    assert "Amber Guild" in page
    assert "Birch Weavers" not in page
    table = desk.get(reverse("admin:accreditation_registerimport_difference", args=[touch.run.pk])).content.decode()
    assert "touched,,Birch Weavers" not in table


def test_the_work_list_counts_what_is_touched_and_what_waits_for_its_second_word(desk, touches):
    page = read_page(desk, reverse("admin:index"))
    assert "Standings touched by a register" in page
    assert "/admin/accreditation/registertouch/?settled=no" in page
    settle_touch(touches["gone"], by=None, at=NOW)
    RegisterImport.objects.update(state="read")
    page = " ".join(re.sub(r"<[^>]+>", " ", read_page(desk, reverse("admin:index"))).split())
    assert re.search(r"Standings touched by a register\D{0,40}1\b|1 Standings touched by a register", page), page[:3000]
