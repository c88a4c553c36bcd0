"""Making anew what everybody reads of an input, from the corrections and redactions that stand; the author's words stay."""

from django.db.models import Q

from submissions import publication
from submissions.models import Extract, FilePreview, Likeness, PublishedInput, Redaction, Sketch, Version
from submissions.operations.showing_files import forget_passages, forget_words, vector_shown
from submissions.operations.telling_followers import take_back_letters_about
from submissions.public_form import changes_of
from submissions.withheld import sums_of


def changes_by_version(submission) -> dict:
    """Version -> what is shown otherwise of it, of every version; five statements at most, whatever there is."""
    standing = list(submission.redactions.filter(lifted_at=None).select_related("version"))
    corrections = {}
    for one in submission.reclassifications.all():
        corrections.setdefault(one.version_id, []).append(one)
    withheld = sums_of(submission, standing)
    versions = submission.versions.order_by("number")
    return {one: changes_of(one, corrections.get(one.pk, ()), standing, withheld=withheld) for one in versions}


def show_anew(submission, *, at):
    """Store what is shown of each version, and make the public copy again: columns, translations, search, stamp.

    The caller holds the row of the input. Papers, feeds, catalogues and the API follow from the copy; the edition of the
    open data that holds what was redacted is served no more. Pictures of files that nobody is given go, and texts are
    likened anew from what is shown.
    """
    changed = False
    for version, changes in changes_by_version(submission).items():
        if version.changes != changes:
            changed = True
            Version.objects.filter(pk=version.pk).update(changes=changes)
            _forget_what_was_made_of(version, changes)
    published = PublishedInput.objects.select_for_update(of=("self",)).filter(submission=submission, taken_down_at=None)
    row = published.select_related("version").first()
    if row is None:
        return
    columns = publication.sent_columns(submission, row.version)
    columns["round_tables"] = publication.round_tables_of(submission.call.forum, columns["objectives"])
    columns["translations"] = publication.translations_of(submission, row.version)
    named = {"organisation_name": row.organisation_name, "co_sponsors": row.co_sponsors, **columns}
    with forget_words(submission):
        if changed:
            forget_passages(submission.pk)
        vector = vector_shown(row.version, named)
        PublishedInput.objects.filter(pk=row.pk).update(**columns, vector=vector, changed_at=at)
    take_back_letters_about(submission, at=at)


def _forget_what_was_made_of(version, changes):
    """Its sketch and likenesses, which a sweep makes again, and the pictures of its files, made again once they may be."""
    Likeness.objects.filter(Q(version=version) | Q(other=version)).delete()
    Sketch.objects.filter(version=version).delete()
    files = {*changes.get("withheld", ()), *version.changes.get("withheld", ())}
    if files:
        FilePreview.objects.filter(attachment__in=files).delete()
        Extract.objects.filter(attachment__in=files).update(previewed_at=None)


def redact_too(version):
    """Let a version that has just been sent be shown as what was redacted in the others; nothing where nothing was."""
    if Redaction.objects.filter(submission=version.submission_id, lifted_at=None).exists():
        changes = next(found for one, found in changes_by_version(version.submission).items() if one.pk == version.pk)
        Version.objects.filter(pk=version.pk).update(changes=changes)
        version.changes = changes
