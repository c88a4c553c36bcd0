"""The sweep of related inputs: bounded, idempotent, nothing lost when it is killed; the newest first, all others in turn."""

from datetime import timedelta

import pytest
from django.db import connection

from submissions import operations
from submissions.models import Findable, PublishedInput, RelatedInputs
from submissions.operations import relating
from submissions.search import nearest
from tests.bench.growing import grow
from tests.factories import NOW, make_published
from tests.submissions.test_public_plans import asked_by, plan_of, reads_row_by_row
from tests.submissions.test_related_inputs import LATER, pair, related, sweep

__all__ = ["pair"]
pytestmark = pytest.mark.django_db


def kept():
    return dict(RelatedInputs.objects.values_list("pk", "others"))


def test_a_second_sweep_finds_nothing_to_do(pair):
    assert sweep() == 3
    before = kept()
    assert sweep() == 0
    assert kept() == before
    assert not operations.inputs_to_relate(at=LATER)


def test_what_is_near_to_a_new_input_is_next_and_all_others_have_their_turn(client, pair, monkeypatch):
    mine, other = pair
    sweep()
    new = make_published(title="Crew changes for seafarers", objectives=[3], at=LATER)
    monkeypatch.setattr(relating, "GOES_ROUND", 0)
    assert sweep(LATER + timedelta(hours=1)) == 1
    assert {key for key, _made_at in relating._due(LATER)} == {mine.pk, other.pk}
    assert sweep(LATER + timedelta(hours=1)) == 2
    assert new.reference in related(client, mine)
    assert sweep(LATER + timedelta(hours=1)) == 0
    monkeypatch.undo()
    assert sweep(LATER + timedelta(hours=2)) == 1  # the one that has nothing to do with it
    assert sweep(LATER + timedelta(hours=2)) == 0


def test_what_changes_is_due_again(pair):
    mine, other = pair
    sweep()
    PublishedInput.objects.filter(pk=other.pk).update(visible_at=NOW - timedelta(days=1))
    assert [key for key, _made_at in relating._due(LATER)] == [other.pk]
    assert kept()[other.pk] == [mine.pk]  # shown until it is found anew


def test_a_sweep_does_so_many_and_the_next_goes_on(pair, monkeypatch):
    monkeypatch.setattr(relating, "MOST_DUE", 2)
    monkeypatch.setattr(relating, "GOES_ROUND", 1)
    assert [sweep() for _ in range(3)] == [2, 1, 0]
    PublishedInput.objects.filter(pk=pair[0].pk).update(changed_at=LATER + timedelta(hours=1))
    assert [sweep(LATER + timedelta(hours=2)) for _ in range(4)] == [1, 1, 1, 0]


def test_the_newest_is_first_whatever_else_is_due(pair, monkeypatch):
    monkeypatch.setattr(relating, "MOST_DUE", 1)
    sweep()
    assert [key for key, others in kept().items() if others is not None] == [max(kept())]


class Killed(Exception):
    pass


def test_what_a_killed_sweep_has_done_is_done_and_the_rest_is_due(pair, monkeypatch):
    found = []

    def nearest_to(published, at, *, most):
        if len(found) == 1:
            raise Killed
        found.append(published.pk)
        return nearest.nearest_to(published, at, most=most)

    monkeypatch.setattr(relating, "nearest_to", nearest_to)
    with pytest.raises(Killed):
        sweep()
    monkeypatch.undo()
    assert [key for key, others in kept().items() if others is not None] == found
    assert sweep() == 2
    assert None not in kept().values()


def test_of_two_sweeps_one_does_it(pair):
    due = list(relating._due(LATER))
    sweep()
    assert [relating._relate(key, made_at, LATER) for key, made_at in due] == [False] * 3


def test_a_sweep_costs_little_where_nothing_changed(pair, count_statements):
    sweep()
    assert count_statements(sweep) <= 3


@pytest.mark.parametrize(
    "title", ["O'Brien's \\ port", "C:\\temp\\it's", "http://a.example/it's?q=\\'", "''\\\\", "%s %(key)s"]
)
def test_any_sign_may_stand_in_a_title(client, forum, title):
    mine, other = (make_published(title=f"{title} seafarers", objectives=[objective]) for objective in (5, 14))
    make_published(title="Statistics of return", objectives=[23])
    sweep()
    assert related(client, mine) == [other.reference]


def test_words_are_looked_up_in_their_index_and_no_text_is_read_for_it(forum, ravi):
    mine = make_published(title="Beacons lit for stranded seafarers", objectives=[5])
    for number in range(4):
        make_published(title=f"Corridor {number}", text="Seasonal wages were paid in time.", objectives=[5])
    grow(forum, 3000, [ravi.pk])
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('findable_by_words')")
        cursor.execute("ANALYZE submissions_publishedinput, submissions_findable")
    plans = []

    def planned():
        with nearest.by_index():
            for sql, params, _rows in asked_by(lambda: nearest._sharing_words(mine, LATER)):
                plans.append(plan_of(sql, params))

    planned()
    [plan] = plans
    assert sum("Bitmap Index Scan on findable_by_words" in line for line in plan) == 2
    assert [line for line in plan if "Seq Scan" in line] == []
    assert reads_row_by_row(plan) == []
    asked = asked_by(lambda: nearest.nearest_to(mine, LATER, most=8))
    most = 2 * nearest.LOOKED_AT + nearest.FILED_ALIKE
    assert [rows for _sql, _params, rows in asked if rows > most] == []


def test_the_plan_of_what_is_due_is_its_index(pair):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    [(sql, params, _rows)] = asked_by(lambda: list(relating._due(LATER)[:5]))
    assert any("related_to_look_for" in line for line in plan_of(sql, params))


def test_rows_come_and_go_with_what_searches_read(forum):
    mine = make_published()
    assert list(RelatedInputs.objects.values_list("pk", "others", "made_at")) == [(mine.pk, None, None)]
    Findable.objects.all().delete()
    assert not RelatedInputs.objects.exists()
