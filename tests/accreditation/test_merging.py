"""Two records of one organisation become one: what moves, what stands against it, the way back, and nothing in between."""

import threading
from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError, connection

from accreditation import operations
from accreditation.merging import merging, parts, undoing
from accreditation.merging.merging import ChangedSincePreview
from accreditation.merging.previewing import mark_of, preview
from accreditation.models import (
    Accreditation,
    FormerAddress,
    Membership,
    Merge,
    Organisation,
    Representative,
    Resemblance,
)
from forums.models import Letter
from forums.refusals import Refused
from imrf_portal.invariants import check
from submissions import operations as sending
from submissions.models import PublishedInput, Submission
from tests.accreditation.applications import make_application
from tests.accreditation.participation import asked_for_support, make_terms
from tests.factories import NOW, join, make_draft, make_organisation, make_standing, make_submission, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def kept(forum, amina):
    return make_organisation("Harbour Light", focal_point=amina, acronym="HL")


@pytest.fixture
def gone(forum, bruno):
    return make_organisation("Harbour Lights", focal_point=bruno, acronym="HLS")


def merge(kept, gone, by, *, at=NOW, seen=None, reason="Same register number.", **choices):
    seen = seen or preview(kept, gone).mark
    return merging.merge(kept, gone, seen=seen, by=by, at=at, reason=reason, **choices)


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def undo(made, by, *, at=LATER):
    return undoing.undo(Merge.objects.get(pk=made.pk), by=by, at=at)


def standing_rows():
    """Everything that a merge may touch, to be compared before and after."""
    return {
        "organisations": list(Organisation.objects.order_by("pk").values_list("pk", "slug", "merged_into", "parent")),
        "memberships": list(
            Membership.objects.order_by("pk").values_list("pk", "organisation", "role", "since", "until", "ended")
        ),
        "names": sorted(Organisation.objects.values_list("pk", "names__name", "names__use", "names__language")),
        "accreditations": list(Accreditation.objects.order_by("pk").values_list("pk", "organisation", "status")),
        "inputs": list(Submission.objects.order_by("pk").values_list("pk", "organisation", "status")),
        "published": list(PublishedInput.objects.order_by("pk").values_list("pk", "organisation", "organisation_slug")),
        "addresses": sorted(FormerAddress.objects.values_list("slug", "organisation")),
        "networks": sorted(
            Organisation.networks.through.objects.values_list("from_organisation", "to_organisation"),
        ),
        "twins": list(Resemblance.objects.order_by("pk").values_list("organisation", "other", "verdict")),
        "support": list(Organisation.objects.order_by("pk").values_list("pk", "support_requests__pk")),
        "representatives": list(Representative.objects.order_by("pk").values_list("pk", "organisation")),
    }


def fill(gone, by, forum, kept=None):
    """Something of every part in the name of this record."""
    make_terms(forum, support_open=True)
    third, network = make_organisation("Third"), make_organisation("Network")
    make_standing(gone, forum)
    draft = make_draft(organisation=gone, by=by)
    published = make_submission(status="published", organisation=gone, by=by)
    asked_for_support(gone, forum, by)
    Representative.objects.create(
        forum=forum,
        name="Nadia",
        organisation=gone,
        chosen_by="All",
        chosen_on=NOW.date(),
        evidence="A letter",
        recorded_by=by,
        recorded_at=NOW,
    )
    operations.invite(gone, email="new@example.org", role="viewer", by=by, at=NOW)
    gone.networks.add(network)
    third.networks.add(gone)
    Organisation.objects.filter(pk=third.pk).update(parent=gone)
    gone.names.create(use="official", language="fr", name="Lumières du port")
    gone.names.create(use="alias", name="Harbour people")
    FormerAddress.objects.create(slug="old-lights", organisation=gone, since=NOW)
    Resemblance.objects.create(organisation=gone, other=third, score=0.8, reason="spelling", found_at=NOW)
    if kept:
        Resemblance.objects.create(organisation=gone, other=kept, score=0.9, reason="spelling", found_at=NOW)
    return draft, published, third, network


# What moves --------------------------------------------------------------------------------------------------------------


def test_everything_in_the_name_of_one_record_stands_in_that_of_the_other(kept, gone, forum, bruno, dalia):
    draft, published, third, network = fill(gone, bruno, forum, kept)
    merge(kept, gone, dalia)
    for part in parts.PARTS:
        if part.key not in ("names", "networks", "twins", "addresses"):
            assert not part.rows(gone).exists(), part.key
    assert kept.memberships.standing().get(user=bruno).role == "focal_point"
    assert set(kept.submissions.all()) == {draft, published}
    row = PublishedInput.objects.get()
    assert (row.organisation, row.organisation_slug, row.organisation_name) == (kept, kept.slug, "Harbour Lights")
    assert kept.standing(forum).basis_id == "ecosoc"
    assert kept.support_requests.count() == kept.invitations.count() == 1
    assert Representative.objects.get().organisation == kept
    third.refresh_from_db()
    assert (third.parent, list(third.networks.all()), list(kept.networks.all())) == (kept, [kept], [network])
    names = {(name.name, name.use) for name in kept.names.all()}
    assert {
        ("Harbour Lights", "alias"),
        ("HLS", "alias"),
        ("Lumières du port", "official"),
        ("Harbour people", "alias"),
    } < names
    assert set(kept.former_addresses.values_list("slug", flat=True)) == {"old-lights", gone.slug}
    verdicts = {(row.organisation, row.other): row.verdict for row in Resemblance.objects.all()}
    assert verdicts == {(kept, third): "open", (gone, kept): "same"}
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert [finding.rule for finding in check() if finding.violations and "merged" in finding.rule] == []


def test_the_main_name_of_the_other_record_may_stay_as_a_former_one(kept, gone, dalia):
    merge(kept, gone, dalia, former=True)
    assert kept.names.get(name="Harbour Lights").use == "former"


def test_a_name_that_is_there_already_is_not_there_twice(kept, amina, dalia):
    same = make_organisation("HARBOUR light", acronym="HL")
    merge(kept, same, dalia)
    assert sorted(kept.names.values_list("name", flat=True)) == ["HL", "Harbour Light"]


def test_who_belongs_to_both_keeps_the_stronger_role(kept, gone, amina, bruno, dalia):
    cleo, dora = make_user("cleo"), make_user("dora")
    join(kept, cleo, role="viewer")
    join(gone, cleo, role="alternate")
    join(kept, dora, since=None)
    join(gone, dora, role="drafter")
    join(gone, amina, role="viewer")
    before = standing_rows()
    notes = preview(kept, gone).notes
    assert any("Cleo belongs to both and goes on as: Alternate" in note for note in notes)
    made = merge(kept, gone, dalia)
    roles = {membership.user: membership.role for membership in kept.memberships.standing()}
    assert roles == {amina: "focal_point", bruno: "focal_point", cleo: "alternate", dora: "drafter"}
    assert Membership.objects.filter(ended="merged", ended_by=dalia).count() == 3
    undo(made, dalia)
    assert standing_rows() == before


def test_the_people_of_the_other_record_may_have_to_ask(kept, gone, amina, bruno, dalia):
    join(gone, amina, role="viewer")
    before = standing_rows()
    made = merge(kept, gone, dalia, ask_people=True)
    assert [membership.user for membership in kept.memberships.standing()] == [amina]
    assert [membership.user for membership in kept.memberships.asked()] == [bruno]
    undo(made, dalia)
    assert standing_rows() == before


def test_an_address_that_both_invited_keeps_one_invitation(kept, gone, amina, bruno, dalia):
    for organisation, by in ((kept, amina), (gone, bruno)):
        operations.invite(organisation, email="new@example.org", role="viewer", by=by, at=NOW)
    merge(kept, gone, dalia)
    assert kept.invitations.open(NOW).count() == 1
    assert gone.invitations.open(NOW).count() == 0


def test_a_body_inside_the_other_one_stands_for_itself(kept, gone, dalia):
    Organisation.objects.filter(pk=kept.pk).update(parent=gone)
    before = standing_rows()
    made = merge(Organisation.objects.get(pk=kept.pk), gone, dalia)
    assert Organisation.objects.get(pk=kept.pk).parent is None
    undo(made, dalia)
    assert standing_rows() == before


def test_both_hear_of_it_in_their_language(kept, gone, amina, bruno, dalia):
    type(bruno).objects.filter(pk=bruno.pk).update(language="fr")
    merge(kept, gone, dalia)
    letters = Letter.objects.filter(kind="accreditation/merged")
    assert set(letters.values_list("to", "language")) == {(amina.email, "en"), (bruno.email, "fr")}


# What stands against it --------------------------------------------------------------------------------------------------


def test_two_standings_at_one_forum_stand_against_it(kept, gone, forum, dalia):
    make_standing(kept, forum)
    make_standing(gone, forum, "special")
    [sentence] = preview(kept, gone).blocks
    for word in (forum.name, "ecosoc", "special", "Recognised"):
        assert word in sentence
    with pytest.raises(Refused, match="both records take part"):
        merge(kept, gone, dalia)
    Accreditation.objects.filter(organisation=gone).update(status="expired")
    merge(kept, gone, dalia)
    assert kept.accreditations.count() == 2


@pytest.mark.parametrize("whose", ["kept", "gone", "both"])
def test_a_draft_gives_way_to_what_is_further_and_can_be_taken_back(kept, gone, forum, amina, bruno, dalia, whose):
    for organisation, by, name in ((kept, amina, "kept"), (gone, bruno, "gone")):
        status = "draft" if whose in (name, "both") else "submitted"
        make_application(by=by, organisation=organisation, forum=forum, status=status)
    [note] = preview(kept, gone).notes
    loser = kept if whose == "kept" else gone
    assert f"“{loser}”" in note
    before = standing_rows()
    draft = loser.accreditations.get()
    made = merge(kept, gone, dalia)
    draft.refresh_from_db()
    assert (draft.status, draft.organisation) == ("withdrawn", kept)
    assert draft.answers.count() == 2
    assert kept.accreditations.exclude(status="withdrawn").count() == 1
    undo(made, dalia)
    assert standing_rows() == before


def test_support_asked_twice_for_one_person_stands_against_it(kept, gone, forum, amina, bruno, dalia):
    make_terms(forum, support_open=True)
    for organisation, by in ((kept, amina), (gone, bruno)):
        asked_for_support(organisation, forum, by)
    assert "both records ask for support for Nadia" in preview(kept, gone).blocks[0]
    with pytest.raises(Refused):
        merge(kept, gone, dalia)


def test_a_reviewer_never_gets_to_belong_to_what_they_reviewed(kept, gone, amina, bruno, ravi, dalia):
    make_submission(status="accepted", reviewer=ravi, organisation=kept, by=amina)
    assert preview(kept, gone).blocks == []
    join(gone, ravi)
    assert "has reviewed it" in preview(kept, gone).blocks[0]


def test_a_chain_of_bodies_does_not_become_a_ring(kept, gone, dalia):
    between = make_organisation("Between", parent=gone)
    Organisation.objects.filter(pk=kept.pk).update(parent=between)
    assert "Change that first" in preview(Organisation.objects.get(pk=kept.pk), gone).blocks[0]


def test_a_record_is_not_merged_into_itself_nor_twice_nor_without_a_reason(kept, gone, dalia):
    with pytest.raises(Refused, match="into itself"):
        merge(kept, kept, dalia)
    with pytest.raises(Refused, match="what shows"):
        merge(kept, gone, dalia, reason="  ")
    merge(kept, gone, dalia)
    gone.refresh_from_db()
    for one, other in ((kept, gone), (gone, kept)):
        with pytest.raises(Refused, match="already"):
            merge(one, other, dalia)


CHANGES = {
    "a person joins": lambda kept, gone, forum: join(gone, make_user()),
    "a role changes": lambda kept, gone, forum: kept.memberships.update(role="alternate"),
    "a draft is begun": lambda kept, gone, forum: make_draft(organisation=gone),
    "a standing is recorded": lambda kept, gone, forum: make_standing(kept, forum),
    "a name is added": lambda kept, gone, forum: gone.names.create(use="alias", name="Lamp"),
    "the record is changed": lambda kept, gone, forum: Organisation.objects.filter(pk=kept.pk).update(edition=2),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_since_the_preview_is_refused(kept, gone, forum, dalia, what):
    seen = preview(kept, gone).mark
    CHANGES[what](kept, gone, forum)
    with pytest.raises(ChangedSincePreview):
        merge(kept, gone, dalia, seen=seen)
    assert not Merge.objects.exists()
    merge(*map(fresh, (kept, gone)), dalia)  # looked at again, it goes


# The way back ------------------------------------------------------------------------------------------------------------


def test_undone_everything_is_as_it_was(kept, gone, forum, bruno, dalia):
    fill(gone, bruno, forum, kept)
    before = standing_rows()
    made = merge(kept, gone, dalia)
    assert standing_rows() != before
    undo(made, dalia)
    assert standing_rows() == before
    made.refresh_from_db()
    assert (made.undone_by, made.undone_at) == (dalia, LATER)
    again = merge(kept, gone, dalia)  # and can be merged once more
    assert again.pk != made.pk


def test_what_was_added_since_stays_with_the_kept_record(kept, gone, amina, dalia):
    made = merge(kept, gone, dalia)
    new = make_draft(organisation=kept, by=amina)
    cleo = make_user("cleo")
    join(kept, cleo)
    undo(made, dalia)
    new.refresh_from_db()
    assert new.organisation == kept
    assert kept.memberships.standing().filter(user=cleo).exists()


def test_who_left_since_does_not_come_back(kept, gone, amina, dalia):
    join(gone, amina, role="viewer")
    made = merge(kept, gone, dalia)
    join(kept, make_user("cleo"))
    operations.leave(kept.memberships.standing().get(user=amina), at=LATER)
    undo(made, dalia)
    assert not Membership.objects.standing().filter(user=amina).exists()


DEPEND = {
    "an application goes on": lambda kept, gone, by: operations.take_up(kept.accreditations.get(), by=by, at=LATER),
    "an input is withdrawn": lambda kept, gone, by: withdraw(kept, by),
    "a draft is written on": lambda kept, gone, by: Submission.objects.filter(status="draft").update(saved_at=LATER),
    "the kept record was merged": lambda kept, gone, by: merge(make_organisation("Above"), kept, by),
    "the time is over": lambda kept, gone, by: Merge.objects.update(at=NOW - timedelta(days=31)),
}


def withdraw(kept, by):
    sending.withdraw(kept.submissions.get(status="submitted"), by=by, at=LATER)


@pytest.mark.parametrize("what", DEPEND)
def test_what_has_come_to_depend_on_it_keeps_it(kept, gone, forum, bruno, dalia, what):
    make_application(by=bruno, organisation=gone, forum=forum, status="submitted")
    make_submission(organisation=gone, by=bruno)
    make_draft(organisation=gone, by=bruno)
    made = merge(kept, gone, dalia)
    DEPEND[what](kept, gone, dalia)
    with pytest.raises(Refused):
        undo(made, dalia)
    assert fresh(gone).merged_into is not None


def test_merges_in_a_row_lead_to_the_last_and_are_undone_in_turn(kept, gone, amina, bruno, dalia):
    last = make_organisation("Last", focal_point=make_user())
    before = standing_rows()
    first, second = merge(kept, gone, dalia), merge(last, kept, dalia)
    gone.refresh_from_db()
    assert gone.merged_into == last
    assert set(last.former_addresses.values_list("slug", flat=True)) == {kept.slug, gone.slug}
    undo(second, dalia)
    undo(first, dalia)
    assert standing_rows() == before


# At once -----------------------------------------------------------------------------------------------------------------


def at_once(*acts):
    """Run these at the same moment, each on its own connection; returns what each raised, or None."""
    ready, raised = threading.Barrier(len(acts)), {}

    def run(place, act):
        ready.wait()
        try:
            act()
            raised[place] = None
        except Refused as why:
            raised[place] = why
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [raised[place] for place in range(len(acts))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("crossed", [False, True])
def test_of_two_people_who_merge_at_once_one_wins(kept, gone, dalia, elena, crossed):
    other = (gone, kept) if crossed else (kept, gone)
    seen, seen_crossed = preview(kept, gone).mark, preview(*other).mark
    raised = at_once(lambda: merge(kept, gone, dalia, seen=seen), lambda: merge(*other, elena, seen=seen_crossed))
    assert sorted(why is None for why in raised) == [False, True]
    assert Merge.objects.count() == 1
    assert Organisation.objects.living().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_made_while_two_are_merged_is_left_with_the_kept_one(kept, gone, dalia):
    cleo, inside, asked = make_user("cleo"), threading.Event(), []

    class Slow(parts.Part):
        key = "slow"

        def seen(self, organisation):
            return []

        def blocks(self, kept, gone):
            return []

        def move(self, kept, gone, **choices):
            inside.set()
            thread.join(1)  # the request waits for the merge, or it would be through by now
            asked.append(thread.is_alive())
            return {}

    def ask():
        inside.wait(10)
        operations.ask_to_join(Organisation.objects.get(pk=gone.pk), by=cleo, at=NOW)
        connection.close()

    thread = threading.Thread(target=ask)
    slow = Slow()
    parts.PARTS.append(slow)
    try:
        seen = mark_of(kept, gone)
        thread.start()
        merge(kept, gone, dalia, seen=seen)
    finally:
        parts.PARTS.remove(slow)
        thread.join(10)
    assert asked == [True]
    assert kept.memberships.asked().get().user == cleo


class Killed(parts.Part):
    """Its connection is cut in the middle of the merge, as when the machine stops."""

    key = "killed"

    def seen(self, organisation):
        return []

    def move(self, kept, gone, **choices):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [mine] = cursor.fetchone()
        address = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
        other = psycopg2.connect(**address)
        other.cursor().execute("SELECT pg_terminate_backend(%s)", [mine])
        other.close()
        Organisation.objects.exists()  # the next word to the database finds nobody
        return {}


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_nothing_has_happened(kept, gone, forum, bruno, dalia):
    fill(gone, bruno, forum, kept)
    before, killed = standing_rows(), Killed()
    parts.PARTS.append(killed)
    try:
        seen = mark_of(kept, gone)
        with pytest.raises((OperationalError, InterfaceError)):
            merge(kept, gone, dalia, seen=seen)
    finally:
        parts.PARTS.remove(killed)
        connection.close()
    assert standing_rows() == before
    assert not Merge.objects.exists()
    merge(kept, gone, dalia)


@pytest.mark.django_db(transaction=True)
def test_without_the_one_transaction_a_kill_would_leave_half(kept, gone, forum, bruno, dalia, monkeypatch):
    """The control: what the test above would see if the merge were not at once or not at all."""
    before, killed = standing_rows(), Killed()
    monkeypatch.setattr(merging, "transaction", SimpleNamespace(atomic=nullcontext))
    monkeypatch.setattr(merging, "held", lambda *keys: [Organisation.objects.get(pk=key) for key in keys])
    parts.PARTS.append(killed)
    try:
        with pytest.raises((OperationalError, InterfaceError)):
            merge(kept, gone, dalia, seen=mark_of(kept, gone))
    finally:
        parts.PARTS.remove(killed)
        connection.close()
    assert standing_rows() != before
