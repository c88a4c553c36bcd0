"""The public columns of a version, as they are copied into PublishedInput; asked for through publication.py."""

from django.db.models import QuerySet
from django.utils import translation

from accreditation.models import Accreditation
from forums.kept_statements import KeptStatement
from forums.models import RoundTable
from submissions.models import Act, CoSponsor, ProposalStep
from submissions.public_content import excerpt_of, named_files, public_word_count, public_words

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")


def columns_of(submission, version) -> dict:
    """The public columns of one sent version: nothing that is not named here ever becomes public."""
    return {
        **sent_columns(submission, version),
        **standing_columns(submission, version.shown["objectives"]),
        **co_sponsor_columns(submission, version),
        "used_in": used_in(submission),
        "translations": translations_of(submission, version),
    }


def sent_columns(submission, version) -> dict:
    """What follows from the version and its recording alone, and is the same whenever it is asked."""
    content = version.shown
    return {
        "version": version,
        "reference": submission.reference,
        "symbol": version.symbol,
        "corrected_at": _corrected_at(version),
        "title": content["title"][:300],  # what stands in place of a name may be longer than the name
        "title_is_described": submission.title_is_described,
        "excerpt": excerpt_of(public_words(content)),
        "language": content["language"],
        "level": content["level"],
        "objectives": content["objectives"],
        "countries": content["countries"],
        "regions": content["regions"],
        "files": len(named_files(content)),
        "words": public_word_count(version),
        "received_at": submission.received_at,
        "recorded_by_desk": submission.recorded_by_desk,
        "source_url": submission.source_url,
        "source_title": submission.source_title,
        "source_seen": submission.source_seen,
    }


def _corrected_at(version):
    """When the desk approved the correction that this version is; None for any other."""
    if version.act != Act.CORRECTION:
        return None
    return ProposalStep.objects.filter(proposal__version=version, became="approved").latest("at", "pk").at


def standing_columns(submission, objectives) -> dict:
    """How forum, call, organisation and its standing are named on the day of publication."""
    call, organisation = submission.call, submission.organisation
    return {
        "forum": call.forum,
        "call_name": _in_six_languages(call, "name"),
        "organisation": organisation,
        "organisation_name": organisation.name,
        "organisation_slug": organisation.slug,
        "organisation_language": organisation.name_language,
        "kind": organisation.kind,
        "basis": _basis_held(organisation, call.forum),
        "round_tables": round_tables_of(call.forum, objectives),
    }


def co_sponsor_columns(submission, version) -> dict:
    """Who stands under it beside the lead: those that agreed and have not left, then those it is sent on behalf of.

    Names are those of the sending; whether a body is accredited is asked on the day of publication. The order is the
    reader's (submissions/un_order.py).
    """
    agreed = {body["id"]: body for body in version.content.get("co_sponsors", [])}
    rows = submission.co_sponsors.filter(pk__in=agreed).exclude(ended=CoSponsor.Ended.LEFT).select_related("organisation")
    rows = list(rows.order_by("pk"))
    told = Accreditation.objects.told().filter(forum=submission.call.forum)
    told = told.filter(organisation__in=[row.organisation_id for row in rows])
    admitted = set(told.values_list("organisation", flat=True))
    bodies = [
        {
            "name": agreed[row.pk]["name"],
            "language": agreed[row.pk]["language"],
            "slug": row.organisation.slug,
            "organisation": row.organisation_id,
            "admitted": row.organisation_id in admitted,
            "on_behalf": False,
        }
        for row in rows
    ]
    named = [
        {"name": body["name"], "language": "und", "slug": "", "organisation": None, "admitted": False, "on_behalf": True}
        for body in version.content.get("also_on_behalf_of", [])
    ]
    return {"co_sponsors": bodies + named, "co_sponsor_keys": sorted(row.organisation_id for row in rows)}


def _basis_held(organisation, forum) -> str:
    standing = Accreditation.objects.told().filter(organisation=organisation, forum=forum).first()
    return standing.basis_id if standing else ""


def round_tables_of(forum, objectives) -> list:
    """The numbers of the round tables at which the forum discusses these objectives."""
    keys = sorted({int(key) for key in objectives})
    return sorted(set(ROUND_TABLES.rows(forum=forum.pk, objectives=keys))) if keys else []


def _numbers_of_tables(*, forum, objectives):
    rows = QuerySet(RoundTable)  # numbers are the same in each language
    return rows.filter(forum=forum, objectives__in=objectives).order_by().values_list("number", flat=True)


ROUND_TABLES = KeptStatement(_numbers_of_tables, prepared=True)


def used_in(submission) -> list:
    """The official documents that drew on an input, with the place in each, as everybody may read it."""
    return used_as_shown(submission.uses.standing().select_related("document").order_by(*ORDER_OF_USES))


ORDER_OF_USES = ("document__dated_on", "document_id", "pk")


def used_as_shown(uses) -> list:
    """The same of uses that were read already, with their documents and in this order."""
    return [
        {
            "document": use.document_id,
            "symbol": use.document.symbol,
            "title": _in_six_languages(use.document, "title"),
            "kind": use.document.kind,
            "url": use.document.link,
            "place": use.place,
            "note": use.note,
        }
        for use in uses
    ]


def translations_of(submission, version) -> dict:
    """Title and summary in other languages, by language, each with its origin, whether a person checked it, and whether it
    is of an earlier version whose title or summary read otherwise. None while a word of either is redacted, nor of an
    earlier version of which one is: a translation would say it."""
    if not may_be_translated(version):
        return {}
    now_said = _translated_words(version.content)
    return {
        row.language: {
            "title": row.title,
            "summary": row.summary,
            "origin": row.origin,
            "checked": row.checked_at is not None,
            "outdated": _translated_words(row.version.content) != now_said,
        }
        for row in submission.translations.shown().select_related("version").order_by("language")
        if row.language != version.shown["language"] and may_be_translated(row.version)
    }


def may_be_translated(version) -> bool:
    """Whether nothing of title and summary is redacted."""
    return _translated_words(version.content) == _translated_words(version.shown)


def _translated_words(content):
    return content["title"], content["summary"]


def _in_six_languages(thing, field) -> dict:
    names = {}
    for code in LANGUAGES:
        with translation.override(code):
            names[code] = getattr(thing, field)
    return names
