"""The body of a DOCX, to which thousands of paragraphs are added at the price of one each.

python-docx looks for its last section through all paragraphs, and for a style through all styles, each time; a long document
took most of its time so. Here the end is known and a style is looked up once.
"""

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph


class Body:
    """Takes paragraphs as python-docx's own document does, and hands on what it does otherwise."""

    def __init__(self, document):
        self.document, self.end = document, document.element.body.sectPr
        self.styles = {}

    def add_paragraph(self, text="", style=None):
        element = OxmlElement("w:p")
        self.end.addprevious(element)
        if style is not None:
            element.style = self._style(style)
        paragraph = Paragraph(element, self.document._body)
        if text:
            paragraph.add_run(text)
        return paragraph

    def add_heading(self, text="", level=1):
        return self.add_paragraph(text, f"Heading {level}" if level else "Title")

    def add_table(self, *args, **kwargs):
        return self.document.add_table(*args, **kwargs)

    def _style(self, name):
        if name not in self.styles:
            self.styles[name] = self.document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
        return self.styles[name]
