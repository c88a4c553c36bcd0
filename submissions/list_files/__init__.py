"""A list of published inputs as a file to take away: exactly the inputs of its page, in the order of the page.

reading.py     which inputs, in which order, read a few hundred at a time
writing.py     the forms: CSV, XLSX, RIS, BibTeX
naming.py      what the file is called, and the links to it
"""

from submissions.list_files.naming import file_name, ways_to_take
from submissions.list_files.reading import TooMany, found
from submissions.list_files.writing import FORMS

__all__ = ["FORMS", "TooMany", "file_name", "found", "ways_to_take"]
