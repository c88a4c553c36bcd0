"""What people type, made fit to be stored and shown: no control characters, no direction tricks in a name. Pure."""

import unicodedata

# Embedding, override and isolate marks turn the rest of a line round; names and titles are isolated by <bdi> instead.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def without_control(text: str) -> str:
    """The text without NUL, other control characters and lone surrogates; tabs and line ends stay."""
    return "".join(sign for sign in text if sign in "\t\n\r" or unicodedata.category(sign) not in ("Cc", "Cs"))


def one_line(text: str) -> str:
    """A name or a title: one line, single spaces, no marks that turn its direction, Unicode NFC."""
    text = unicodedata.normalize("NFC", without_control(text).translate(TURNING))
    return " ".join(text.split())


def posted_by(request):
    """What this request posted, as `posted`; None for a page that is only looked at."""
    return posted(request.POST) if request.method == "POST" else None


def posted(answers):
    """A copy of what a form posted, without control characters, so that every field shows what was typed."""
    clean = answers.copy()
    for name, values in answers.lists():
        clean.setlist(name, [without_control(value) for value in values])
    return clean
