"""Files as honest people send them, in many scripts and by many programs: (name, bytes)."""

import io

import docx
from PIL import Image

from tests.submissions import documents as made

MORE = {
    "hi": "प्रवासियों के अधिकार महत्वपूर्ण हैं।",
    "th": "สิทธิของผู้ย้ายถิ่นมีความสำคัญ",
    "he": "זכויות המהגרים חשובות לערים.",
    "am": "የስደተኞች መብት አስፈላጊ ነው።",
    "bn": "অভিবাসীদের অধিকার গুরুত্বপূর্ণ।",
    "ka": "მიგრანტების უფლებები მნიშვნელოვანია.",
    "pt": "Os direitos dos migrantes importam às cidades.",
    "tr": "Göçmenlerin hakları şehirler için önemlidir.",
}
TEXTS = {**made.SENTENCES, **MORE}


def in_every_script():
    for code, text in TEXTS.items():
        yield f"{text[:12]}.docx", made.word(text, author="A. B.")
        yield f"{code}.pdf", made.printed(text, language=code)
        yield f"{code}.xlsx", made.sheet(text)
        yield f"{code}.odt", made.opened_document(body=f"<text:p>{text}</text:p>")
        yield f"{code}.txt", text.encode()
        yield f"{code}.csv", f"{code};{text}\n".encode("utf-8-sig")
    for code in ("en", "ar", "zh-hans", "ru"):
        yield f"{code}.pptx", made.slides(TEXTS[code], TEXTS[code])
        yield (
            f"{code}.rtf",
            "".join(["{\\rtf1\\ansi ", *(f"\\u{ord(s)}?" if ord(s) < 32768 else "?" for s in TEXTS[code]), "}"]).encode(),
        )


def odd_pdf():
    name, text, array, num = made.NameObject, made.TextStringObject, made.ArrayObject, made.NumberObject
    for variant in ("pdf/a-1b", "pdf/a-2b", "pdf/a-3b", "pdf/ua-1"):
        yield f"{variant.replace('/', '-')}.pdf", made.printed(TEXTS["fr"], language="fr", pdf_variant=variant)
    yield "long.pdf", made.printed(TEXTS["en"], pages=60)
    link = made.named(S=name("/URI"), URI=text("https://www.un.org/"))
    yield "link.pdf", made.on_page(made.area("/Link", A=link))
    yield "open.pdf", made.rooted(OpenAction=array([num(0), name("/Fit")]))
    yield "goto.pdf", made.rooted(OpenAction=made.named(S=name("/GoTo"), D=array([num(0), name("/Fit")])))
    field = made.area("/Widget", FT=name("/Tx"), T=text("name"))
    yield "form.pdf", made.rooted(AcroForm=made.named(Fields=array([field])))
    yield "comment.pdf", made.on_page(made.area("/Text", Contents=text("?")))
    yield "locked.pdf", made.armed(lambda _w, _p: None, password="")
    whole = made.printed(TEXTS["es"], language="es")
    yield "spaced.pdf", b"\r\n" + whole
    yield "tail.pdf", whole + b"\n\n\0\0\0"
    yield "old.pdf", b"%PDF-1.3" + whole[8:]


def pictures():
    for mode in ("L", "RGB", "CMYK"):
        yield f"{mode}.jpg", made.saved(Image.new(mode, (80, 60)), format="JPEG", quality=60)
    yield "progressive.jpeg", made.saved(Image.new("RGB", (300, 200), "teal"), format="JPEG", progressive=True)
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield f"{mode.replace(';', '')}.png", made.saved(Image.new(mode, (80, 60)), format="PNG")
    yield "phone.jpg", made.picture(size=(1600, 1200), place=True, author="A", turned=True)
    yield "scan.png", made.saved(Image.new("1", (2480, 3508)), format="PNG")


def rich_documents():
    document = docx.Document()
    document.add_heading("Figures", 1)
    document.add_table(rows=3, cols=3)
    document.add_picture(io.BytesIO(made.picture(place=True)))
    yield "picture.docx", made.saved(document)
    yield "chart.docx", made.with_parts(made.word(), add={"word/embeddings/sheet1.xlsx": made.sheet()})
    yield "tracked.docx", made.word(tracked=True, comment=True)
    yield "comment.xlsx", made.sheet(comment=True)
    xmlns = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="h" Type="{kind}" Target="https://www.un.org/" TargetMode="External"/>'
    yield (
        "link.docx",
        made.with_parts(
            made.word(), add={"word/_rels/footer1.xml.rels": f'<Relationships xmlns="{xmlns}">{link}</Relationships>'}
        ),
    )
    yield "link.odt", made.opened_document(body="<text:p><text:a xlink:href='https://www.un.org/'>UN</text:a></text:p>")


def honest():
    for part in (in_every_script, odd_pdf, pictures, rich_documents):
        yield from part()
