"""Kinds of letters: a token of the API was made, was used for the first time, expires soon."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.membership import ORGANISATION
from accreditation.letter_kinds.samples import SPEAKERS, sample_organisation, sample_person
from accreditation.models import ApiToken
from forums.letter_kinds import ON
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.templatetags.moments import moment_in_words

NAME = Placeholder("name", _("name of the token"), lambda about: about["token"].name)
MAKER = Placeholder("maker", _("who made the token"), lambda about: about["maker"])
PAGE = Placeholder(
    "address",
    _("page of the organisation's tokens"),
    lambda about: page(about, "accreditation:tokens", about["organisation"].slug),
)


def sample_token():
    organisation, person = sample_organisation(), sample_person()
    token = ApiToken(
        pk=1, organisation=organisation, name="Our document system", scopes=["read", "write"], made_by=person, made_at=ON
    )
    token.expires_at = ON + timedelta(days=90)
    return {"token": token, "organisation": organisation, "person": person, "maker": str(person)}


UNTIL = Placeholder("until", _("until when the token holds"), lambda about: moment_in_words(about["token"].expires_at, ""))

register(
    *(
        Kind(code, name, SPEAKERS, (PERSON, ORGANISATION, NAME, MAKER, UNTIL, PAGE), sample_token)
        for code, name in (
            ("accreditation/token_made", _("A token of the API was made")),
            ("accreditation/token_used", _("A token of the API was used for the first time")),
            ("accreditation/token_expires", _("A token of the API expires soon")),
        )
    )
)
