"""Extract: what a child process took out of a file: its text page by page, and what it carries beside its text."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Hazard(models.TextChoices):
    """What a document may do or hide beyond being read; what follows stands in docs/decisions (0025)."""

    ENCRYPTED = "encrypted", _("needs a password to be opened")
    LAUNCH = "launch", _("starts a program")
    SCRIPT = "script", _("carries a script")
    EMBEDDED = "embedded", _("carries other files")
    OPENING = "opening", _("does something when it is opened")
    SENDING = "sending", _("sends or fetches by itself")
    XFA = "xfa", _("carries an XFA form")
    MEDIA = "media", _("plays sound, film or 3D")
    LOCKED = "locked", _("forbids copying or printing")
    FORM = "form", _("has fields to fill in")
    SIGNED = "signed", _("is digitally signed")
    OUTSIDE = "outside", _("fetches something from elsewhere")
    UNREADABLE = "unreadable", _("could not be read")


class Hidden(models.TextChoices):
    """Details that a reader of the document does not see, and others may find."""

    AUTHOR = "author", _("Written by")
    LAST_BY = "last_by", _("Last changed by")
    COMPANY = "company", _("Organisation")
    SOFTWARE = "software", _("Made with")
    TITLE = "title", _("Title inside the file")
    PLACE = "place", _("Place of a photograph")
    COMMENTS = "comments", _("Comments")
    CHANGES = "changes", _("Tracked changes")
    REVISIONS = "revisions", _("Earlier states kept inside")


class Extract(models.Model):
    """Never public by itself: text of a published input is told by publication.py, the rest to its authors and the desk."""

    attachment = models.OneToOneField("submissions.Attachment", models.CASCADE, related_name="extract")
    sha256 = models.CharField(max_length=64)  # of the bytes from which it was taken
    read_at = models.DateTimeField(_("read"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    language = models.CharField(_("language, as its words suggest"), max_length=10, blank=True)
    has_text = models.BooleanField(_("has text that can be read aloud"), default=False)
    is_tagged = models.BooleanField(_("tagged for screen readers"), null=True, blank=True)  # only PDF can be
    is_whole = models.BooleanField(_("all of the text was taken out"), default=True)
    hidden = models.JSONField(_("hidden details"), default=dict, blank=True)  # Hidden -> what was found
    previewed_at = models.DateTimeField(null=True, blank=True)  # its first pages were drawn for the desk, or could not be
    hazards = ArrayField(models.CharField(max_length=12, choices=Hazard), default=list, blank=True)

    class Meta:
        verbose_name = _("reading of a file")
        verbose_name_plural = _("readings of files")

    def __str__(self):
        return str(self.attachment_id)


class ExtractPage(models.Model):
    extract = models.ForeignKey(Extract, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["extract", "number"], name="one_text_a_page")]

    def __str__(self):
        return f"{self.extract_id}/{self.number}"
