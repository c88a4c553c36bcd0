"""The help sheet of the queue: keys with their values, examples that can be followed, keys of the keyboard."""

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from submissions.admin.choices import NO_VIEW
from submissions.desk_search import FLAGS, KEYS

EXAMPLES = (
    ("status:review reviewer:me age:>5d", _("What you review and has waited for more than five days")),
    ("status:sent unassigned", _("What was sent and nobody has taken up")),
    ("overdue -reviewer:me", _("What waits too long, but not with you")),
    ("level:local,national obj:7 country:KE", _("Local and national inputs on objective 7 about Kenya")),
    ("lang:fr,es words:>500 has:files", _("In French or Spanish, more than 500 words, with files")),
    ('"seasonal workers" -remittances', _("With this phrase and without this word in title or organisation")),
    ("received:2026-11-01..2026-11-20 late", _("Received in these days and after the deadline")),
    ("-status:accepted,published obj:1..7", _("Neither accepted nor published, on one of the objectives 1 to 7")),
)
MOST_LISTED = 30


def address(line) -> str:
    return urlencode({"q": line, "view": NO_VIEW})


def examples() -> list:
    return [{"line": line, "says": says, "query": address(line)} for line, says in EXAMPLES]


def keys_of_search(asker) -> list:
    found = []
    for name, key in KEYS.items():
        known = list({code: (code, word) for code, word in key.known(asker)}.values())[:MOST_LISTED]
        example = f"call:{known[0][0]}" if name == "call" and known else key.example
        shown = {"name": name, "label": key.label, "example": example, "query": address(example)}
        found.append({**shown, "known": [{"code": code, "word": word} for code, word in known]})
    return found


def flags() -> list:
    return [{"name": name, "label": label, "query": address(name)} for name, (label, _find) in FLAGS.items()]
