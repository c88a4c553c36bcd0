"""Reports that a letter could not be delivered (delivery status notifications, RFC 3464), as mail servers send them. Pure.

Anybody may send us such a mail, so nothing in it is trusted further than the id of a letter, which only its reader knows.
"""

import email
import re
from dataclasses import dataclass
from email.message import Message
from uuid import UUID

OUR_ID = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@letters\.imrf-inputs", re.IGNORECASE)
LONGEST = 500


@dataclass(frozen=True)
class Report:
    """What a notification says: about which letter, whether it is final, and in which words."""

    letter: UUID | None
    final: bool
    says: str


def read_report(raw: bytes) -> Report | None:
    """None when it is no delivery status notification, however broken."""
    try:
        message = email.message_from_bytes(raw)
        blocks = [block for part in message.walk() if _is_status(part) for block in _blocks(part)]
        if not blocks:
            return None
        failed = [block for block in blocks if _said(block, "Action").lower() == "failed"]
        return Report(_letter_of(message, raw), bool(failed), _in_words((failed or blocks)[0]))
    except Exception:  # what the parser makes of malformed mail is not ours to foresee
        return None


def _is_status(part) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _blocks(part):
    """The fields about each recipient; the first block, about the message, has no action."""
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else [email.message_from_string(str(payload))]
    return [block for block in blocks if isinstance(block, Message) and block.get("Action")]


def _said(block, field) -> str:
    return " ".join(str(block.get(field, "")).split())


def _in_words(block) -> str:
    recipient = _said(block, "Final-Recipient").partition(";")[2].strip()
    why = _said(block, "Diagnostic-Code").partition(";")[2].strip()
    words = ": ".join(part for part in (recipient, _said(block, "Status"), why) if part)
    return "".join(sign for sign in words if sign.isprintable())[:LONGEST]


def _letter_of(message, raw) -> UUID | None:
    """Our Message-ID in the letter that was returned, in what the report answers, or anywhere in it."""
    headers = [str(part.get(name, "")) for part in message.walk() for name in ("Message-ID", "In-Reply-To", "References")]
    found = OUR_ID.search(" ".join(headers)) or OUR_ID.search(raw.decode("utf-8", "replace"))
    return UUID(found[1]) if found else None
