"""The child process: confines itself, opens one file, writes what it found into a folder, ends.

    python -m submissions.extracting.child read|preview|clean|harmless EXTENSION FILE FOLDER

`read` writes answer.json, and so does `preview`: pictures of the first pages. `clean` (hidden details) and `harmless` (what
a PDF could do) write a file `cleaned` beside it.
"""

import json
import logging
import sys
from pathlib import Path

from submissions.extracting.limits import confine


def main(act, extension, file, folder):
    confine()
    logging.disable(logging.CRITICAL)  # of the child alone: what a library thinks of a document is written nowhere
    from submissions.extracting import office, open_document, pdf, pictures, plain, rtf  # behind the limits

    readers = {
        **dict.fromkeys((".docx", ".xlsx", ".pptx"), office),
        **dict.fromkeys((".odt", ".ods"), open_document),
        **dict.fromkeys((".png", ".jpg", ".jpeg"), pictures),
        ".pdf": pdf,
        ".rtf": rtf,
        ".csv": plain,
        ".txt": plain,
    }
    reader, folder = readers[extension], Path(folder)
    if act in ("read", "preview"):
        answer = getattr(reader, act)(Path(file), extension)
    else:
        answer = getattr(reader, act)(Path(file), folder / "cleaned", extension)
    (folder / "answer.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
