"""Staff correct particulars with a reason: lists and the public page follow, what was sent and its receipt stay."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations
from submissions.models import PublishedInput, Reclassification, Submission, Version
from tests.factories import NOW, make_submission

pytestmark = pytest.mark.django_db
REASON = "The text speaks of the whole region."


def correct(submission, by, **changes):
    return operations.reclassify(submission, by=by, at=NOW, **{"reason": REASON, **changes})


def broken():
    return [(found.rule, found.violations) for found in check() if found.violations]


@pytest.fixture
def public(call, organisation, amina):
    return make_submission(call=call, organisation=organisation, by=amina, status="published")


def test_the_public_copy_follows_and_what_was_sent_stays(client, public, elena):
    before = Version.objects.values("content", "sha256", "link").get()
    correct(public, elena, level="regional", regions=["ECA"], objectives=[3], countries=[])
    row = PublishedInput.objects.get()
    assert (row.level, row.regions, row.objectives, row.countries) == ("regional", ["ECA"], [3], [])
    assert row.round_tables == [3]
    assert Version.objects.values("content", "sha256", "link").get() == before
    assert public.reference in client.get("/en/inputs/?level=regional&objective=3&round_table=3").content.decode()
    assert public.reference not in client.get("/en/inputs/?level=national").content.decode()
    assert broken() == []


def test_it_is_kept_with_before_and_after_and_its_owner_is_told(public, amina, elena):
    made = correct(public, elena, level="regional", regions=["ECA"], language="en", objectives=[14, 15])
    assert (made.before, made.after) == ({"level": "national", "regions": []}, {"level": "regional", "regions": ["ECA"]})
    [letter] = Letter.objects.filter(kind="submissions/reclassified")
    assert letter.to == amina.email
    for words in ("Level: National → Regional", "Africa", REASON):
        assert words in letter.text
    assert "Elena" not in letter.text


def test_the_queue_and_the_page_of_its_author_say_it(client, desk_client, public, amina, elena):
    correct(public, elena, level="regional", regions=["ECA"])
    desk = desk_client(elena)
    assert public.reference in desk.get("/admin/submissions/submission/?level=regional").content.decode()
    client.force_login(amina)
    page = client.get(public.get_absolute_url()).content.decode()
    assert "Particulars corrected" in page
    assert REASON in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"level": "national"}, "Nothing differs"),
        ({"level": "regional"}, "Choose the region"),
        ({"objectives": []}, "at least one objective"),
        ({"objectives": list(range(1, 24))}, "at most"),
        ({"level": "global", "reason": " "}, "Give the reason"),
        ({"level": "global", "seen": 3}, "meanwhile"),
    ],
)
def test_what_the_call_does_not_take_is_refused(public, elena, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        correct(public, elena, **changes)
    assert not Reclassification.objects.exists()


@pytest.mark.parametrize("name", ["title", "text", "summary", "status", "answers"])
def test_never_the_text(public, elena, name):
    with pytest.raises((TypeError, KeyError)):
        correct(public, elena, level="global", **{name: "x"})
    assert not Reclassification.objects.exists()


@pytest.mark.parametrize("status", ["clarification_asked", "not_admissible", "withdrawn", "draft"])
def test_not_at_every_status(call, organisation, amina, elena, status):
    submission = make_submission(call=call, organisation=organisation, by=amina, status=status)
    with pytest.raises(Refused):
        correct(submission, elena, level="global")


def test_it_changes_nothing_of_what_the_author_sends_next(call, organisation, amina, ravi):
    own = {"call": call, "organisation": organisation, "by": amina}
    sent = make_submission(**own, status="under_review", reviewer=ravi)
    correct(sent, ravi, level="global")
    asked = Submission.objects.get(pk=sent.pk)
    operations.ask_for_clarification(asked, by=ravi, at=NOW, question="When?", opens=())
    operations.keep_answer(asked, by=amina, at=NOW, edition=1, text="2024.")
    assert operations.answer(asked, by=amina).versions.count() == 1
    again = Submission.objects.get(pk=sent.pk)
    draft = operations.amend(again, by=amina, at=NOW)
    assert draft.level == "global"
    with pytest.raises(Refused, match="Nothing differs"):
        operations.submit(draft, by=amina)
    draft = operations.revise(draft, by=amina, at=NOW, edition=draft.edition, text="In 2024.")
    version = operations.submit(draft, by=amina)
    assert (version.content["level"], version.changes) == ("global", {})
    assert broken() == []


def test_a_change_that_its_author_has_begun_follows_where_they_left_it(call, organisation, amina, ravi):
    sent = make_submission(call=call, organisation=organisation, by=amina)
    draft = operations.amend(sent, by=amina, at=NOW)
    operations.revise(draft, by=amina, at=NOW, edition=draft.edition, objectives=["2"])
    correct(sent, ravi, level="global", objectives=[5])
    draft.refresh_from_db()
    assert (draft.level, draft.chosen()["objectives"]) == ("global", [2])


# The desk -------------------------------------------------------------------------------------------------------------


def page_of(submission):
    return reverse("admin:submissions_submission_particulars", args=[submission.pk])


def typed(**changes):
    said = {"level": "national", "language": "en", "objectives": [14, 15], "countries": ["KEN"], "reason": REASON, "seen": 0}
    return {**said, **changes}


def test_the_page_shows_what_stands_there_and_corrects_it(desk_client, call, organisation, amina, ravi):
    sent = make_submission(call=call, organisation=organisation, by=amina, status="under_review", reviewer=ravi)
    client = desk_client(ravi)
    page = client.get(page_of(sent))
    assert page.context["form"].initial["objectives"] == [14, 15]
    assert client.post(page_of(sent), typed(level="global", letters="send")).status_code == 302
    assert Submission.objects.get(pk=sent.pk).level == "global"
    stale = client.post(page_of(sent), typed(level="local"))
    assert (stale.status_code, "meanwhile" in stale.content.decode(), REASON in stale.content.decode()) == (200, True, True)
    assert "Corrected before" in client.get(page_of(sent)).content.decode()


def test_reviewers_until_it_is_public_then_editors_and_never_ones_own(desk_client, public, ravi, elena, organisation):
    from tests.factories import join

    assert desk_client(ravi).get(page_of(public)).status_code == 403
    assert desk_client(elena).get(page_of(public)).status_code == 200
    join(organisation, elena)
    assert desk_client(elena).get(page_of(public)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_made_from_one_page_one_is_carried_out(call, organisation, amina, ravi, elena):
    for _round in range(10):
        sent = make_submission(call=call, organisation=organisation, by=amina)
        start, outcome = Barrier(2), []

        def press(by, level, sent=sent, start=start, outcome=outcome):
            start.wait()
            try:
                correct(Submission.objects.get(pk=sent.pk), by, level=level, seen=0)
                outcome.append(level)
            except Refused:
                outcome.append("")
            finally:
                connection.close()

        threads = [Thread(target=press, args=(by, level)) for by, level in ((ravi, "global"), (elena, "local"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        [winner] = filter(None, outcome)
        assert Submission.objects.get(pk=sent.pk).level == winner
    assert broken() == []
