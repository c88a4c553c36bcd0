"""FacetBits: which published inputs are filed under a code, as bits, so that filters are counted without the rows."""

from django.db import models

WIDTH = 4096  # inputs in one piece; migration 0007 has the same


class Bits(models.Field):
    """As PostgreSQL has them: combined by & and |, counted by bit_count."""

    def db_type(self, connection):
        return f"bit({WIDTH})"


class FacetBits(models.Model):
    """Bit n of a piece stands for the public input whose key is `chunk` times the width and n; one taken down has none.

    The facet "" is that of all. Inputs whose day has not come are among them. Nobody writes here but the trigger of
    migration 0007, with every change of a published row and in its transaction.
    """

    facet = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    chunk = models.BigIntegerField()
    bits = Bits()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "code", "chunk"], name="a_code_has_each_piece_once")]

    def __str__(self):
        return f"{self.facet}:{self.code}:{self.chunk}"
