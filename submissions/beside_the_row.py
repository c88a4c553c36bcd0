"""What an author's request asks of an input besides its row, in the statement that reads the row.

The keys of its lists, the parts that the desk opened, the forms that its call asks now, how many notes are open, how many
files it keeps, whether anybody wrote in it yet, sends a file or stands under it, and in which role whoever asks acts for its
organisation. An object that was read so answers from it as long as the request lasts; what is decided under a lock is read
there, anew.
"""

from uuid import UUID

from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from accreditation.permissions import remember_role
from submissions.models.chosen import CHOSEN

# Put together by hand: as querysets it would cost more than all the rest of the request. Each line has its index.
LIST = "ARRAY(SELECT {column}_id FROM submissions_submission_{name} WHERE submission_id = {{input}}.id)"
BESIDE = {
    **{name: LIST.format(name=name, column=column) for name, column in CHOSEN.items()},
    "opens": """(
        SELECT to_jsonb(question.opens) FROM submissions_clarification question
        JOIN submissions_submissionstep step ON step.id = question.step_id
        WHERE question.submission_id = {input}.id ORDER BY step.at DESC, question.step_id DESC LIMIT 1)""",
    "forms": """(
        SELECT jsonb_object_agg(asked.level, (
            SELECT version.id FROM submissions_formversion version
            WHERE version.template_id = asked.template_id AND version.published_at IS NOT NULL
            ORDER BY version.number DESC LIMIT 1))
        FROM submissions_callform asked WHERE asked.call_id = {input}.call_id)""",
    "notes": """(
        SELECT count(*) FROM submissions_draftnote note
        WHERE note.submission_id = {input}.id AND note.resolved_at IS NULL)""",
    "files": """(
        SELECT count(*) FROM submissions_attachment file
        WHERE file.submission_id = {input}.id AND file.removed_at IS NULL AND file.proposal_id IS NULL)""",
    "changes": "EXISTS (SELECT FROM submissions_draftchange change WHERE change.submission_id = {input}.id)",
    "uploads": """EXISTS (
        SELECT FROM submissions_upload upload WHERE upload.submission_id = {input}.id AND upload.attachment_id IS NULL)""",
    "co_sponsors": """EXISTS (
        SELECT FROM submissions_cosponsor body WHERE body.submission_id = coalesce({input}.amends_id, {input}.id))""",
    "role": """(
        SELECT membership.role FROM accreditation_membership membership
        WHERE membership.organisation_id = {input}.organisation_id AND membership.user_id = %s
        AND membership.since IS NOT NULL AND membership.until IS NULL)""",
}
# What a request needs of it. PostgreSQL takes longer to plan a line than to answer it, and what was not read is asked for.
ALL = tuple(BESIDE)
TO_SAVE = (*CHOSEN, "opens", "forms", "role")
TO_SAVE_ALONE = (*TO_SAVE, "files")  # while somebody types: the parts of the page are said again
TO_CHECK = (*CHOSEN, "opens", "files", "co_sponsors", "role")


def read_beside(submissions, person, names=ALL):
    """The same inputs, each read with what stands beside it for the person with this key; `role` is always among `names`."""
    lines = ", ".join(f"'{name}', {BESIDE[name]}" for name in names).replace("{input}", "submissions_submission")
    return submissions.annotate(beside=RawSQL(f"jsonb_build_object({lines})", [person], output_field=JSONField()))  # noqa: S611


def spread(submission, user):
    """Let an object that was read so, and its organisation, answer from what was read.

    Returns whether this person acts for the organisation.
    """
    beside = submission.__dict__.pop("beside")
    if set(CHOSEN) <= set(beside):
        submission.chosen_read = {name: beside[name] for name in CHOSEN}
    if "opens" in beside:
        submission.opens_read = (submission.status, beside["opens"])
    if "forms" in beside:
        submission.forms_read = {level: key and UUID(key) for level, key in (beside["forms"] or {}).items()}
    for name in ("notes", "files", "changes", "uploads", "co_sponsors"):
        setattr(submission, f"{name}_read", beside.get(name))
    remember_role(user, submission.organisation, beside["role"])
    return beside["role"] is not None
