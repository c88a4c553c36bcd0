"""All that an answer says, in whatever form: text, members of archives, pages of PDF files, headers, cookies."""

import zipfile
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError


def all_text(response) -> str:
    """Everything a reader could take out of this answer."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    cookies = response.cookies.output()
    return f"{opened(content)} {response.headers} {cookies}"


def opened(content: bytes) -> str:
    """The bytes as text, with what is packed in them unpacked."""
    said = content.decode("utf-8", "replace")
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            said += " ".join(name + opened(archive.read(name)) for name in archive.namelist())
    if content.startswith(b"%PDF"):
        said += _of_pdf(content)
    return said


def _of_pdf(content) -> str:
    try:
        reader = PdfReader(BytesIO(content))
        return " ".join([*(page.extract_text() for page in reader.pages), str(reader.metadata), str(reader.xmp_metadata)])
    except (PyPdfError, ValueError, KeyError) as why:  # a broken file of the demonstration says nothing
        return f" {type(why).__name__}"
