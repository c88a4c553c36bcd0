"""What the desk changed of what is shown of an input, in words: particulars it corrected, parts it redacted."""

from submissions.admin.files import name_of_redacted
from submissions.admin.reading import Names
from submissions.compared import LABELS, in_word
from submissions.parts import FILE, named
from submissions.permissions import sees_reviewers
from submissions.search.vocabulary import vocabulary


def corrections_in_words(submission, reader=None) -> list:
    """Each correction with its pairs of before and after; who made it as far as the reader may know."""
    names = Names(reader, sees_reviewers(reader)) if reader else None
    found = list(submission.reclassifications.select_related("by"))
    words = vocabulary([submission.call.forum]) if found else None
    return [
        {
            "at": one.at,
            "by": names.of(one.by) if names else "",
            "reason": one.reason,
            "pairs": [
                (LABELS[name], _said(name, one.before[name], words), _said(name, one.after[name], words))
                for name in one.after
            ],
        }
        for one in found
    ]


def _said(name, value, words) -> str:
    return ", ".join(str(in_word(name, one, words)) for one in ([value] if isinstance(value, str) else value)) or "–"


def redactions_in_words(submission, reader=None) -> list:
    """Each redaction: where, what kind, why, by whom, and whether it was lifted. Never the words, nor a file's name."""
    names = Names(reader, sees_reviewers(reader)) if reader else None
    return [
        {
            "redaction": one,
            "part": name_of_redacted() if one.part.startswith(FILE) else named(one.part, submission),
            "by": names.of(one.by) if names else "",
        }
        for one in submission.redactions.select_related("by")
    ]
