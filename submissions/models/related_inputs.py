"""RelatedInputs: which public inputs are nearest to a public one, found by a sweep before anybody asks for its page."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

# With the narrow row that searches read (findable.py): there is one only while its input is not taken down, and it is due
# whenever something changes that searches read.
KEPT_WITH_FINDABLE = """
IF TG_OP = 'DELETE' THEN
    DELETE FROM submissions_relatedinputs WHERE published_id = OLD.published_id;
ELSE
    INSERT INTO submissions_relatedinputs (published_id) VALUES (NEW.published_id)
    ON CONFLICT (published_id) DO UPDATE SET made_at = NULL;
END IF;
RETURN NULL;
"""
WITH_FINDABLE = pgtrigger.Trigger(
    name="related_are_due",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=KEPT_WITH_FINDABLE,
)


class RelatedInputs(models.Model):
    """Only keys: whoever shows them asks which are visible at that moment (submissions/related.py)."""

    published = models.OneToOneField(
        "submissions.PublishedInput", models.CASCADE, primary_key=True, related_name="related_inputs"
    )
    others = ArrayField(models.BigIntegerField(), null=True)  # the nearest first; null: never looked for
    made_at = models.DateTimeField(null=True)  # null: to be looked for before all others

    class Meta:
        indexes = [
            models.Index(fields=["published"], condition=models.Q(made_at=None), name="related_to_look_for"),
            models.Index(fields=["made_at", "published"], name="related_longest_ago"),
        ]

    def __str__(self):
        return str(self.published_id)
