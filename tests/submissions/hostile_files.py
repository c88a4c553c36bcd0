"""Files as somebody sends them who means harm, by class; made here, so that no file of the project is a finding.

Each class gives (name, bytes, what may become of it): `refused` at the door, `infected`, `held` back from everybody,
`cleaned`, or `harmless`: taken in, since nothing in it can do anything where it is handed out.
"""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

from tests.processes import EICAR
from tests.submissions import documents as made

OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
BODY = b'<?xml version="1.0"?>%s<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def office(extension=".docx", **more):
    """A document with hardly anything in it, and the parts given."""
    parts = {"[Content_Types].xml": TYPES, OFFICE[extension]: BODY % (b"", b"x")}
    return made.zipped({**parts, **more})


def linked(kind, target, *, owner="word/_rels/document.xml.rels", extension=".docx"):
    place = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="r1" Type="{place}/{kind}" Target="{target}" TargetMode="External"/>'
    xmlns = "http://schemas.openxmlformats.org/package/2006/relationships"
    return office(extension, **{owner: f'<Relationships xmlns="{xmlns}">{link}</Relationships>'})


def viruses(_url):
    for name, raw in {
        "v.txt": EICAR.encode(),
        "v.csv": b"a,b\n" + EICAR.encode(),
        "v.rtf": rb"{\rtf1 " + EICAR.replace("\\", "/").encode() + b"}",
        "v.docx": office(**{"word/media/x.bin": EICAR}),
        "v.xlsx": office(".xlsx", **{"xl/media/x.bin": EICAR}),
        "v.odt": made.opened_document(**{"Pictures/x.bin": EICAR}),
        "v.pdf": b"%PDF-1.7\n" + EICAR.encode(),
    }.items():
        yield name, raw, {"harmless", "held"} if name == "v.rtf" else {"infected"}


def zip_bombs(_url):
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(310)) + zeros.flush()
    for extension in OFFICE:
        yield f"bomb{extension}", forged(office(extension), "bomb.xml", squeezed, 310 << 20), {"refused"}
        yield f"lying{extension}", forged(office(extension), "docProps/core.xml", squeezed, 2000), {"refused", "held"}
    odt = made.opened_document()
    yield "bomb.odt", forged(odt, "bomb.xml", squeezed, 310 << 20), {"refused"}
    yield (
        "lying.ods",
        forged(made.opened_document("spreadsheet"), "styles.xml", squeezed, 2000),
        {"refused", "held", "harmless"},
    )
    for extension, many in ((".docx", 65_536), (".xlsx", 5_001), (".pptx", 20_000)):
        yield f"many{extension}", office(extension, **{f"m/{n}": b"" for n in range(many)}), {"refused"}
    nested = office()
    for _ in range(12):
        nested = office(**{"word/embeddings/inner.docx": nested})
    yield "nested.docx", nested, {"harmless", "held"}
    yield "deep.docx", office(**{"/".join("d" * 2000) + "/x": b""}), {"refused", "held", "harmless"}
    yield "twice.docx", twice("word/document.xml", BODY % (b"", b"one"), BODY % (b"", b"two")), {"harmless", "held"}


def forged(raw, name, squeezed, size):
    """The zip with one member more, whose compressed bytes and size are what we say."""
    store = io.BytesIO(raw)
    with zipfile.ZipFile(store, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"x" * 100)
        entry = archive.getinfo(name)
        place = entry.header_offset
    raw = store.getvalue()
    start = place + 30 + len(name)
    end = start + entry.compress_size
    header = bytearray(raw[place:start])
    header[18:26] = struct.pack("<II", len(squeezed), size)
    central = raw.index(b"PK\x01\x02", end)
    rest = bytearray(raw[central:])
    mine = rest.rindex(name.encode()) - 46
    rest[mine + 20 : mine + 28] = struct.pack("<II", len(squeezed), size)
    finish = rest.rindex(b"PK\x05\x06")
    rest[finish + 16 : finish + 20] = struct.pack("<I", central + len(squeezed) - entry.compress_size)
    return raw[:place] + bytes(header) + squeezed + bytes(rest)


def twice(name, first, second):
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for content in (first, second):
            archive.writestr(zipfile.ZipInfo(name), content)
    return store.getvalue()


def ways_out(_url):
    for place in ("../../evil", "/etc/evil", "..\\..\\evil", "C:\\evil", "word/../../../evil"):
        for extension in (".docx", ".xlsx"):
            yield f"slip{extension}", office(extension, **{place: b"x"}), {"refused"}
        yield "slip.odt", made.opened_document(**{place: b"x"}), {"refused"}
    store = io.BytesIO(office())
    with zipfile.ZipFile(store, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield "link.docx", store.getvalue(), {"refused"}


def entities(url):
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}/xxe">]>'.encode()
    passwords = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parameter = f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{url}/dtd"> %p;]>'.encode()
    dtd = f'<!DOCTYPE x SYSTEM "{url}/x.dtd">'.encode()
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    laughs = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]>"
    may = {"held", "refused"}
    for kind, head, use in (
        ("outside", outside, b"&e;"),
        ("file", passwords, b"&e;"),
        ("parameter", parameter, b"x"),
        ("dtd", dtd, b"x"),
        ("laughs", laughs, b"&l11;"),
    ):
        yield f"{kind}.docx", office(**{"word/document.xml": BODY % (head, use)}), may
        yield f"{kind}-core.docx", office(**{"docProps/core.xml": head + b"<x><creator>" + use + b"</creator></x>"}), may
        yield (
            f"{kind}.xlsx",
            office(".xlsx", **{"xl/sharedStrings.xml": head + b"<sst><si><t>" + use + b"</t></si></sst>"}),
            may,
        )
        yield f"{kind}.odt", made.opened_document(**{"content.xml": head + b"<x><p>" + use + b"</p></x>"}), may
        yield (
            f"{kind}.ods",
            made.opened_document("spreadsheet", **{"meta.xml": head + b"<x><creator>" + use + b"</creator></x>"}),
            may,
        )
    yield "types.docx", office(**{"[Content_Types].xml": outside + b"<Types>&e;</Types>"}), {"held", "harmless"}


def remote(url):
    for kind in ("attachedTemplate", "image", "oleObject", "frame", "subDocument", "video"):
        yield f"{kind}.docx", linked(kind, f"{url}/{kind}"), {"held"}
        yield f"{kind}.xlsx", linked(kind, f"{url}/{kind}", extension=".xlsx", owner="xl/_rels/workbook.xml.rels"), {"held"}
    yield "settings.docx", linked("attachedTemplate", f"{url}/t.dotm", owner="word/_rels/settings.xml.rels"), {"held"}
    yield "share.docx", linked("attachedTemplate", "\\\\10.0.0.1\\share\\t.dotm"), {"held"}
    yield (
        "book.xlsx",
        linked("externalLinkPath", f"{url}/b.xlsx", extension=".xlsx", owner="xl/externalLinks/_rels/e1.xml.rels"),
        {"held"},
    )
    yield "image.odt", made.opened_document(body=f"<text:p><draw:image xlink:href='{url}/i'/></text:p>"), {"held"}
    yield "section.odt", made.opened_document(body=f"<text:section-source xlink:href='{url}/s'/>"), {"held"}
    yield "template.rtf", (r"{\rtf1{\*\template " + url + "/t.dotm}x}").encode(), {"held"}
    yield "picture.rtf", (r"{\rtf1{\field{\*\fldinst INCLUDEPICTURE " + url + r"/p \\d}}x}").encode(), {"held"}
    dde = b"</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r><w:r><w:t>"
    yield "dde.docx", office(**{"word/document.xml": BODY % (b"", dde)}), {"held"}
    include = dde.replace(b"DDEAUTO", f'INCLUDEPICTURE "{url}" '.encode())
    yield "include.docx", office(**{"word/document.xml": BODY % (b"", include)}), {"held"}


def armed_pdf(_url):
    name, text, array, num = made.NameObject, made.TextStringObject, made.ArrayObject, made.NumberObject
    scripts = {
        "open": made.rooted(OpenAction=made.script()),
        "names": made.rooted(Names=made.named(JavaScript=made.named(Names=array([text("a"), made.script()])))),
        "close": made.rooted(AA=made.named(WC=made.script())),
        "page": made.armed(lambda _w, page: page.update(made.named(AA=made.named(O=made.script())))),
        "link": made.on_page(made.area("/Link", A=made.script())),
        "next": made.on_page(
            made.area("/Link", A=made.named(S=name("/URI"), URI=text("https://un.org"), Next=made.script()))
        ),
        "nexts": made.on_page(made.area("/Link", A=made.named(S=name("/URI"), Next=array([made.script(), made.script()])))),
        "widget": made.on_page(made.area("/Widget", AA=made.named(K=made.script(), F=made.script()))),
        "escaped": made.rooted(OpenAction=made.script()).replace(b"/JavaScript", b"/#4aava#53cript"),
    }
    for kind, raw in scripts.items():
        yield f"script-{kind}.pdf", raw, {"cleaned", "held"}
    for kind, action in {
        "submit": made.named(S=name("/SubmitForm"), F=text("http://127.0.0.1/x")),
        "import": made.named(S=name("/ImportData"), F=text("x.fdf")),
        "remote": made.named(S=name("/GoToR"), F=text("\\\\10.0.0.1\\x")),
        "embedded": made.named(S=name("/GoToE"), F=text("x")),
        "rendition": made.named(S=name("/Rendition"), OP=num(0)),
        "sound": made.named(S=name("/Sound")),
    }.items():
        yield f"act-{kind}.pdf", made.on_page(made.area("/Link", A=action)), {"cleaned", "held"}
        yield f"open-{kind}.pdf", made.rooted(OpenAction=action), {"cleaned", "held"}
    for kind in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"):
        yield f"area{kind.strip('/')}.pdf", made.on_page(made.area(kind)), {"cleaned", "held"}
    yield "launch.pdf", made.rooted(OpenAction=made.launch()), {"held"}
    yield "launch-link.pdf", made.on_page(made.area("/Link", A=made.launch())), {"held"}
    yield (
        "launch-win.pdf",
        made.on_page(made.area("/Link", A=made.named(S=name("/Launch"), Win=made.named(F=text("cmd"))))),
        {"held"},
    )
    yield "carries.pdf", made.attached(), {"cleaned", "held"}
    yield "carries-pdf.pdf", made.attached("inner.pdf", made.rooted(OpenAction=made.script())), {"cleaned", "held"}
    yield "portfolio.pdf", made.rooted(Collection=made.named(View=name("/D"))), {"cleaned", "held"}
    yield "xfa.pdf", made.xfa(), {"cleaned", "held"}
    yield "password.pdf", made.armed(lambda _w, _p: None, password="x"), {"held"}
    yield (
        "password-script.pdf",
        made.armed(lambda w, _p: w._root_object.update(made.named(OpenAction=made.script())), password=""),
        {"cleaned", "held"},
    )


def broken_pdf(_url):
    whole = made.printed("Some text of a page.", pages=3)
    yield "cut.pdf", whole[: len(whole) // 2], {"held", "harmless"}
    yield "head.pdf", b"%PDF-1.7\n", {"held"}
    yield "noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400, {"held"}
    yield "no-table.pdf", whole.replace(b"xref", b"xxxx").replace(b"/XRef", b"/XXXX"), {"held", "harmless"}
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
    yield "loop.pdf", loop + b"trailer<</Root 1 0 R>>\n%%EOF", {"held", "harmless"}
    yield "itself.pdf", b"%PDF-1.4\n1 0 obj 1 0 R endobj\ntrailer<</Root 1 0 R>>\n%%EOF", {"held"}
    yield (
        "deep.pdf",
        b"%PDF-1.4\n1 0 obj" + b"[" * 50_000 + b"]" * 50_000 + b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        {"held"},
    )
    yield "count.pdf", loop.replace(b"/Count 9", b"/Count 999999999") + b"trailer<</Root 1 0 R>>", {"held", "harmless"}
    big = zlib.compress(bytes(200 << 20), 9)
    for kind, key in (("stream", b"/Contents 4 0 R"), ("meta", b"/Metadata 4 0 R")):
        body = (
            b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R %s>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            % key
        )
        page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]%s>>endobj\n" % key
        stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(big) + big + b"\nendstream endobj\n"
        yield f"bomb-{kind}.pdf", body + page + stream + b"trailer<</Root 1 0 R>>\n%%EOF", {"held", "harmless"}


def two_in_one(_url):
    pdf, png, jpeg = made.printed(), made.picture("PNG"), made.picture()
    yield "page.pdf", HTML, {"refused"}
    yield "before.pdf", HTML + pdf, {"refused"}
    yield "gif.pdf", b"GIF89a" + pdf, {"refused"}
    yield "program.pdf", b"MZ" + pdf, {"refused"}
    yield "zip.pdf", office()[:200] + pdf, {"refused"}
    yield "after.pdf", pdf + HTML, {"harmless", "held"}
    yield "image.png", b"GIF89a" + HTML, {"refused"}
    yield "image.jpg", b"GIF89a/*" + HTML, {"refused"}
    yield "svg.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", {"refused"}
    yield "svg.jpg", b"<?xml version='1.0'?><svg/>", {"refused"}
    yield "svg.pdf", b"<svg/>", {"refused"}
    yield "svg.docx", b"<svg/>", {"refused"}
    yield "svg.txt", b"<svg onload='alert(1)'/>", {"harmless"}
    yield "html.txt", HTML, {"harmless"}
    yield "html.csv", HTML, {"harmless"}
    yield "tail.png", png + HTML, {"cleaned"}
    yield "tail.jpg", jpeg + HTML, {"cleaned"}
    yield "zip.jpg", jpeg + office(), {"cleaned"}
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", HTML.decode())
    yield "words.png", made.saved(Image.new("RGB", (9, 9)), format="PNG", pnginfo=text), {"cleaned"}
    yield "words.jpg", made.saved(Image.new("RGB", (9, 9)), format="JPEG", comment=HTML), {"cleaned"}
    yield "png.jpg", png, {"refused"}
    yield "jpg.png", jpeg, {"refused"}


def names(_url):
    pdf = made.printed()
    for name in (
        "a.pdf.html",
        "a.pdf.exe",
        "a.pdf\x00.html",
        "a.svg",
        "a.html",
        "a.js",
        "a.docm",
        "a.hta",
        "a.lnk",
        "pdf",
        ".htaccess",
    ):
        yield name, pdf, {"refused"}
    for name in (
        *(
            "a.html.pdf",
            "a.PDF ",
            "a\u202efdp.exe.pdf",
            "../../a.pdf",
            "C:\\a.pdf",
            "a\r\nX-Bad: 1.pdf",
            "CON.pdf",
            "a;b=c.pdf",
        ),
        *(
            'a".pdf',
            "<img src=x onerror=1>.pdf",
            "a" * 400 + ".pdf",
            "\u200b\u200b.pdf",
            "=cmd|' /C calc'!A1.pdf",
            "é" * 100 + ".pdf",
        ),
    ):
        yield name, pdf, {"harmless", "refused"}


def picture_bombs(_url):
    def head(width, height):
        body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunk = b"IHDR" + body
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    end = chunk(b"IEND", b"")
    for side in (50_000, 2**31 - 1, 8_000):
        yield f"big-{side}.png", head(side, side) + chunk(b"IDAT", zlib.compress(bytes(9000))) + end, {"refused"}
    yield "none.png", head(0, 0) + end, {"refused"}
    yield "short.png", head(100, 100) + chunk(b"IDAT", zlib.compress(b"x")) + end, {"refused"}
    yield "sum.png", head(10, 10)[:-1] + b"x" + end, {"refused"}
    yield (
        "text.png",
        head(1, 1)
        + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90 << 20), 9))
        + chunk(b"IDAT", zlib.compress(bytes(4)))
        + end,
        {"refused", "cleaned"},
    )
    yield (
        "profile.png",
        head(1, 1)
        + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90 << 20), 9))
        + chunk(b"IDAT", zlib.compress(bytes(4)))
        + end,
        {"refused", "cleaned"},
    )
    yield (
        "inside.png",
        head(7000, 7000) + chunk(b"IDAT", zlib.compress(bytes(7000 * 21001), 9)) + end,
        {"refused", "cleaned"},
    )
    jpeg = made.picture()
    place = jpeg.index(b"\xff\xc0")
    yield "big.jpg", jpeg[: place + 5] + b"\xff\xff\xff\xff" + jpeg[place + 9 :], {"refused"}
    yield "cut.jpg", jpeg[: len(jpeg) // 2], {"refused"}
    yield "head.jpg", jpeg[:4], {"refused"}
    frames = [Image.new("P", (16, 16), n % 250) for n in range(400)]
    yield "frames.png", made.saved(frames[0], format="PNG", save_all=True, append_images=frames[1:]), {"cleaned"}


def telling(_url):
    yield "place.jpg", made.picture(place=True, author="Amina"), {"cleaned"}
    yield "place.png", made.picture("PNG", place=True, author="Amina"), {"cleaned"}
    xmp = made.picture()
    packet = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Amina</x:xmpmeta>"
    yield "xmp.jpg", xmp[:2] + b"\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + xmp[2:], {"cleaned"}


def programs(_url):
    for extension, place in ((".docx", "word"), (".xlsx", "xl"), (".pptx", "ppt")):
        yield f"macro{extension}", office(extension, **{f"{place}/vbaProject.bin": b"x"}), {"refused"}
        yield f"control{extension}", office(extension, **{f"{place}/activeX/activeX1.xml": b"x"}), {"refused"}
        yield (
            f"object{extension}",
            office(extension, **{f"{place}/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
            {"held"},
        )
        yield f"inner{extension}", office(extension, **{f"{place}/embeddings/run.exe": b"MZ"}), {"held"}
    yield "basic.odt", made.opened_document(**{"Basic/Standard/M.xml": b"x"}), {"refused"}
    yield "script.ods", made.opened_document("spreadsheet", **{"Scripts/python/r.py": b"x"}), {"refused"}
    chunk = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    rel = f'<Relationships><Relationship Id="r" Type="{chunk}" Target="a.mht"/></Relationships>'
    yield "chunk.docx", office(**{"word/_rels/document.xml.rels": rel, "word/a.mht": HTML}), {"held"}
    for n, inner in enumerate(
        (
            rb"{\object\objemb{\*\objdata 0105}}",
            rb"{\object\objautlink\objupdate}",
            rb"{\object\objocx}",
            b"{\\object\\ objdata 01}",
            b"{\\OBJECT\\OBJDATA 01}",
            rb"{\object\objlink x}",
            rb"{\object\objhtml x}",
        )
    ):
        yield f"object{n}.rtf", rb"{\rtf1" + inner + b"}", {"refused"}


def other_kinds(_url):
    heads = {
        "exe": b"MZ\x90\0",
        "elf": b"\x7fELF",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "rar": b"Rar!\x1a\x07",
        "7z": b"7z\xbc\xaf",
    }
    for kind, head in heads.items():
        for extension in (".pdf", ".docx", ".xlsx", ".png", ".rtf"):
            yield f"{kind}{extension}", head + bytes(500), {"refused"}


def texts(_url):
    yield "line.csv", b"a," * (5 << 20), {"harmless"}
    yield "columns.csv", (b"x;" * 100_000 + b"\n") * 20, {"harmless"}
    yield "formula.csv", b'=HYPERLINK("http://x"),+1,-1,@SUM(1)\n\t=1\n', {"harmless"}
    yield "nul.csv", b"a\0b", {"refused"}
    yield "nul.txt", b"a" * 9000 + b"\0", {"refused"}
    yield "latin.txt", "Ünï".encode("latin-1"), {"refused"}
    yield "sixteen.csv", "a,б".encode("utf-16"), {"refused"}
    yield "surrogate.txt", b"a\xed\xa0\x80b", {"refused"}
    yield "noncharacter.txt", "a\ufffe\uffff\u202e".encode(), {"harmless"}
    yield "control.txt", bytes(range(1, 32)) + b"x", {"harmless"}
    yield "marks.txt", ("a" + "\u0301" * 100_000).encode(), {"harmless"}
    yield "braces.rtf", rb"{\rtf1" + b"{" * 200_000 + b"}" * 200_000 + b"}", {"harmless", "held"}
    yield "open.rtf", rb"{\rtf1" + b"{" * 200_000, {"harmless", "held"}
    yield "numbers.rtf", rb"{\rtf1 \u99999999? \u-99999999? \ansicpg99999 \'zz x}", {"harmless", "held"}
    yield "empty.pdf", b"", {"refused"}
    yield "deep.docx", office(**{"word/document.xml": b"<w>" * 100_000 + b"</w>" * 100_000}), {"held"}
    yield "cut.docx", made.word()[:2000], {"refused"}
    yield "badxml.docx", office(**{"word/document.xml": b"<w><"}), {"held"}
    yield "badzip.docx", made.word().replace(b"word/document.xml", b"word/document.xmx", 1), {"refused", "held", "harmless"}


CLASSES = {
    each.__name__: each
    for each in (
        *(viruses, zip_bombs, ways_out, entities, remote, armed_pdf, broken_pdf, two_in_one, names),
        *(picture_bombs, telling, programs, other_kinds, texts),
    )
}
