"""Publishing copies what the public may see, through the whitelist; taking down leaves a tombstone."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import Letter
from forums.operations import supersede
from forums.refusals import Refused
from submissions import publication
from submissions.models import Attachment, FormerlyPublished, Passage, PublishedInput, SearchedNames, Submission
from submissions.operations.showing_files import forget_words, vector_shown
from submissions.operations.telling_followers import take_back_letters_about

Status = Submission.Status
Verdict = Attachment.Verdict


@transaction.atomic
def publish(submission, *, by, at, visible_at=None, files_may_follow=False):
    """Show what the input says to the public, now or from `visible_at` on.

    Refused when its author did not agree to that, when the scanner refused a file of that version, and while one waits
    for it, for its reading, or for a person because of what it carries; `files_may_follow` publishes the text meanwhile,
    and each file appears once nothing holds it. No byte is served before that.
    """
    version = ask_publication(submission, files_may_follow=files_may_follow)
    step = submission.move(Status.PUBLISHED, by=by, at=at)
    version.refresh_from_db(fields=["changes"])  # only now: whoever redacts holds the row that was moved
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


def ask_publication(submission, *, files_may_follow=False):
    """The version that would be shown; raises Refused if it cannot be. Stores nothing."""
    version = submission.standing_version()
    if version is None:
        raise Refused(_("Nothing was sent yet, so there is nothing to publish."))
    _ask_what_its_author_agreed_to(submission, version)
    ask_about_files(submission, version, files_may_follow)
    return version


def show_additions_anew(submission, *, at):
    """Let the search find a public input by what is added to it now; nothing where it is not on the public side."""
    published = PublishedInput.objects.select_for_update(of=("self",)).select_related("version")
    published = published.filter(submission=submission, taken_down_at=None).first()
    if published is not None:
        names = {
            "organisation_name": published.organisation_name,
            "co_sponsors": published.co_sponsors,
            "translations": published.translations,
        }
        vector = vector_shown(published.version, names)
        PublishedInput.objects.filter(pk=published.pk).update(vector=vector, changed_at=at)


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


def ask_about_files(submission, version, files_may_follow):
    """Refused where the scanner refused a file of this version, or where one that may not follow is not free yet."""
    named = submission.attachments.filter(pk__in=publication.named_files(version.content))
    if infected := named.filter(verdict=Verdict.INFECTED).values_list("name", flat=True):
        raise Refused(
            _("The virus scanner refused %(names)s. Ask the author for another file.") % {"names": ", ".join(infected)}
        )
    if files_may_follow:
        return
    awaited = list(named.awaited())
    for waits, sentence in (
        (
            lambda file: file.verdict == Verdict.WAITING,
            _("The virus scanner has not yet looked at %(names)s. Wait for it, or publish the text and let files follow."),
        ),
        (
            lambda file: file.is_held,
            _(
                "%(names)s: held because of what it carries. Look at it and release it, ask the author for another file, "
                "or publish the text without it."
            ),
        ),
        (
            lambda file: file.is_unread,
            _("%(names)s: not read yet, which takes some minutes at most. Wait, or publish the text and let files follow."),
        ),
    ):
        if names := [file.name for file in awaited if waits(file)]:
            raise Refused(sentence % {"names": ", ".join(names)})


@transaction.atomic
def take_down(submission, *, by, at, reason):
    """Take an input off the public side; its address shows a tombstone with the reason and the date."""
    if not reason.strip():
        raise Refused(_("Give the reason: it stands on the public page in place of the input."))
    step = submission.move(Status.ACCEPTED, by=by, at=at, note=reason.strip(), only_from=(Status.PUBLISHED,))
    entomb(submission, at=at, because=reason.strip())
    return step


def entomb(submission, *, at, because):
    """Erase every copied word of the input from public table and search, and leave reference, forum, date and reason.

    Former versions lose their addresses, and do not come back with the input.
    """
    _take_back_letters(submission, at)
    take_back_letters_about(submission, at=at)
    FormerlyPublished.objects.filter(published__submission=submission).delete()
    with forget_words(submission):
        Passage.objects.filter(submission=submission).delete()
        SearchedNames.objects.filter(submission=submission).delete()
        PublishedInput.objects.filter(submission=submission).update(
            taken_down_at=at, changed_at=at, taken_down_because=because, **publication.ERASED
        )


def _take_back_letters(submission, at):
    """Letters that were to say at its instant that an input is public never go out once it is not to be."""
    if not PublishedInput.objects.filter(submission=submission, taken_down_at=None, visible_at__gt=at).exists():
        return
    step = submission.steps.filter(became=Status.PUBLISHED).order_by("-pk").first()
    of_step = Q(key__startswith=f"submission-step:{step.pk}:") | Q(key__startswith=f"joint-step:{step.pk}:")
    supersede(Letter.objects.filter(of_step), because="The input was taken down before the instant of its publication.")
