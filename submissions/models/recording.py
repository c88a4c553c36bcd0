"""Recording: an input that reached the Network by letter, by mail or by hand, as the desk types or imports it.

Staged first, so that it can be checked and changed; recorded by one press, which makes the input and names it here.
"""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from submissions.models.closed_to import bodies_in_conflict
from submissions.models.submission import Submission


def new_code() -> str:
    return secrets.token_urlsafe(24)


class RecordingQuerySet(models.QuerySet):
    def alone(self):
        """Those typed one by one, not lines of a file."""
        return self.filter(batch__isnull=True)

    def visible_to(self, user):
        """What was recorded, but nothing with which one has a conflict of interest; of what is only staged, one's own."""
        recorded = Q(state=Recording.State.RECORDED)
        return self.alone().filter(recorded | Q(by=user)).open_to(user)

    def open_to(self, user):
        """Without those of bodies with which this person has a conflict of interest, or of inputs closed to them."""
        closed = Submission.objects.closed_to(user).order_by().values("pk")
        of_body = Q(organisation__isnull=False, organisation__in=bodies_in_conflict(user))
        return self.exclude(of_body | Q(submission__isnull=False, submission__in=closed))


class Recording(models.Model):
    class How(models.TextChoices):
        LETTER = "letter", _("Letter")
        MAIL = "mail", _("E-mail")
        MEETING = "meeting", _("Handed over at a meeting")

    class State(models.TextChoices):
        STAGED = "staged", _("Not recorded yet")
        RECORDED = "recorded", _("Recorded")
        LEFT_OUT = "left_out", _("Left out")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # one form sent twice stages one
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STAGED, editable=False)
    batch = models.ForeignKey(
        "submissions.RecordingBatch", models.CASCADE, null=True, blank=True, related_name="lines", verbose_name=_("import")
    )
    line = models.PositiveIntegerField(_("line"), default=0)  # of the file
    row_key = models.CharField(_("key of the line"), max_length=100, blank=True)
    call = models.ForeignKey("forums.Call", models.PROTECT, related_name="+", verbose_name=_("call"))
    organisation = models.ForeignKey(
        "accreditation.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    new_organisation = models.JSONField(default=dict, blank=True)  # a record to be made: name, name_language, acronym, ...
    how = models.CharField(_("how it reached the Network"), max_length=10, choices=How)
    came_at = models.DateTimeField(_("when it reached the Network"))
    late_reason = models.CharField(_("why it is taken although it came late"), max_length=500, blank=True)
    about = models.JSONField(default=dict)  # title, summary, text, language, level, countries, regions, objectives ...
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("address of the contact"), blank=True)
    tells_people = models.BooleanField(_("letters go to those who speak for the organisation"), default=True)
    letter_to = models.EmailField(_("address for the letter of receipt"), blank=True)
    letter_language = models.CharField(_("language of that letter"), max_length=10, choices=settings.LANGUAGES, blank=True)
    faults = models.JSONField(default=list, blank=True)  # of a line: why it cannot be recorded
    doubts = models.JSONField(default=list, blank=True)  # of a line: what somebody should look at
    candidates = models.JSONField(default=list, blank=True)  # of a line: organisations it may be from, with score and why
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    submission = models.OneToOneField(
        "submissions.Submission", models.PROTECT, null=True, blank=True, related_name="recording", verbose_name=_("input")
    )
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)  # opens its page of public status

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="recorded", submission__isnull=False)
                | (~Q(state="recorded") & Q(submission__isnull=True)),
                name="what_is_recorded_names_its_input",
            ),
            models.UniqueConstraint(
                fields=["call", "row_key"], condition=Q(state="recorded") & ~Q(row_key=""), name="a_key_is_recorded_once"
            ),
            models.UniqueConstraint(
                fields=["batch", "line"], condition=Q(batch__isnull=False), name="a_line_is_staged_once"
            ),
        ]
        indexes = [models.Index(fields=["batch", "state", "line"], name="lines_of_an_import")]
        verbose_name = _("input received otherwise")
        verbose_name_plural = _("inputs received otherwise")

    retitled = None  # the title as it is shown, where it is redacted: submissions/shown_titles.py

    def __str__(self):
        return self.retitled or self.about.get("title", "")

    @property
    def is_late(self) -> bool:
        """Whether it reached the Network when the call had closed."""
        return bool(self.call.closes_at and self.came_at >= self.call.closes_at)


class RecordedFile(models.Model):
    """A file of a recording until it is recorded: the scanned letter, an annex. Nobody opens it before it was scanned."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="files")
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="attachments/")
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=120)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["recording", "sha256"], name="a_file_is_staged_once")]
        verbose_name = _("file of an input received otherwise")
        verbose_name_plural = _("files of inputs received otherwise")

    def __str__(self):
        return self.name


class RecordingBatch(models.Model):
    """A CSV file of inputs: read first, with a report by line; recorded by a second word, line by line."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        READING = "reading", _("Is being read")
        READ = "read", _("Read: nothing recorded yet")
        REFUSED = "refused", _("Refused")
        RECORDING = "recording", _("Is being recorded")
        RECORDED = "recorded", _("Recorded")
        SET_ASIDE = "set_aside", _("Set aside")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey("forums.Call", models.PROTECT, related_name="+", verbose_name=_("call"))
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(upload_to="imports/", blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    tells_people = models.BooleanField(_("letters go out"), default=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING, editable=False)
    done_rows = models.PositiveIntegerField(default=0, editable=False)
    all_rows = models.PositiveIntegerField(default=0, editable=False)
    refusal = models.TextField(_("why it was refused"), blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-at", "pk"]
        indexes = [
            models.Index(
                fields=["at"], condition=Q(state__in=["waiting", "reading", "recording"]), name="batches_to_work_on"
            )
        ]
        verbose_name = _("import of inputs")
        verbose_name_plural = _("imports of inputs")

    def __str__(self):
        return self.name
