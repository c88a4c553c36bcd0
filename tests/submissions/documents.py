"""Documents for tests, made by the programs that people make them with, or by hand where a program would refuse."""

import io
import zipfile

import docx
import openpyxl
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from weasyprint import HTML

SENTENCES = {
    "en": "The rights of migrants and of their families are for the cities that receive them.",
    "fr": "Les droits des migrants et de leurs familles sont pour les villes qui les accueillent dans le pays.",
    "es": "Los derechos de las personas y de sus familias se respetan en el país que las recibe por la ley.",
    "ru": "Права мигрантов и их семей важны для городов, которые их принимают.",
    "ar": "حقوق المهاجرين وأسرهم مهمة للمدن التي تستقبلهم في كل بلد.",
    "zh-hans": "移民及其家庭的权利对接收他们的城市非常重要。",
}


def saved(thing, **options) -> bytes:
    store = io.BytesIO()
    getattr(thing, "save", None)(store, **options)
    return store.getvalue()


def word(text="A plain text.", *, author="", comment=False, tracked=False):
    document = docx.Document()
    paragraph = document.add_paragraph(text)
    document.core_properties.author = author
    if comment:
        document.add_comment(paragraph.runs, text="Is this so?", author="Colleague")
    raw = saved(document)
    if tracked:
        who = 'w:id="1" w:author="Colleague" w:date="2026-01-01T00:00:00Z"'
        mark = f"<w:p><w:ins {who}><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>"
        raw = with_parts(
            raw, change={"word/document.xml": lambda xml: xml.replace(b"</w:body>", mark.encode() + b"</w:body>", 1)}
        )
    return raw


def sheet(text="A plain cell", *, author="", comment=False):
    book = openpyxl.Workbook()
    book.active["A1"] = text
    book.properties.creator = author or None
    if comment:
        book.active["A1"].comment = Comment("Is this so?", "Colleague")
    return saved(book)


def printed(text="A plain page.", *, language="en", author="", pages=1, **options):
    body = "".join(f"<p style='page-break-after: always'>{text}</p>" for _ in range(pages))
    head = f"<head><title>T</title><meta name=author content='{author}'></head>"
    return HTML(string=f"<html lang='{language}'>{head}<body>{body}</body></html>").write_pdf(**options)


def picture(kind="JPEG", *, size=(64, 48), place=False, author="", turned=False):
    image = Image.new("RGB", size, (20, 90, 160))
    exif = image.getexif()
    if place:
        exif[0x8825] = {1: "N", 2: (46.0, 12.0, 0.0), 3: "E", 4: (6.0, 9.0, 0.0)}
    if author:
        exif[0x013B] = author
    if turned:
        exif[0x0112] = 6
    return saved(image, format=kind, exif=exif)


def opened_document(kind="text", *, body="<text:p>A plain text.</text:p>", meta="", **parts):
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{text}</office:document-content>"
    about = f"<office:document-meta {spaces}><office:meta>{meta}</office:meta></office:document-meta>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "meta.xml": about,
            "META-INF/manifest.xml": "<m/>",
            **parts,
        }
    )


def slides(*texts):
    body = {
        f"ppt/slides/slide{n}.xml": f"<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
        for n, text in enumerate(texts, start=1)
    }
    return zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>", **body})


def zipped(parts) -> bytes:
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return store.getvalue()


def with_parts(raw, *, change=None, **more):
    """A zipped document with some parts changed, and others added (`more` by a mapping `add`)."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, act in (change or {}).items():
        parts[name] = act(parts[name])
    return zipped({**parts, **more.get("add", {})})


# PDF that does more than be read ----------------------------------------------------------------------------------------


def named(**values):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def script(words="app.alert(1)"):
    return named(S=NameObject("/JavaScript"), JS=TextStringObject(words))


def launch():
    return named(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))


def area(kind, **values):
    return named(
        Type=NameObject("/Annot"),
        Subtype=NameObject(kind),
        Rect=ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
        **values,
    )


def armed(act, **options):
    """A PDF of one page to whose writer `act` did something."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    act(writer, page)
    store = io.BytesIO()
    if options.get("password") is not None:
        writer.encrypt(options["password"], owner_password="owner", algorithm="AES-256")
    writer.write(store)
    return store.getvalue()


def rooted(**values):
    return armed(lambda writer, _page: writer._root_object.update(named(**values)))


def on_page(*annotations):
    return armed(lambda writer, page: page.update(named(Annots=ArrayObject(list(annotations)))))


def attached(name="inner.exe", content=b"MZ"):
    return armed(lambda writer, _page: writer.add_attachment(name, content))


def xfa():
    stream = StreamObject()
    stream._data = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"
    return armed(
        lambda writer, _page: writer._root_object.update(
            named(AcroForm=named(Fields=ArrayObject(), XFA=writer._add_object(stream)))
        )
    )


NOTHING = NullObject()
