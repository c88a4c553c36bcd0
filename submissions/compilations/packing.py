"""The same rows make the same bytes: a Word or Excel file is packed anew with the instant of what it holds."""

import re
import zipfile
from io import BytesIO

MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def packed(made, at) -> bytes:
    """The members of a ZIP in their order, each dated `at`; its properties say that instant too."""
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content)
    return out.getvalue()
