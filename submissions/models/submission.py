"""Submission: an input on its way from the first word to publication; its statuses, its steps, who may see it."""

import uuid

import pghistory
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accreditation.models import Organisation
from forums.history import history_of
from forums.models import Procedure, Step
from forums.models.call import Level
from submissions.models.chosen import CHOSEN, read_chosen, write_chosen
from submissions.models.closed_to import in_conflict, out_of_scope
from submissions.places import place


class SubmissionQuerySet(models.QuerySet):
    def of(self, user):
        """Inputs of the organisations for which this person acts today."""
        return self.filter(organisation__in=Organisation.objects.represented_by(user))

    def visible_to(self, user):
        """One's own; the desk sees what was sent, but nothing with which it has a conflict of interest or outside its scope.

        What its author took back is seen only by those who oversee the reviews.
        """
        if not user.is_authenticated:
            return self.none()
        if not (user.has_perm("submissions.view_submission") or user.has_perm("submissions.review_submission")):
            return self.of(user)
        return self.sent_for(user).exclude(in_conflict(user)).exclude(out_of_scope(user))

    def sent_for(self, user):
        """What was sent, before anything is closed to this person of the desk."""
        oversees = user.has_perm("submissions.view_review")
        hidden = [Submission.Status.DRAFT] if oversees else [Submission.Status.DRAFT, Submission.Status.WITHDRAWN]
        return self.exclude(status__in=hidden)

    def counted_for(self, user):
        """What figures of the desk count for this person: what they may see.

        Who may ask for call letters and reads no inputs is told numbers of all that was sent, with the same exceptions.
        """
        if user.has_perm("submissions.view_submission") or not user.has_perm("submissions.add_callletter"):
            return self.visible_to(user)
        gone = [Submission.Status.DRAFT, Submission.Status.WITHDRAWN]
        return self.exclude(status__in=gone).exclude(in_conflict(user)).exclude(out_of_scope(user))

    def closed_to(self, user):
        """Inputs with which this person of the desk has a conflict of interest, or that lie outside their scope."""
        return self.filter(in_conflict(user) | out_of_scope(user))

    def in_conflict_with(self, user):
        """Inputs with which this person has a conflict of interest, computed or declared."""
        return self.filter(in_conflict(user))

    def awaiting_review(self):
        return self.filter(status=Submission.Status.SUBMITTED)


@pghistory.track(
    **history_of("Submission"),
    exclude=["title", "summary", "text", "edition", "saved_at", "form_key", "answers", "form_version"],
)
class Submission(Procedure):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Sent")
        UNDER_REVIEW = "under_review", _("Under review")
        CLARIFICATION_ASKED = "clarification_asked", _("Clarification asked")
        ACCEPTED = "accepted", _("Accepted")
        PUBLISHED = "published", _("Published")
        NOT_ADMISSIBLE = "not_admissible", _("Not admissible")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.SUBMITTED, Status.UNDER_REVIEW, Status.WITHDRAWN},  # to itself: an amended version
        Status.UNDER_REVIEW: {
            Status.SUBMITTED,
            Status.CLARIFICATION_ASKED,
            Status.ACCEPTED,
            Status.NOT_ADMISSIBLE,
            Status.WITHDRAWN,
        },
        Status.CLARIFICATION_ASKED: {Status.SUBMITTED, Status.WITHDRAWN, Status.NOT_ADMISSIBLE},
        Status.ACCEPTED: {Status.PUBLISHED, Status.UNDER_REVIEW, Status.WITHDRAWN},
        Status.PUBLISHED: {Status.ACCEPTED, Status.WITHDRAWN},
        Status.NOT_ADMISSIBLE: {Status.UNDER_REVIEW},
        Status.WITHDRAWN: {Status.SUBMITTED},
    }

    class PublishAs(models.TextChoices):
        NAMED = "named", _("Published under the name of the organisation")
        STATISTICS = "statistics", _("Counted in statistics only, never shown")
        DESK = "desk", _("Not public: read by the Network only")

    WRITABLE = (Status.DRAFT, Status.CLARIFICATION_ASKED)
    GIVEN_OUT = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED)  # somebody has still to decide

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=30, unique=True, null=True, blank=True, editable=False
    )  # given at sending
    call = models.ForeignKey("forums.Call", models.PROTECT, related_name="submissions", verbose_name=_("call"))
    organisation = models.ForeignKey(
        "accreditation.Organisation", models.PROTECT, related_name="submissions", verbose_name=_("organisation")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    countries = models.ManyToManyField("forums.Country", blank=True, related_name="+")
    regions = models.ManyToManyField("forums.Region", blank=True, related_name="+")
    objectives = models.ManyToManyField("forums.Objective", blank=True, related_name="+")
    principles = models.ManyToManyField("forums.GuidingPrinciple", blank=True, related_name="+")
    contact_email = models.EmailField(_("whom the Network may ask"), blank=True)
    form_version = models.ForeignKey(
        "submissions.FormVersion",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="submissions",
        verbose_name=_("form"),
    )  # the questions that it answers; null: the call asks none
    answers = models.JSONField(default=dict, blank=True, editable=False)  # key of a question -> text, keys or rows
    publish_as = models.CharField(_("what the public may see"), max_length=10, choices=PublishAs, default=PublishAs.NAMED)
    edition = models.PositiveIntegerField(default=1)  # raised by every saving; a form that carries an older one conflicts
    saved_at = models.DateTimeField(_("last saved"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    form_key = models.UUIDField(null=True, blank=True, unique=True)  # one form sent twice begins one draft
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="amendments", verbose_name=_("amends")
    )  # a draft of a change to what was sent; gone once it was sent
    received_at = models.DateTimeField(_("received"), null=True, blank=True)  # PostgreSQL's clock, first sending
    received_late = models.BooleanField(_("received after the deadline"), default=False)
    recorded_by_desk = models.BooleanField(_("recorded by the desk on behalf of its author"), default=False)
    source_url = models.URLField(_("where the original stands"), max_length=500, blank=True)
    source_title = models.CharField(max_length=300, blank=True)
    source_seen = models.CharField(_("date given by the source"), max_length=10, blank=True)
    title_is_described = models.BooleanField(_("the title describes the input, it is not its own"), default=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(reference__isnull=False) & Q(received_at__isnull=False)),
                name="what_was_sent_has_a_reference_and_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="draft") | Q(reference__isnull=True), name="a_draft_has_no_reference"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(amends__isnull=True), name="only_a_draft_amends_what_was_sent"
            ),
            models.UniqueConstraint(fields=["amends"], name="one_amendment_at_a_time"),
        ]
        indexes = [
            models.Index(fields=["status", "received_at"], name="submissions_queue"),
            models.Index(fields=["-received_at", "-id"], name="submissions_by_receipt"),
            models.Index(fields=["organisation", "status"], name="submissions_of_organisation"),
        ]
        permissions = [
            ("review_submission", "Reviews inputs"),
            ("publish_submission", "Publishes inputs"),
            ("record_input", "Records inputs received otherwise"),
        ]
        verbose_name = _("input")
        verbose_name_plural = _("inputs")

    def __str__(self):
        return self.reference or self.title or str(_("Untitled draft"))

    def get_absolute_url(self):
        return place("submissions:my_input", self.pk)

    @property
    def is_writable(self) -> bool:
        return self.status in self.WRITABLE

    @cached_property
    def proposes(self):
        """The correction or addition that this draft holds, or None."""
        return getattr(self, "proposal", None) if self.amends_id else None

    def standing_version(self):
        """The version whose words this input has: the newest that was sent, or a correction that was approved."""
        return self.versions.standing().order_by("-number").first()

    retitled = None  # the title as it is shown, where it is redacted: submissions/shown_titles.py
    just_chosen = None  # keys as they were posted, for whoever answers the saving that returned this object
    # What was read with the row by submissions/beside_the_row.py; None where it was not.
    chosen_read = None  # the keys of its lists
    opens_read = None  # the status, and the parts that the newest question of the desk opens
    forms_read = None  # level -> the key of the form that its call asks on that level; "" stands for every other
    notes_read = None  # how many notes of its writers are open
    files_read = None  # how many files it keeps
    changes_read = uploads_read = co_sponsors_read = None  # False: there are none, so nobody need ask for them

    def chosen(self) -> dict:
        """The keys of its lists: as they were read with the row or prefetched, else in one statement."""
        if self.chosen_read is not None:
            return dict(self.chosen_read)
        if set(CHOSEN) <= set(getattr(self, "_prefetched_objects_cache", ())):
            return {name: [one.pk for one in getattr(self, name).all()] for name in CHOSEN}
        return read_chosen(self.pk, using=self._state.db or DEFAULT_DB_ALIAS)

    def choose(self, **lists):
        """Let these lists hold these keys and no others, in one statement. The caller holds the row."""
        if lists:
            write_chosen(self.pk, lists, using=self._state.db or DEFAULT_DB_ALIAS)
            self.chosen_read = None


class Ground(models.TextChoices):
    """Why an input is not admissible, in the reader's language; the words beside it are the desk's own."""

    OUTSIDE_SCOPE = "outside_scope", _("It is outside the scope of the Global Compact")
    NO_STANDING = "no_standing", _("The call asks for a standing that its organisation does not have")
    PERSONAL_DATA = "personal_data", _("It holds personal data of third persons")
    DEFAMATORY = "defamatory", _("It holds statements that defame somebody")
    DUPLICATE = "duplicate", _("The same input was sent already")
    UNREADABLE = "unreadable", _("It cannot be read")
    EMPTY = "empty", _("It says nothing")
    OTHER = "other", _("Another reason")


class SubmissionStep(Step):
    ground = models.CharField(_("ground"), max_length=20, choices=Ground, blank=True)  # of what is not admissible
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        indexes = [
            models.Index(fields=["at"], condition=Q(announced_at__isnull=True), name="submission_steps_pending"),
            models.Index(fields=["submission", "-at", "-id"], name="submission_steps_newest_first"),
        ]
        verbose_name = _("step of an input")
        verbose_name_plural = _("steps of inputs")
