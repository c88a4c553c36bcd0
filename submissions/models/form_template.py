"""FormTemplate: what is asked for one kind of input; its versions, their sections and questions; which call takes which.

A version that was published is never changed: a trigger of the database refuses it (migration 0005), and so do the rooms of
the desk. What was answered under it can therefore always be read as it was asked.
"""

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models import Call
from forums.models.call import Level

KEY = RegexValidator(
    r"^[a-z][a-z0-9_]{0,39}$", _("Small letters of the Latin alphabet, digits and _ only, beginning with a letter.")
)


class FormTemplate(models.Model):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind of input"), max_length=20, choices=Call.Kind, blank=True)
    name = models.CharField(_("name"), max_length=200)
    forum = models.ForeignKey(
        "forums.Forum", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("made for the forum")
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("form template")
        verbose_name_plural = _("form templates")

    def __str__(self):
        return self.name or self.code

    def published(self):
        """Its newest published version, or None."""
        return self.versions.filter(published_at__isnull=False).order_by("-number").first()


class FormVersion(models.Model):
    class Text(models.TextChoices):
        """Whether a form asks for the free text beside its questions."""

        REQUIRED = "required", _("Required")
        EITHER = "either", _("Required, unless a question is answered in writing")
        OPTIONAL = "optional", _("Optional")
        NONE = "none", _("Not asked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="versions", verbose_name=_("template"))
    number = models.PositiveSmallIntegerField(_("version"))
    text_asked = models.CharField(_("free text"), max_length=10, choices=Text, default=Text.OPTIONAL)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("copied from")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="versions_of_a_form_are_numbered_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(published_at__isnull=True), name="one_version_of_a_form_is_being_written"
            ),
        ]
        permissions = [("publish_formversion", "Publishes versions of form templates")]
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")

    def __str__(self):
        return _("%(form)s, version %(number)d") % {"form": self.template, "number": self.number}

    @property
    def is_kept(self) -> bool:
        """Published once and never changed since; what was not published may still be."""
        return self.published_at is not None

    @cached_property
    def parts(self) -> list:
        """Its sections in order, each with its `asked`: its questions in order. Two statements."""
        sections = list(self.sections.all())
        by_section = {section.pk: [] for section in sections}
        for question in self.questions.all():
            by_section[question.section_id].append(question)
        for section in sections:
            section.asked = by_section[section.pk]
            for question in section.asked:
                question.section = section  # nobody asks the database again
        return sections

    @cached_property
    def asked(self) -> list:
        """All its questions in the order of the page."""
        return [question for section in self.parts for question in section.asked]

    @cached_property
    def by_key(self) -> dict:
        return {question.key: question for question in self.asked}


class Section(models.Model):
    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="sections", verbose_name=_("version"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=200)
    guidance = models.TextField(_("guidance"), blank=True)

    class Meta:
        ordering = ["version", "order", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.title or str(self.order)


class Question(models.Model):
    class Kind(models.TextChoices):
        SHORT = "short", _("Short text")
        LONG = "long", _("Long text with light formatting")
        CHOICE = "choice", _("One choice of several")
        SEVERAL = "several", _("Several choices")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        YES_NO = "yes_no", _("Yes or no")
        TABLE = "table", _("Table of measures taken")

    class SeenBy(models.TextChoices):
        PUBLIC = "public", _("Everybody, once the input is published")
        DESK = "desk", _("Only the Network's desk")

    version = models.ForeignKey(FormVersion, models.CASCADE, related_name="questions", verbose_name=_("version"))
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions", verbose_name=_("section"))
    order = models.PositiveSmallIntegerField(_("order in its section"), default=0)
    key = models.CharField(
        _("key"),
        max_length=40,
        validators=[KEY],
        help_text=_(
            "By it an answer is kept when the form changes. The same question keeps its key from version to version."
        ),
    )
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    label = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("help"), blank=True)
    example = models.TextField(_("example of an answer"), blank=True)
    why = models.TextField(_("why it is asked"), blank=True)
    seen_by = models.CharField(_("who will see the answer"), max_length=10, choices=SeenBy, default=SeenBy.PUBLIC)
    required = models.BooleanField(_("required for sending"), default=False)
    word_limit = models.PositiveIntegerField(_("words at most"), null=True, blank=True)
    options = models.TextField(
        _("choices, or columns of the table"),
        blank=True,
        help_text=_("One a line: a key, an equals sign, the words. Example: partly = In part"),
    )
    shown_if = models.CharField(
        _("shown only if this earlier question"),
        max_length=40,
        blank=True,
        help_text=_("Its key. Empty: always shown."),
    )
    shown_if_answers = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("has one of these answers"),
        help_text=_("Keys of choices, separated by commas; yes or no for a question of that kind."),
    )

    class Meta:
        ordering = ["version", "section__order", "section", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="keys_of_a_form_are_unique")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.label or self.key

    @property
    def field(self) -> str:
        """Its name in a form of the page."""
        return f"q_{self.key}"

    @property
    def section_title(self) -> str:
        return self.section.title

    @property
    def is_public(self) -> bool:
        return self.seen_by == self.SeenBy.PUBLIC

    @property
    def is_written(self) -> bool:
        """Whether its answer is prose that its author wrote."""
        return self.kind in (self.Kind.SHORT, self.Kind.LONG)

    @property
    def words_of(self) -> dict:
        """Key to words, in the reader's language: its choices, or the columns of its table."""
        if self.kind == self.Kind.YES_NO:
            return {"yes": _("Yes"), "no": _("No")}
        return pairs_of(self.options_en or self.options) | pairs_of(self.options)


class CallForm(models.Model):
    """Which form a call asks to be filled in: one for every level, or one for a level of its own."""

    call = models.ForeignKey("forums.Call", models.CASCADE, related_name="forms", verbose_name=_("call"))
    level = models.CharField(
        _("level"), max_length=10, choices=Level, blank=True, help_text=_("Empty: every level that has no form of its own.")
    )
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="calls", verbose_name=_("template"))

    class Meta:
        ordering = ["call", "level"]
        constraints = [models.UniqueConstraint(fields=["call", "level"], name="one_form_for_a_call_and_level")]
        verbose_name = _("form of a call")
        verbose_name_plural = _("forms of calls")

    def __str__(self):
        return f"{self.call} · {self.get_level_display() or _('every level')}"


def pairs_of(lines: str) -> dict:
    """Choices or columns as they are typed, one a line: `key = words`. A line without an equals sign has no key."""
    split = (line.partition("=") for line in (lines or "").splitlines() if line.strip())
    return {key.strip(): words.strip() for key, sign, words in split if sign and key.strip()}
