"""What the public may see of an input: its author's choice before sending, and the wish for less after publication."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from accreditation.notifications import people_of
from forums.operations import write
from forums.refusals import Refused
from submissions.models import Attachment, PublicityRequest, Submission
from submissions.operations.drafting import Conflict
from submissions.operations.publishing import take_down
from submissions.operations.reopened import ask_whether_file_opened, ask_whether_opened

Status, PublishAs = Submission.Status, Submission.PublishAs
TAKEN_BACK = gettext_noop("Its author no longer wants it to be public.")  # stored as it is, said in each language


@transaction.atomic
def choose_publicity(submission, *, by, at, edition, publish_as):
    """Choose what the public may see of a draft; a part of what is sent, so its edition rises. Raises Conflict as revise."""
    kept = Submission.objects.select_for_update().get(pk=submission.pk)
    if not kept.is_writable:
        raise Refused(_("This input was sent. Begin a change to it, or ask the desk once it is public."))
    if kept.edition != edition:
        raise Conflict(kept)
    if kept.publish_as == publish_as:
        return kept
    ask_whether_opened(kept, ["publish_as"])
    kept.publish_as, kept.saved_at = PublishAs(publish_as), at
    kept.edition += 1
    kept.save(update_fields=["publish_as", "edition", "saved_at"])
    return kept


@transaction.atomic
def show_file(attachment, *, public, by, at):
    """Let a file of a draft be published with the text, or keep it for the desk."""
    kept = Submission.objects.select_for_update().get(pk=attachment.submission_id)
    if not kept.is_writable:
        raise Refused(_("This input was sent; what is public of its files cannot be changed now."))
    ask_whether_file_opened(kept, attachment)
    if Attachment.objects.filter(pk=attachment.pk, public=not public).update(public=public):
        Submission.objects.filter(pk=kept.pk).update(saved_at=at)


@transaction.atomic
def ask_otherwise(submission, *, wanted, reason, by, at):
    """Ask the desk that the public may see less of a published input; one wish at a time."""
    kept = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    if kept.status != Status.PUBLISHED or wanted not in (PublishAs.STATISTICS, PublishAs.DESK):
        raise Refused(_("Only of a published input the public can be shown less."))
    if not reason.strip():
        raise Refused(_("Give the reason: the desk decides on it."))
    if kept.publicity_requests.waiting().exists():
        raise Refused(_("The desk has your wish already and will answer it."))
    return kept.publicity_requests.create(wanted=wanted, reason=reason.strip(), asked_by=by, asked_at=at)


@transaction.atomic
def answer_wish(wish, *, granted, answer, by, at):
    """Grant a wish, which takes the input off the public side and keeps its tombstone, or refuse it with the reason.

    The letter about what was taken down tells its author, and one of its own tells of a refusal; the page of the input
    shows the answer as well.
    """
    kept = Submission.objects.select_for_update(no_key=True).get(pk=wish.submission_id)
    wish = PublicityRequest.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if wish.settled_at:
        raise Refused(_("This wish was answered already."))
    if not granted and not answer.strip():
        raise Refused(_("Give the reason: the author will read it."))
    wish.granted, wish.answer, wish.settled_by, wish.settled_at = granted, answer.strip(), by, at
    wish.save(update_fields=["granted", "answer", "settled_by", "settled_at"])
    if granted and kept.status == Status.PUBLISHED:
        take_down(kept, by=by, at=at, reason=TAKEN_BACK)
        Submission.objects.filter(pk=kept.pk).update(publish_as=wish.wanted)
    if not granted:
        _tell_of_refusal(wish, at)
    return wish


def _tell_of_refusal(wish, at):
    """Write to all that speak for the organisation today."""
    submission, forum = wish.submission, wish.submission.call.forum
    for person in people_of(submission.organisation):
        write(
            "submissions/wish_refused",
            to=person.email,
            language=person.language,
            about={"submission": submission, "wish": wish, "forum": forum, "person": person},
            key=f"wish-refused:{wish.pk}:{person.pk}",
            forum=forum,
            at=at,
        )
