"""Publishing copies what the public may see, through the whitelist; taking down leaves a tombstone."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from submissions import publication
from submissions.models import Attachment, FormerlyPublished, PublishedInput, Submission
from submissions.search import vector_of

Status = Submission.Status
Verdict = Attachment.Verdict


@transaction.atomic
def publish(submission, *, by, at, visible_at=None, files_may_follow=False):
    """Show what the input says to the public, now or from `visible_at` on.

    Refused when its author did not agree to that, when the scanner refused a file of that version, and while one waits
    for it; `files_may_follow` publishes the text meanwhile, and each file appears once it was found clean. No byte is
    served before that.
    """
    version = submission.standing_version()
    if version is None:
        raise Refused(_("Nothing was sent yet, so there is nothing to publish."))
    _ask_what_its_author_agreed_to(submission, version)
    ask_the_scanner(submission, version, files_may_follow)
    step = submission.move(Status.PUBLISHED, by=by, at=at)
    columns = publication.columns_of(submission, version)
    PublishedInput.objects.update_or_create(
        submission=submission,
        defaults={
            **columns,
            "visible_at": visible_at or at,
            "changed_at": at,
            "taken_down_at": None,
            "taken_down_because": "",
            "vector": vector_shown(version, columns),
        },
    )
    return step


def vector_shown(version, columns):
    """What the search finds it by: the words of its text, and the names of all that stand under it."""
    names = [columns["organisation_name"], *(body["name"] for body in columns["co_sponsors"])]
    return vector_of(publication.public_words(version.content), " ".join(names), columns.get("translations", {}))


def show_co_sponsors_anew(submission, *, at):
    """Let the public page of an input say who stands under it now; nothing where it is not on the public side."""
    published = PublishedInput.objects.select_for_update(of=("self",)).select_related("version")
    published = published.filter(submission=submission, taken_down_at=None).first()
    if published is None:
        return
    columns = publication.co_sponsor_columns(submission, published.version)
    words = {"organisation_name": published.organisation_name, "translations": published.translations, **columns}
    vector = vector_shown(published.version, words)
    PublishedInput.objects.filter(pk=published.pk).update(**columns, vector=vector, changed_at=at)


def _ask_what_its_author_agreed_to(submission, version):
    """What was declared at the sending, and what was asked of the desk since."""
    named = Submission.PublishAs.NAMED
    since = submission.publish_as
    agreed = since if since != named else version.content.get("publish_as", named)
    if agreed != named:
        raise Refused(
            _("Its author agreed to this only: “%(choice)s”. So it stays accepted and is not published.")
            % {"choice": Submission.PublishAs(agreed).label}
        )


def ask_the_scanner(submission, version, files_may_follow):
    """Refused where the scanner refused a file of this version, or has not looked at one that may not follow."""
    named = submission.attachments.filter(pk__in=publication.named_files(version.content))
    if infected := named.filter(verdict=Verdict.INFECTED).values_list("name", flat=True):
        raise Refused(
            _("The virus scanner refused %(names)s. Ask the author for another file.") % {"names": ", ".join(infected)}
        )
    if not files_may_follow and (waiting := named.filter(verdict=Verdict.WAITING).values_list("name", flat=True)):
        raise Refused(
            _("The virus scanner has not yet looked at %(names)s. Wait for it, or publish the text and let files follow.")
            % {"names": ", ".join(waiting)}
        )


@transaction.atomic
def take_down(submission, *, by, at, reason):
    """Take an input off the public side; its address shows a tombstone with the reason and the date."""
    if not reason.strip():
        raise Refused(_("Give the reason: it stands on the public page in place of the input."))
    step = submission.move(Status.ACCEPTED, by=by, at=at, note=reason.strip(), only_from=(Status.PUBLISHED,))
    entomb(submission, at=at, because=reason.strip())
    return step


def entomb(submission, *, at, because):
    """Erase every copied word of the input from the public table and leave reference, forum, date and reason.

    Former versions lose their addresses, and do not come back with the input.
    """
    FormerlyPublished.objects.filter(published__submission=submission).delete()
    PublishedInput.objects.filter(submission=submission).update(
        taken_down_at=at, changed_at=at, taken_down_because=because, **publication.ERASED
    )
