"""Rows of names that may be like one asked for: found by indexes, judged afterwards in accreditation/likeness.py."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q

from accreditation import likeness
from accreditation.likeness import Match
from accreditation.names import fold, skeleton

ALIKE = 0.32  # trigrams in common; below it nothing is judged
MOST_JUDGED = 25
FORMER = 0.99  # a former name counts a little less than a present one


def candidates(names, asked, *, acronym="", most=MOST_JUDGED):
    """Rows of `names` (of a register or of organisations) worth judging: the same in another form, or much alike."""
    folded = fold(asked)
    if not folded:
        return []
    short = {fold(acronym), folded, *likeness.in_brackets(asked)} - {""}
    same = Q(folded=folded) | Q(skeleton=skeleton(asked)) | Q(folded=likeness.without_brackets(asked))
    everything = names.model.objects.order_by()
    keys = {*everything.filter(same | Q(use="acronym", folded__in=short)).values_list("pk", flat=True)[: 2 * most]}
    keys.update(_alike(everything, folded, 2 * most))
    return list(names.filter(pk__in=keys))


def _alike(names, folded, most):
    """Keys of the names that share most trigrams; asked of their table alone, so that its index answers."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # The planner takes comparing trigrams for free and would read every name; the index is ten times quicker.
            cursor.execute(
                "SELECT set_config('pg_trgm.similarity_threshold', %s, true), set_config('enable_seqscan', 'off', true)",
                [str(ALIKE)],
            )
        alike = names.filter(folded__trigram_similar=folded).exclude(use="acronym")
        near = alike.annotate(near=TrigramSimilarity("folded", folded)).order_by("-near", "pk")
        found = list(near.values_list("pk", flat=True)[:most])
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")  # the rest plans freely
        return found


def judged(rows, asked, thing_of, *, acronym=""):
    """A Match for each row: its likeness, its reason; `thing_of` names what the row belongs to."""
    short = {fold(acronym), fold(asked), *likeness.in_brackets(asked)} - {""}
    for row in rows:
        if row.use == "acronym":
            if row.folded in short:
                yield Match(thing_of(row), row.name, 0.9, "acronym", row.use)
            continue
        value, reason = likeness.score(asked, row.name)
        match = Match(thing_of(row), row.name, value, reason, row.use)
        yield likeness.weighed(match, FORMER) if row.use == "former" else match
