"""Which inputs a compilation takes: what was public at its instant; and, where it was asked for, accepted ones beside it.

What its authors let be counted only is counted and never shown; what they keep for the Network is not in it at all.
"""

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from forums.models import RoundTable
from submissions import publication
from submissions.figures import codes_of
from submissions.models import Act, FormerlyPublished, PublishedInput, Redaction, Submission, Version
from submissions.models.version import symbol_of
from submissions.search.filters import condition

FILTERS = ("round_table", "objective", "level", "region", "kind", "language", "country")
CHUNK = 200


def cleaned(chosen, words) -> dict:
    """Of what somebody chose the codes that exist, in the order of the filters; several of one filter mean any of them."""
    kept = {}
    for field in FILTERS:
        codes = list(dict.fromkeys(str(code) for code in chosen.get(field, ()) if str(code) in words.words[field]))
        if codes:
            kept[field] = codes
    return kept


def chosen_in_words(compilation, words) -> list:
    """Pairs of a filter and what was chosen, for people."""
    labels = {
        "round_table": _("Round tables"),
        "objective": _("Objectives"),
        "level": _("Level"),
        "region": _("Regions"),
        "kind": _("Kind of organisation"),
        "language": _("Language"),
        "country": _("Countries"),
    }
    chosen = compilation.chosen
    said = [(labels[name], "; ".join(words.word(name, code) for code in chosen[name])) for name in FILTERS if name in chosen]
    return said or [(_("Chosen"), _("All inputs of the forum"))]


def public_rows(compilation):
    """Published inputs that it takes, each with its version."""
    rows = publication.visible(compilation.asked_at).filter(forum=compilation.forum)
    for field, codes in compilation.chosen.items():
        rows = rows.filter(condition(field, codes, NO_KEYS))
    return publication.with_version(rows).select_related("version", "forum").defer("vector").order_by("pk")


def additions_to(rows) -> dict:
    """Key of an input -> what was added to it and approved, oldest first; with its reference at hand. One statement."""
    references, found = {row.submission_id: row.reference for row in rows}, {}
    for version in publication.approved_additions(*references):
        symbol = symbol_of(references[version.submission_id], version.act, version.act_number)
        found.setdefault(version.submission_id, []).append((symbol, version))
    return found


class _NoKeys:
    keys = {}


NO_KEYS = _NoKeys()


def coming_rows(compilation, user):
    """Accepted inputs that are to be public under the name of their organisation and are not yet, as they would be.

    What was taken down is accepted again and not in it.
    Only those that `user` may see: never what their own body wrote or stands under.
    """
    if not compilation.unpublished:
        return []
    accepted = Submission.objects.visible_to(user).filter(call__forum=compilation.forum, status=Submission.Status.ACCEPTED)
    named = accepted.filter(publish_as=Submission.PublishAs.NAMED).exclude(published__taken_down_at__isnull=False)
    named = named.select_related("call__forum", "organisation")
    later = Submission.objects.visible_to(user).filter(
        status=Submission.Status.PUBLISHED,
        published__visible_at__gt=compilation.asked_at,
        published__taken_down_at=None,
        call__forum=compilation.forum,
    )
    found = [*named.order_by("pk"), *later.select_related("call__forum", "organisation").order_by("pk")]
    return [row for row in (_as_public(each, compilation.asked_at) for each in found) if row and _fits(row, compilation)]


def _as_public(submission, at):
    """The row that its publication would make; stored nowhere."""
    version = submission.standing_version()
    if version is None:
        return None
    row = PublishedInput(
        submission=submission, visible_at=at, changed_at=at, stamp=at, **publication.columns_of(submission, version)
    )
    row.version_number, row.version_sent_at = version.number, version.sent_at
    return row


def _fits(row, compilation) -> bool:
    return fits(codes_of_row(row), compilation.chosen)


def codes_of_row(row) -> dict:
    """Field -> codes of one input, as text."""
    return {
        "round_table": [str(number) for number in row.round_tables],
        "objective": [str(number) for number in row.objectives],
        "level": [row.level],
        "region": list(row.regions),
        "kind": [row.kind],
        "language": [row.language],
        "country": list(row.countries),
    }


def fits(codes, chosen) -> bool:
    return all(set(codes[field]) & set(wanted) for field, wanted in chosen.items())


def counted_codes(compilation) -> list:
    """Codes of the inputs that are counted and never shown, one dict each: one statement, and one for the round tables."""
    at_tables = {}
    for number, objective in RoundTable.objects.filter(forum=compilation.forum).values_list("number", "objectives"):
        at_tables.setdefault(str(objective), set()).add(str(number))
    names = {"countries": "country", "regions": "region", "objectives": "objective"}
    lists = {f"codes_{field}": codes_of(getattr(Submission, name), field) for name, field in names.items()}
    unseen = publication.counted(compilation.asked_at).unseen.filter(call__forum=compilation.forum)
    found = []
    for level, kind, language, countries, regions, objectives in unseen.values_list(
        "level", "organisation__kind", "language", *lists.values()
    ):
        numbers = [str(number) for number in objectives]
        tables = sorted(set().union(*(at_tables.get(number, ()) for number in numbers)))
        codes = {"level": [level], "kind": [kind], "language": [language], "country": countries, "region": regions}
        found.append({**codes, "objective": numbers, "round_table": tables})
    return [codes for codes in found if fits(codes, compilation.chosen)]


def without_what_has_gone(compilations) -> list:
    """Those of these that may still be given out: nothing in them was taken down, withdrawn, hidden by a correction, or
    redacted since they were asked for.

    At most five statements, however many there are.
    """
    compilations = _without_what_is_redacted(compilations)
    held = {key for row in compilations for key in row.versions}
    shown = PublishedInput.objects.filter(version__in=held, taken_down_at=None)
    former = FormerlyPublished.objects.filter(version__in=held, published__taken_down_at=None)
    added = Version.objects.filter(pk__in=held, act=Act.ADDITION, proposal__status="approved")
    public = {*shown.values_list("version", flat=True), *former.values_list("version", flat=True)}
    public |= set(added.filter(submission__published__taken_down_at=None).values_list("pk", flat=True))
    coming = set()
    if any(row.unpublished for row in compilations):
        accepted = {"submission__status": Submission.Status.ACCEPTED, "submission__publish_as": Submission.PublishAs.NAMED}
        standing = ~Q(act=Act.ADDITION) | Q(proposal__status="approved")
        waiting = Version.objects.filter(standing, pk__in=held - public, **accepted)
        gone = {"submission__published__taken_down_at__isnull": False}
        coming = set(waiting.exclude(**gone).values_list("pk", flat=True))
    return [row for row in compilations if set(row.versions) <= (public | coming if row.unpublished else public)]


def _without_what_is_redacted(compilations) -> list:
    """Those that were asked for after the newest redaction of each of their inputs; one that was lifted hides nothing."""
    held = {key for row in compilations for key in row.holds}
    standing = Redaction.objects.filter(submission__in=held, lifted_at=None).order_by().values_list("submission")
    newest = dict(standing.annotate(newest=Max("at")))
    return [row for row in compilations if not any(newest.get(key) and newest[key] >= row.asked_at for key in row.holds)]
