"""SearchedNames: under which names of its organisations the search finds a public input, kept beside its vector."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchedNames(models.Model):
    """Written with the vector; PostgreSQL makes it due when a name changes or another record stands under the input.

    Triggers do that (migration 0008), since names are written by many: forms, the desk, mergers, what is loaded.
    """

    submission = models.OneToOneField(
        "submissions.Submission", models.CASCADE, primary_key=True, related_name="searched_names"
    )
    names = models.JSONField(null=True)  # pairs of language and name; null: not indexed since there are such rows
    due = models.BooleanField(default=True)  # to be compared: also once it was written, as names may change meanwhile

    class Meta:
        indexes = [models.Index(fields=["submission"], condition=models.Q(due=True), name="names_to_compare")]
        verbose_name = _("names by which an input is found")
        verbose_name_plural = _("names by which inputs are found")

    def __str__(self):
        return str(self.submission_id)
