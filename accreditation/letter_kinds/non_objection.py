"""Kinds of letters: the period of a non-objection list, told to the desk."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.samples import sample_person
from accreditation.models import NonObjectionList
from forums.letter_kinds import ON, sample_forum
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.templatetags.moments import moment_in_words

DESK = _("Everybody at the desk who compiles non-objection lists")


def sample():
    forum = sample_forum()
    listed = NonObjectionList(pk=1, forum=forum, number=1, circulated_on=date(2026, 1, 2), period_ends_at=ON)
    return {"list": listed, "forum": forum, "person": sample_person()}


LIST = (
    PERSON,
    Placeholder("forum", _("name of the forum"), lambda about: about["forum"].name),
    Placeholder("number", _("number of the list"), lambda about: str(about["list"].number)),
    Placeholder(
        "ends", _("when the period ends"), lambda about: moment_in_words(about["list"].period_ends_at, about["forum"])
    ),
    Placeholder(
        "address",
        _("page of the list at the desk"),
        lambda about: page(about, "admin:accreditation_nonobjectionlist_change", about["list"].pk),
    ),
)

register(
    Kind("accreditation/period_ends_soon", _("The period of a list ends soon"), DESK, LIST, sample),
    Kind("accreditation/period_ended", _("The period of a list has ended"), DESK, LIST, sample),
)
