"""What the public sees of an input: ONE whitelist, read by page, API, feed, search and export.

`columns_of` decides what is copied into PublishedInput at publication; `visible` decides which rows the public gets.
There is no other way from a submission to the public side. The columns stand in public_columns.py and the whitelist of a
version's content in public_content.py; whoever reads them asks here.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, F, Func, OuterRef, Q

from accreditation.models import Accreditation, Organisation
from submissions.models import Act, Attachment, FormerlyPublished, PublishedInput, Submission, Version
from submissions.public_columns import (
    LANGUAGES,
    ORDER_OF_USES,
    co_sponsor_columns,
    columns_of,
    may_be_translated,
    round_tables_of,
    sent_columns,
    standing_columns,
    translations_of,
    used_as_shown,
    used_in,
)
from submissions.public_content import (
    EXCERPT,
    excerpt_of,
    how_it_came,
    named_files,
    public_answers,
    public_content,
    public_word_count,
    public_words,
    whitelisted,
)

__all__ = [
    "EXCERPT",
    "LANGUAGES",
    "ORDER_OF_USES",
    "co_sponsor_columns",
    "columns_of",
    "excerpt_of",
    "how_it_came",
    "may_be_translated",
    "named_files",
    "public_answers",
    "public_content",
    "public_word_count",
    "public_words",
    "round_tables_of",
    "sent_columns",
    "standing_columns",
    "translations_of",
    "used_as_shown",
    "used_in",
    "whitelisted",
]

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


def visible_by_words(at):
    """The same, for whoever narrows them by words."""
    return PublishedInput.objects.visible_by_words(at)


def entombed(at):
    """Inputs that were public once and were taken down: their address keeps reference, date and reason."""
    return PublishedInput.objects.filter(taken_down_at__lte=at, visible_at__lte=F("taken_down_at"))


def with_version(rows):
    """Number and moment of the published version beside each row, as describing.py needs them; not its text."""
    return rows.select_related("forum").annotate(version_number=F("version__number"), version_sent_at=F("version__sent_at"))


LATEST = "SELECT max(changed_at), max(visible_at), max(id) FROM submissions_publishedinput WHERE visible_at <= %s"


class Change(NamedTuple):
    """Lists, feeds and the API are the same as long as this is the same."""

    at: datetime
    newest: int  # key of the newest row: tells apart what was published in one moment


def last_change(at) -> Change | None:
    """When the public side last changed, by a word or by a date that came; None before the first publication.

    Three probes of an index.
    """
    with connection.cursor() as cursor:  # no queryset, which would cost more than the probes
        cursor.execute(LATEST, [at])
        changed, appeared, newest = cursor.fetchone()
    return Change(max(changed, appeared), newest) if newest else None


def public_organisations(at):
    """Organisations the public may know of: with a visible input, or with a standing that was recognised or granted."""
    inputs = visible(at).filter(organisation=OuterRef("pk"))
    standing = Accreditation.objects.told().filter(organisation=OuterRef("pk"))
    joint = visible(at).exclude(co_sponsor_keys=[]).order_by()
    under = joint.annotate(key=Func(F("co_sponsor_keys"), function="unnest")).values("key")
    return Organisation.objects.filter(Exists(inputs) | Exists(standing) | Q(pk__in=under))


def of_organisations(keys) -> Q:
    """Inputs that these organisations lead, or under which they stand; said so that an index answers either."""
    return Q(organisation__in=keys) | (Q(co_sponsor_keys__overlap=list(keys)) & ~Q(co_sponsor_keys=[]))


def inputs_of(keys, at) -> dict:
    """How many visible inputs each of these organisations leads or stands under, by its key; two statements."""
    led = visible(at).filter(organisation__in=keys).order_by().values("organisation")
    found = dict(led.annotate(number=Count("pk")).values_list("organisation", "number"))
    under = visible(at).filter(co_sponsor_keys__overlap=list(keys)).order_by()
    for several in under.values_list("co_sponsor_keys", flat=True):
        for key in several:
            found[key] = found.get(key, 0) + 1
    return found


class Counted(NamedTuple):
    """Inputs that statistics count: what the public sees, and what its authors let be counted only."""

    shown: object
    unseen: object


def counted(at) -> Counted:
    """Every figure begins here: published inputs, and accepted ones whose authors agreed to statistics only."""
    statistics = Submission.objects.filter(status=Submission.Status.ACCEPTED, publish_as=Submission.PublishAs.STATISTICS)
    return Counted(visible(at), statistics)


def public_files(published):
    """Files of the published version that are clean, read, held back by nothing, and not kept for the desk by its author."""
    return clean_files(published.version)


def clean_files(*versions):
    """The same of these versions of one input."""
    named = [key for version in versions for key in named_files(version.shown)]
    if not named:
        return Attachment.objects.none()
    clean = Attachment.objects.presentable().filter(pk__in=named).select_related("extract")
    return clean.filter(submission=versions[0].submission_id)


def public_additions(published) -> list:
    """Versions that add to a visible input and were approved, oldest first."""
    return approved_additions(published.submission_id)


def approved():
    """Every version that adds to an input and was approved."""
    return Version.objects.filter(act=Act.ADDITION, proposal__status="approved")


def approved_additions(*submission_ids) -> list:
    """Versions that add to these inputs and were approved, oldest first; public as soon as the input is."""
    additions = approved().filter(submission__in=submission_ids).select_related("proposal")
    return list(additions.order_by("submission", "act_number"))


def public_versions(published) -> list:
    """What a visible input said and says, oldest first, each with `until`: None for the one that is shown."""
    former = list(FormerlyPublished.objects.filter(published=published).select_related("version").order_by("until", "pk"))
    for one in former:
        one.version.until = one.until
    published.version.until = None
    return [*(one.version for one in former), published.version]


def files_being_checked(published) -> int:
    """How many files of the published version still wait for the scanner or a person; their names are not public yet."""
    named = named_files(published.version.shown)
    return Attachment.objects.filter(submission=published.submission_id, pk__in=named).awaited().count()
