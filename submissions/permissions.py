"""Who may do what with an input: short questions, no time and no status in them."""

from accreditation.models import Organisation
from accreditation.permissions import belongs_to, represents, writes_for
from submissions.models import Submission
from submissions.models.closed_to import bodies_in_conflict


def stands_under(user, submission) -> bool:
    """Has a conflict of interest with an input (submissions/models/closed_to.py): belongs to the body that wrote it, to one
    that was asked to stand under it and did not decline, is otherwise tied to them, or said so.
    """
    if not user.is_authenticated:
        return False
    return Submission.objects.filter(pk=submission.pk).in_conflict_with(user).exists()


def may_read(user, submission) -> bool:
    """Its own organisation's people, in any role."""
    return belongs_to(user, submission.organisation)


def may_edit(user, submission) -> bool:
    return writes_for(user, submission.organisation)


def may_submit(user, submission) -> bool:
    """Only those who speak for the organisation send in its name."""
    return represents(user, submission.organisation)


def may_withdraw(user, submission) -> bool:
    return represents(user, submission.organisation)


def may_review(user, submission) -> bool:
    """Nobody reviews what their own organisation wrote, or stands under."""
    return user.has_perm("submissions.review_submission") and not stands_under(user, submission)


def may_publish(user, submission) -> bool:
    """Nobody publishes what their own organisation wrote, or stands under."""
    return user.has_perm("submissions.publish_submission") and not stands_under(user, submission)


def may_record_input(user, organisation) -> bool:
    """Records what came by letter or by mail; nobody for an organisation with which they have a conflict of interest.

    None is one to be made.
    """
    if not user.has_perm("submissions.record_input"):
        return False
    return organisation is None or not is_body_in_conflict(user, organisation)


def is_body_in_conflict(user, organisation) -> bool:
    """Is tied to this organisation, or declared a conflict of interest with it."""
    return Organisation.objects.filter(pk=organisation.pk, pk__in=bodies_in_conflict(user)).exists()


def may_assign(user, submission) -> bool:
    """Those who oversee the reviews give inputs to reviewers; never one with which they have a conflict of interest."""
    return sees_reviewers(user) and not stands_under(user, submission)


def may_declare_for(user, person) -> bool:
    """Everybody of the desk declares their own conflicts of interest and absences; overseers also those of others."""
    return user.pk == person.pk or sees_reviewers(user)


def may_note(user, submission) -> bool:
    """Internal notes are left by those who review and those who oversee them, never about their own organisation."""
    works_on_it = user.has_perm("submissions.review_submission") or sees_reviewers(user)
    return works_on_it and not stands_under(user, submission)


def sees_reviewers(user) -> bool:
    """Who reviews what is known to editors and administrators; a reviewer knows of their own reviews only."""
    return user.has_perm("submissions.view_review")


def may_release(user, submission) -> bool:
    """Lets out a file that no scanner passed or that was held back; never one of their own organisation."""
    return user.has_perm("submissions.release_attachment") and not stands_under(user, submission)


def may_answer_for(user, co_sponsor) -> bool:
    """Only those who speak for the organisation that was asked answer in its name."""
    return co_sponsor.organisation_id is not None and represents(user, co_sponsor.organisation)


def may_share_views(user) -> bool:
    """Those who oversee the reviews name views of the queue for the whole team; others save them for themselves."""
    return sees_reviewers(user)
