"""The diagram of the ways in the documents is the one that the code follows."""

from django.core.management import call_command

from imrf_portal import moves
from imrf_portal.management.commands import draw_moves
from submissions.models import Submission


def test_the_page_says_what_the_tables_of_moves_say():
    assert draw_moves.PLACE.read_text(encoding="utf-8") == moves.page()


def test_every_move_of_the_table_is_an_arrow_and_nothing_else_is():
    drawn = moves.drawn(Submission)
    arrows = {tuple(line.split(" --> ")) for line in map(str.strip, drawn.splitlines()) if "-->" in line}
    assert arrows == {("[*]", "draft")} | {(str(was), str(to)) for was, them in Submission.MOVES.items() for to in them}


def test_a_move_that_is_added_makes_the_page_out_of_date(monkeypatch, tmp_path):
    more = {**Submission.MOVES, "draft": {"submitted", "withdrawn"}}
    monkeypatch.setattr(Submission, "MOVES", more)
    assert draw_moves.PLACE.read_text(encoding="utf-8") != moves.page()
    monkeypatch.setattr(draw_moves, "PLACE", tmp_path / "moves.md")
    call_command("draw_moves")
    assert "draft --> withdrawn" in (tmp_path / "moves.md").read_text(encoding="utf-8")
