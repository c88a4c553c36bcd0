"""A published input as reference managers read it: RIS, BibTeX, CSL-JSON. Each file is pure, made of a Described."""

from submissions.citing.bibtex import bibtex
from submissions.citing.csl import csl
from submissions.citing.ris import ris

__all__ = ["bibtex", "csl", "ris"]
