"""Figures about what is public: counted in one statement a page, kept while nothing changes, drawn on the server.

few.py          the few numbers of the front page
counting.py     everything on a page of figures, in one statement
charts.py       the same in words: figures with their lines, in the order in which a reader reads them
coverage.py     objective by region, by level, by kind of organisation: shown inputs only
drawing.py      where bars, weeks and cells lie on a sheet of any width, from either side
files.py        each figure as a table that leaves, with its codes
"""

from submissions.figures.few import Figures, codes_of, figures

__all__ = ["Figures", "codes_of", "figures"]
