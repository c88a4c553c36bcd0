"""The kind of letter that asks an organisation to answer a call; whoever gets it can stop letters of its topic."""

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds import sample_person
from accreditation.models import Organisation
from forums.letters import topics
from forums.letters.kinds import PERSON, Kind, Placeholder, register
from submissions.call_letter_kinds import CALL, page_of_call
from submissions.letter_kinds import sample_call

INVITATIONS = topics.Topic(
    "call_letters", _("Invitations to calls"), _("When the Network asks organisations that have not sent anything yet.")
)


def _sample():
    call = sample_call()
    body = Organisation(name="Harbour Light", slug="harbour-light", kind="civil_society")
    words = "Little was said so far on consular protection."
    return {"call": call, "forum": call.forum, "organisation": body, "person": sample_person(), "words": words}


register(
    Kind(
        "submissions/call_letter",
        _("An organisation is asked to answer a call"),
        _("Everybody who speaks for an organisation with a standing that has sent nothing, once a call"),
        (
            PERSON,
            Placeholder("organisation", _("name of the organisation"), lambda about: about["organisation"].name),
            *CALL,
            Placeholder("words", _("words of the desk"), lambda about: about["words"]),
            Placeholder("address", _("the call on the page of the forum"), page_of_call),
        ),
        _sample,
        topic="call_letters",
    )
)
topics.register(INVITATIONS)
