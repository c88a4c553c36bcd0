"""What is taken out of what people type."""

import sys
import unicodedata

from forums.typed import without_control


def test_control_characters_are_those_of_unicode():
    """The quick way takes out what Unicode calls control characters and lone surrogates, and nothing else."""
    every = [chr(point) for point in range(sys.maxunicode + 1)]
    gone = {sign for sign in every if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r"}
    assert without_control("".join(every)) == "".join(sign for sign in every if sign not in gone)
