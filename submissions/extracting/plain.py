"""Plain text and CSV."""

from submissions.extracting.found import MOST_SIGNS, answer


def read(file, _extension):
    with file.open("rb") as stream:
        raw = stream.read(MOST_SIGNS * 4)
    text = raw.decode("utf-8-sig", errors="replace")
    return answer([text], is_whole=file.stat().st_size <= len(raw))


def clean(file, to, _extension):
    """Hides nothing."""
    to.write_bytes(file.read_bytes())
    return {}
