"""The canonical content of a version and its fingerprint: what a receipt promises and anybody can recompute. Pure."""

import hashlib
import json
import re
import unicodedata

from submissions.questions.sending import sent_with, text_of

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # Unicode's category Cc, but for tabs and line ends


def clean(text: str) -> str:
    """One form of a text: Unicode NFC, line ends as LF, no NUL or other control characters, no outer white space."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text).strip()


def clean_answer(answer):
    """The same for an answer to a question: a text, several choices, or the rows of a table."""
    if isinstance(answer, str):
        return clean(answer)
    if isinstance(answer, dict):
        return {key: clean_answer(value) for key, value in answer.items()}
    return [clean_answer(one) for one in answer] if isinstance(answer, list) else answer


def canonical(content: dict) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the same bytes for the same content, in every language and system."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: dict) -> str:
    """SHA-256 over the canonical content, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


FIRST_LINK = "0" * 64  # what the first version of a forum is linked to


def link_of(previous: str, sha256: str) -> str:
    """The link of a version in the chain of its forum: SHA-256 over the link before it and its own fingerprint.

    Who changes a stored version must change every later link too, and those stand on receipts that others hold.
    """
    return hashlib.sha256(f"{previous}{sha256}".encode()).hexdigest()


def content_of(submission, *, reference, number, sent_at, chosen, files) -> dict:
    """Everything that a sending consists of, as plain values; `chosen` are keys by list, `files` are attachments.

    `form` and `answers` are there only where the call asks for a form, so that older contents stay what they were.
    """
    return {
        "reference": reference,
        "version": number,
        "sent_at": sent_at.isoformat(timespec="microseconds"),
        "forum": submission.call.forum.slug,
        "call": submission.call.slug,
        "organisation": submission.organisation.name,
        "title": submission.title,
        "summary": submission.summary,
        "text": text_of(submission),
        "language": submission.language,
        "level": submission.level,
        "countries": sorted(chosen["countries"]),
        "regions": sorted(chosen["regions"]),
        "objectives": sorted(chosen["objectives"]),
        **({"principles": sorted(chosen["principles"])} if chosen["principles"] else {}),
        "files": [_of_file(file) for file in files],
        "publish_as": submission.publish_as,
        **sent_with(submission),
    }


def _of_file(file) -> dict:
    """What is promised of a file; one that stays with the desk says so."""
    told = {"id": str(file.pk), "name": file.name, "size": file.size, "sha256": file.sha256, "type": file.media_type}
    return told if file.public else {**told, "public": False}
