"""Kinds of letters about calls: a draft that is not sent, a closing that moved. Nobody at the desk sees a real draft."""

from datetime import UTC, datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from forums.letter_kinds import ON
from forums.letters import topics
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.models import Extension
from forums.templatetags.moments import in_words
from submissions.letter_kinds import sample_call, sample_draft
from submissions.models import DraftNote
from submissions.operations.correcting import letter_about

REMINDERS = topics.Topic(
    "reminders", _("Reminders of unsent drafts"), _("Before a call closes for which you have a draft that is not sent.")
)


def _sample_reminder():
    draft = sample_draft()
    return {"draft": draft, "call": draft.call, "person": sample_person()}


def _sample_move():
    call = sample_call()
    was = datetime(2026, 1, 23, 22, tzinfo=UTC)
    extension = Extension(
        call=call, kind="extended", was=was, became=call.closes_at, reason="A storm closed offices.", authority="Co-chairs"
    )
    return letter_about(extension, sample_person(), [sample_draft()], was=was, at=ON)


def _closes(about):
    return in_words(about["call"].closes_at, about["call"].forum.zone)


def _former(about):
    return in_words(about["was"], about["call"].forum.zone)


def _what_moved(about):
    """The sentence of the shipped letter."""
    if about["over"]:
        sentence = gettext(
            "This letter comes late. The call was to close on %(former)s; the closing was moved, and the call closed on "
            "%(closing)s."
        )
    elif about["extension"].kind == "reopened":
        sentence = gettext("The call closed on %(former)s. It is open again and closes on %(closing)s.")
    elif about["earlier"]:
        sentence = gettext("The call was to close on %(former)s. It closes earlier, on %(closing)s.")
    else:
        sentence = gettext("The call was to close on %(former)s. It closes later, on %(closing)s.")
    return sentence % {"former": _former(about), "closing": _closes(about)}


def _drafts(about):
    return "\n\n".join(
        f"{draft.title or gettext('Untitled draft')}\n{draft.organisation.name}\n{page(about, 'submissions:edit', draft.pk)}"
        for draft in about["drafts"]
    )


def page_of_call(about):
    return f"{page(about, 'forums:forum', about['call'].forum.slug)}#call-{about['call'].slug}"


CALL = (
    Placeholder("call", _("name of the call"), lambda about: about["call"].name),
    Placeholder("forum", _("name of the forum"), lambda about: about["call"].forum.name),
    Placeholder("closes", _("when the call closes"), _closes),
)
REMINDER = Kind(
    "submissions/unsent_draft",
    _("A draft is not sent yet"),
    _("Everybody who speaks for an organisation with an unsent draft"),
    (
        PERSON,
        Placeholder("title", _("title of the draft"), lambda about: about["draft"].title or gettext("Untitled draft")),
        Placeholder("organisation", _("name of the organisation"), lambda about: about["draft"].organisation.name),
        *CALL,
        Placeholder("address", _("page of the draft"), lambda about: page(about, "submissions:edit", about["draft"].pk)),
    ),
    _sample_reminder,
    topic="reminders",
)
MOVED = Kind(
    "submissions/closing_moved",
    _("The closing of a call was moved"),
    _("Who speaks for an organisation with an unsent draft, and whoever was told another closing"),
    (
        PERSON,
        *CALL,
        Placeholder("former", _("the closing that was known"), _former),
        Placeholder("moved", _("a sentence: when it was to close and when it closes"), _what_moved),
        Placeholder("reason", _("reason of the move"), lambda about: about["extension"].reason),
        Placeholder("authority", _("who decided"), lambda about: about["extension"].authority),
        Placeholder("drafts", _("lines: each unsent draft and its page"), _drafts),
        Placeholder("address", _("the call on the page of the forum"), page_of_call),
    ),
    _sample_move,
)


def _sample_notes():
    draft, person = sample_draft(), sample_person()
    notes = [DraftNote(submission=draft, by=person, at=ON, text="Could you check the figures of 2024?")]
    return {"draft": draft, "notes": notes, "person": person, "forum": draft.call.forum}


NOTES = Kind(
    "submissions/draft_notes",
    _("Notes on a draft"),
    _("Everybody who writes the drafts of the organisation, but who wrote the notes"),
    (
        PERSON,
        Placeholder("title", _("title of the draft"), lambda about: about["draft"].title or gettext("Untitled draft")),
        Placeholder("organisation", _("name of the organisation"), lambda about: about["draft"].organisation.name),
        Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
        Placeholder(
            "notes",
            _("lines: who wrote each note, and the note"),
            lambda about: "\n\n".join(f"{note.by}:\n{note.text}" for note in about["notes"]),
        ),
        Placeholder(
            "address",
            _("page of the notes"),
            lambda about: page(about, "submissions:writing_together", about["draft"].pk),
        ),
    ),
    _sample_notes,
)

topics.register(REMINDERS)
register(REMINDER, MOVED, NOTES)
