"""PDF: tagged, in every script that has a font here, and never with a wrong character."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from pypdf import PdfReader

from forums import printing

NEEDED = [printing.has_font(ord(sample)) for sample in "aжأ字"]
pytestmark = pytest.mark.skipif(
    not (shutil.which("fc-list") and all(NEEDED)), reason="the Noto fonts of Debian are not installed here"
)
WORDS = {
    "en": "Letter of accreditation",
    "fr": "Lettre d’accréditation",
    "es": "Carta de acreditación",
    "ru": "Письмо об аккредитации",
    "ar": "رسالة اعتماد",
    "zh-hans": "核证函",
}


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_a_page_is_tagged_and_says_its_language(language, words):
    direction = "rtl" if language == "ar" else "ltr"
    made = printing.pdf_of(f"<h1>{words}</h1><p>2026</p>", title=words, language=language, direction=direction)
    paper = PdfReader(BytesIO(made))
    root = paper.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert paper.metadata.title == words
    if language != "ar":  # letters of Arabic are taken out in the shapes in which they stand
        assert words.replace("’", "'") in paper.pages[0].extract_text().replace("’", "'")
    fonts = {font.get_object()["/BaseFont"] for font in paper.pages[0]["/Resources"]["/Font"].values()}
    assert all("Noto" in name for name in fonts), fonts


def test_a_script_without_a_font_stops_the_printing(monkeypatch):
    monkeypatch.setattr(printing, "has_font", lambda point: point < 0x600)
    with pytest.raises(printing.CannotPrint, match="Arabic"):
        printing.pdf_of("<p>رسالة</p>", title="A letter", language="ar")


@pytest.fixture
def listener():
    """A server on this machine, and the addresses that it was asked for."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *rest):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_nothing_is_fetched_while_a_page_is_printed(listener):
    address, asked = listener
    html = f'<link rel="stylesheet" href="{address}/x.css"><img src="{address}/x.png" alt="">'
    assert printing.pdf_of(html + '<img src="file:///etc/hostname" alt="">', title="x", language="en")[:4] == b"%PDF"
    assert asked == []


def test_control_the_listener_hears_who_asks(listener):
    address, asked = listener
    with pytest.raises(HTTPError):
        urlopen(f"{address}/x.png")
    assert asked == ["/x.png"]


def test_a_code_is_drawn_with_its_quiet_zone():
    drawn = printing.qr_svg("https://example.org/en/verify/0123/")
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
