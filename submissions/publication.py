"""What the public sees of an input: ONE whitelist, read by page, API, feed, search and export.

`columns_of` decides what is copied into PublishedInput at publication; `visible` decides which rows the public gets.
There is no other way from a submission to the public side.
"""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, Func, Max, OuterRef, Q
from django.utils import translation

from accreditation.models import Accreditation, Organisation
from forums.models import RoundTable
from submissions import words
from submissions.models import (
    Act,
    Attachment,
    CoSponsor,
    FormerlyPublished,
    ProposalStep,
    PublishedInput,
    Submission,
    Version,
)
from submissions.questions.sending import own_words_in

EXCERPT = 320
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh-hans")

# What a tombstone no longer holds: reference, forum, dates and the public reason are all that stays.
ERASED = {
    "symbol": "",
    "corrected_at": None,
    "title": "",
    "excerpt": "",
    "organisation_name": "",
    "organisation_slug": "",
    "objectives": [],
    "round_tables": [],
    "countries": [],
    "regions": [],
    "files": 0,
    "words": 0,
    "co_sponsors": [],
    "co_sponsor_keys": [],
    "used_in": [],
    "translations": {},
    "source_url": "",
    "source_title": "",
    "vector": None,
}


def visible(at):
    """Published inputs the public may see at that instant. Every list, count, feed and export begins here."""
    return PublishedInput.objects.visible(at)


def entombed(at):
    """Inputs that were public once and were taken down: their address keeps reference, date and reason."""
    return PublishedInput.objects.filter(taken_down_at__lte=at, visible_at__lte=F("taken_down_at"))


def with_version(rows):
    """Number and moment of the published version beside each row, as describing.py needs them; not its text."""
    return rows.select_related("forum").annotate(version_number=F("version__number"), version_sent_at=F("version__sent_at"))


class Change(NamedTuple):
    """Lists, feeds and the API are the same as long as this is the same."""

    at: datetime
    newest: int  # key of the newest row: tells apart what was published in one moment


def last_change(at) -> Change | None:
    """When the public side last changed, by a word or by a date that came; None before the first publication.

    Three probes of an index.
    """
    seen = PublishedInput.objects.filter(visible_at__lte=at)
    latest = seen.aggregate(changed=Max("changed_at"), appeared=Max("visible_at"), newest=Max("pk"))
    return Change(max(latest["changed"], latest["appeared"]), latest["newest"]) if latest["newest"] else None


def public_organisations(at):
    """Organisations the public may know of: with a visible input, or with a standing that was recognised or granted."""
    inputs = visible(at).filter(organisation=OuterRef("pk"))
    standing = Accreditation.objects.told().filter(organisation=OuterRef("pk"))
    joint = visible(at).exclude(co_sponsor_keys=[]).order_by()
    under = joint.annotate(key=Func(F("co_sponsor_keys"), function="unnest")).values("key")
    return Organisation.objects.filter(Exists(inputs) | Exists(standing) | Q(pk__in=under))


def of_organisations(keys) -> Q:
    """Inputs that these organisations lead, or under which they stand."""
    return Q(organisation__in=keys) | Q(co_sponsor_keys__overlap=list(keys))


class Counted(NamedTuple):
    """Inputs that statistics count: what the public sees, and what its authors let be counted only."""

    shown: object
    unseen: object


def counted(at) -> Counted:
    """Every figure begins here: published inputs, and accepted ones whose authors agreed to statistics only."""
    statistics = Submission.objects.filter(status=Submission.Status.ACCEPTED, publish_as=Submission.PublishAs.STATISTICS)
    return Counted(visible(at), statistics)


def columns_of(submission, version) -> dict:
    """The public columns of one sent version: nothing that is not named here ever becomes public."""
    return {
        **sent_columns(submission, version),
        **standing_columns(submission, version.content["objectives"]),
        **co_sponsor_columns(submission, version),
        "used_in": used_in(submission),
        "translations": translations_of(submission, version),
    }


def sent_columns(submission, version) -> dict:
    """What follows from the version and its recording alone, and is the same whenever it is asked."""
    content = version.content
    return {
        "version": version,
        "reference": submission.reference,
        "symbol": version.symbol,
        "corrected_at": _corrected_at(version),
        "title": content["title"],
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


def used_in(submission) -> list:
    """The official documents that drew on an input, with the place in each, as everybody may read it."""
    uses = submission.uses.standing().select_related("document").order_by("document__dated_on", "document_id", "pk")
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
    is of an earlier version whose title or summary read otherwise."""
    now_said = _translated_words(version)
    return {
        row.language: {
            "title": row.title,
            "summary": row.summary,
            "origin": row.origin,
            "checked": row.checked_at is not None,
            "outdated": _translated_words(row.version) != now_said,
        }
        for row in submission.translations.shown().select_related("version").order_by("language")
        if row.language != version.content["language"]
    }


def _translated_words(version):
    return version.content["title"], version.content["summary"]


def named_files(content) -> list:
    """The keys of the files of a version that its author did not keep for the desk."""
    return [file["id"] for file in content["files"] if file.get("public", True)]


def public_content(published) -> dict:
    """What the page of an input shows beyond its row: title, summary, text and public answers of the published version."""
    content = published.version.content
    shown = {name: content[name] for name in ("title", "summary", "text", "language")}
    shown["principles"] = content.get("principles", [])
    return shown | {"form": content.get("form"), "answers": public_answers(content)}


def public_answers(content) -> list:
    """The answers of a version that were promised to be public when it was sent; those for the desk stay with the desk."""
    return [one for one in content.get("answers", []) if one["seen_by"] == "public"]


def public_words(content) -> dict:
    """What the search may find and an excerpt may quote: the text followed by what was written in public answers."""
    text = own_words_in({"text": content["text"], "answers": public_answers(content)})
    return {name: content[name] for name in ("title", "reference", "summary", "language")} | {"text": text}


def public_word_count(version) -> int:
    """Words that everybody can read; an answer for the desk is not told by its length either."""
    content = version.content
    if not content.get("answers"):
        return version.words
    return words.count(public_words(content)["text"], content["language"])


def how_it_came(published) -> dict:
    """How an input that the desk recorded reached the Network, and when; empty for every other."""
    return published.version.content.get("recorded", {})


PUBLIC_CONTENT = ("title", "summary", "text", "language", "level", "countries", "regions", "objectives", "files")


def whitelisted(version) -> dict:
    """Of the content of a public version what the public may see of it; the same keys as the page of an input shows."""
    content = version.content
    shown = {name: content[name] for name in PUBLIC_CONTENT}
    shown["principles"] = content.get("principles", [])
    shown["files"] = [file for file in content["files"] if file.get("public", True)]
    return shown | {"form": content.get("form"), "answers": public_answers(content)}


def public_files(published):
    """Files of the published version that a scanner called clean, that nobody holds back or kept for the desk."""
    return clean_files(published.version)


def clean_files(*versions):
    """Files of these versions of one input that a scanner called clean, that nobody holds back or kept for the desk."""
    named = [key for version in versions for key in named_files(version.content)]
    clean = Attachment.objects.servable().filter(pk__in=named)
    return clean.filter(submission=versions[0].submission_id) if versions else clean


def public_additions(published) -> list:
    """Versions that add to a visible input and were approved, oldest first."""
    approved = Version.objects.filter(submission=published.submission_id, act=Act.ADDITION, proposal__status="approved")
    return list(approved.select_related("proposal").order_by("act_number"))


def public_versions(published) -> list:
    """What a visible input said and says, oldest first, each with `until`: None for the one that is shown."""
    former = list(FormerlyPublished.objects.filter(published=published).select_related("version").order_by("until", "pk"))
    for one in former:
        one.version.until = one.until
    published.version.until = None
    return [*(one.version for one in former), published.version]


def files_being_checked(published) -> int:
    """How many files of the published version still wait for the scanner or a person; their names are not public yet."""
    named = named_files(published.version.content)
    files = Attachment.objects.filter(submission=published.submission_id, pk__in=named)
    return files.exclude(verdict=Attachment.Verdict.INFECTED).exclude(pk__in=files.servable().values("pk")).count()


def excerpt_of(content) -> str:
    """The summary, else the beginning of the text without its marks, cut at a word."""
    text = " ".join((content["summary"] or content["text"]).replace("#", " ").replace("*", " ").split())
    if len(text) <= EXCERPT:
        return text
    cut = text[:EXCERPT]
    return (cut.rpartition(" ")[0] or cut) + " …"


def _basis_held(organisation, forum) -> str:
    standing = Accreditation.objects.told().filter(organisation=organisation, forum=forum).first()
    return standing.basis_id if standing else ""


def round_tables_of(forum, objectives) -> list:
    """The numbers of the round tables at which the forum discusses these objectives."""
    tables = RoundTable.objects.filter(forum=forum, objectives__in=objectives)
    return sorted(set(tables.values_list("number", flat=True)))


def _in_six_languages(thing, field) -> dict:
    names = {}
    for code in LANGUAGES:
        with translation.override(code):
            names[code] = getattr(thing, field)
    return names
