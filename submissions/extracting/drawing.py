"""The first pages of a document as small pictures, for the desk. Runs in the child process only."""

import base64
import io

from PIL import Image

MOST_PAGES, WIDE, HIGH = 3, 900, 1400


def of_pdf(file) -> list:
    """Drawn by PDFium; nothing where it is not installed."""
    try:
        import pypdfium2
    except ImportError:
        return []
    pages = []
    document = pypdfium2.PdfDocument(file, autoclose=True)
    for place in range(min(len(document), MOST_PAGES)):
        page = document[place]
        width, height = page.get_size()
        scale = min(WIDE / max(width, 1), HIGH / max(height, 1), 3)
        pages.append(as_jpeg(page.render(scale=scale, may_draw_forms=False).to_pil()))
        page.close()
    return pages


def as_jpeg(picture) -> str:
    """At most so many dots wide and high, on white, in base 64."""
    picture.thumbnail((WIDE, HIGH))
    if picture.mode not in ("L", "RGB"):
        ground = Image.new("RGB", picture.size, "white")
        drawn = picture.convert("RGBA")
        ground.paste(drawn, mask=drawn.getchannel("A"))
        picture = ground
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72, optimize=True)
    return base64.b64encode(out.getvalue()).decode()
