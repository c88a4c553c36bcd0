"""Passage: a short piece of the text of a public file, kept for the search alone; and the words that public texts have."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Passage(models.Model):
    """There is one only while the input is public and everybody may read the file (operations/showing_files.py).

    It goes with the reading it was taken from, so other bytes never keep an old text.
    """

    submission = models.ForeignKey("submissions.Submission", models.CASCADE, related_name="passages")
    extract = models.ForeignKey("submissions.Extract", models.CASCADE, related_name="passages")
    page = models.PositiveIntegerField(_("page"))
    place = models.PositiveIntegerField()  # its order within the file
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField()
    vector = SearchVectorField()

    class Meta:
        ordering = ["submission", "extract", "place"]
        constraints = [models.UniqueConstraint(fields=["extract", "place"], name="one_passage_a_place")]
        indexes = [GinIndex(fields=["vector"], name="passages_by_words")]
        verbose_name = _("passage of a file")
        verbose_name_plural = _("passages of files")

    def __str__(self):
        return f"{self.extract_id}/{self.place}"


class KnownWord(models.Model):
    """A word that stood in a public text once: offered for a mistyped one only while a public text has it still."""

    word = models.CharField(max_length=30, primary_key=True)  # folded, as submissions/search/spelling.py does
    language = models.CharField(max_length=10)

    class Meta:
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="known_words_by_trigram")]
        verbose_name = _("word of public texts")
        verbose_name_plural = _("words of public texts")

    def __str__(self):
        return self.word
