"""A released session with what belongs to it and is public anyway: its round table, objectives and documents."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Q

from forums.models import OfficialDocument
from forums.programme.released import ReleasedSession


@dataclass
class Card:
    session: ReleasedSession
    table: object = None  # the round table, with its objectives
    documents: list = field(default_factory=list)


def cards_of(sessions, forum) -> list[Card]:
    """One card a session; looked up in as many statements for one as for sixty."""
    tables = {table.number: table for table in forum.round_tables.prefetch_related("objectives")} if sessions else {}
    documents = list(_documents(sessions, forum)) if sessions else []
    return [
        Card(one, tables.get(one.round_table), [paper for paper in documents if _belongs(paper, one)]) for one in sessions
    ]


def _documents(sessions, forum):
    """Those of the sessions themselves, and the background notes of the round tables (A/RES/73/326, paragraph 22)."""
    note = Q(kind=OfficialDocument.Kind.NOTE, meets__round_table__number__in=[one.round_table for one in sessions])
    papers = OfficialDocument.objects.filter(Q(session__in=[one.pk for one in sessions]) | note, forum=forum)
    return papers.select_related("meets__round_table").prefetch_related("languages")


def _belongs(paper, session):
    if paper.session_id:
        return paper.session_id == session.pk
    return paper.meets.round_table.number == session.round_table


def by_day(cards) -> list:
    """Days of the forum with their cards, in order."""
    return [(day, list(among)) for day, among in groupby(cards, key=lambda card: card.session.day)]
