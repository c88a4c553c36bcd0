"""What belongs to an input whose row is held, looked at in one statement, so that nothing is asked for that is not there."""

from dataclasses import dataclass

from django.db import connection

from submissions.models.chosen import CHOSEN

BEHIND = """
    SELECT ARRAY(SELECT country_id FROM submissions_submission_countries WHERE submission_id = %(pk)s),
        ARRAY(SELECT region_id FROM submissions_submission_regions WHERE submission_id = %(pk)s),
        ARRAY(SELECT objective_id FROM submissions_submission_objectives WHERE submission_id = %(pk)s),
        ARRAY(SELECT guidingprinciple_id FROM submissions_submission_principles WHERE submission_id = %(pk)s),
        EXISTS (
            SELECT FROM submissions_attachment
            WHERE submission_id = %(pk)s AND removed_at IS NULL AND proposal_id IS NULL),
        EXISTS (SELECT FROM submissions_cosponsor WHERE submission_id = %(pk)s AND ended = ''),
        ARRAY(SELECT act FROM submissions_version WHERE submission_id = %(pk)s),
        EXISTS (SELECT FROM submissions_redaction WHERE submission_id = %(pk)s AND lifted_at IS NULL)
"""  # first the lists, in the order of CHOSEN


@dataclass(frozen=True)
class Held:
    chosen: dict  # list -> keys
    has_files: bool
    has_co_sponsors: bool
    acts: list  # of its versions
    is_redacted: bool

    def files_of(self, submission) -> list:
        return list(submission.attachments.kept()) if self.has_files else []


def look_behind(submission) -> Held:
    """Only behind the lock: nobody changes any of it before the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, {"pk": submission.pk})
        row = cursor.fetchone()
    return Held(dict(zip(CHOSEN, row, strict=False)), *row[len(CHOSEN) :])
