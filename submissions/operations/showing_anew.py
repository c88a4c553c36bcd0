"""Making anew what everybody reads of an input, from the corrections and redactions that stand; the author's words stay."""

from submissions import publication
from submissions.models import PublishedInput, Redaction, Version
from submissions.operations.publishing import vector_shown
from submissions.operations.telling_followers import take_back_letters_about
from submissions.parts import FILE
from submissions.public_form import changes_of


def changes_by_version(submission) -> dict:
    """Version -> what is shown otherwise of it, of every version of the input; five statements, whatever there is."""
    standing = list(submission.redactions.filter(lifted_at=None).select_related("version"))
    corrections = {}
    for one in submission.reclassifications.all():
        corrections.setdefault(one.version_id, []).append(one)
    files = [one.part.removeprefix(FILE) for one in standing if one.part.startswith(FILE)]
    withheld = set(submission.attachments.filter(pk__in=files).values_list("sha256", flat=True)) if files else set()
    versions = submission.versions.order_by("number")
    return {one: changes_of(one, corrections.get(one.pk, ()), standing, withheld=withheld) for one in versions}


def show_anew(submission, *, at):
    """Store what is shown of each version, and make the public copy again: columns, translations, search, stamp.

    The caller holds the row of the input. Papers, feeds, catalogues and the API follow from the copy; the edition of the
    open data that holds what was redacted is served no more.
    """
    for version, changes in changes_by_version(submission).items():
        if version.changes != changes:
            Version.objects.filter(pk=version.pk).update(changes=changes)
    published = PublishedInput.objects.select_for_update(of=("self",)).filter(submission=submission, taken_down_at=None)
    row = published.select_related("version").first()
    if row is None:
        return
    columns = publication.sent_columns(submission, row.version)
    columns["round_tables"] = publication.round_tables_of(submission.call.forum, columns["objectives"])
    columns["translations"] = publication.translations_of(submission, row.version)
    named = {"organisation_name": row.organisation_name, "co_sponsors": row.co_sponsors, **columns}
    vector = vector_shown(row.version, named)
    PublishedInput.objects.filter(pk=row.pk).update(**columns, vector=vector, changed_at=at)
    take_back_letters_about(submission, at=at)


def redact_too(version):
    """Let a version that has just been sent be shown as what was redacted in the others; nothing where nothing was."""
    if Redaction.objects.filter(submission=version.submission_id, lifted_at=None).exists():
        changes = next(found for one, found in changes_by_version(version.submission).items() if one.pk == version.pk)
        Version.objects.filter(pk=version.pk).update(changes=changes)
        version.changes = changes
