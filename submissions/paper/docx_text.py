"""An author's text, given as the safe HTML of its page, as paragraphs of a DOCX; what is not known is written as words."""

from lxml import html as lxml_html

from submissions.describing import NOT_XML

HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
DEEPEST = 3  # Word's own styles of lists have three steps
STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


def add_prose(document, text, marks):
    """Write safe HTML of an author in the language and direction of these Marks."""
    add_text(document, lxml_html.fragment_fromstring(str(text), create_parent="div"), marks.mark)


def add_text(document, parent, mark):
    """Write the children of an element; `mark` is called with every paragraph."""
    for child in parent:
        _block(document, child, mark)


def _block(document, element, mark):
    tag = element.tag
    if tag in HEADINGS:
        _runs(document.add_heading(level=min(HEADINGS[tag], 9)), element, mark)
    elif tag in LISTS:
        _list(document, element, mark, 1)
    elif tag == "blockquote":
        for part in element:
            _runs(document.add_paragraph(style="Quote"), part, mark)
    elif tag == "table":
        _table(document, element, mark)
    elif tag == "hr":
        mark(document.add_paragraph("* * *"))
    else:
        _runs(document.add_paragraph(), element, mark)


def _list(document, element, mark, depth):
    style = LISTS[element.tag] + (f" {depth}" if 1 < depth <= DEEPEST else "")
    for item in element:
        paragraph = document.add_paragraph(style=style)
        _runs(paragraph, item, mark, leave=("ul", "ol"))
        for inner in item:
            if inner.tag in LISTS:
                _list(document, inner, mark, min(depth + 1, DEEPEST))


def _table(document, element, mark):
    rows = list(element.iter("tr"))
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in rows:
        for cell, source in zip(table.add_row().cells, row, strict=False):
            _runs(cell.paragraphs[0], source, mark)


def _runs(paragraph, element, mark, leave=()):
    _walk(paragraph, element, {}, leave)
    _cut_end(paragraph)
    mark(paragraph)


def _cut_end(paragraph):
    """Line ends of the source are no words: a paragraph ends with its last letter."""
    for run in reversed(paragraph.runs):
        run.text = run.text.rstrip(" ")
        if run.text:
            return
        run._r.getparent().remove(run._r)


def _walk(paragraph, element, style, leave):
    _run(paragraph, element.text, style)
    for child in element:
        if child.tag not in leave:
            own = {**style, STYLES[child.tag]: True} if child.tag in STYLES else style
            if child.tag == "br":
                paragraph.add_run().add_break()
            _walk(paragraph, child, own, leave)
            if child.tag == "a" and child.get("href") and child.get("href") != (child.text or ""):
                _run(paragraph, f" <{child.get('href')}>", style)
        _run(paragraph, child.tail, style)


def _run(paragraph, text, style):
    text = NOT_XML.sub(" ", text or "").replace("\n", " ")
    if text.strip() or (text and paragraph.runs):
        run = paragraph.add_run(text)
        run.bold, run.italic = style.get("bold"), style.get("italic")
        run.font.strike = style.get("strike")
