"""Kinds of letters: what somebody has of us about themselves, and the last letter of all."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.samples import sample_person
from accreditation.models import Erasure, PersonalArchive
from forums.letter_kinds import ON
from forums.letters.kinds import PERSON, Kind, Placeholder, page, register
from forums.templatetags.moments import day_in_words

WHO_ASKED = _("The person who asked for it")
DATA_PAGE = Placeholder("address", _("page of one's own data"), lambda about: page(about, "accreditation:my_data"))


def last_day(archive):
    return day_in_words(archive.expires_at.date())


def sample_archive():
    archive = PersonalArchive(pk=1, asked_at=ON, made_at=ON, expires_at=ON + timedelta(days=7))
    return {"archive": archive, "person": sample_person(), "last_day": last_day(archive)}


def sample_failure():
    return {"archive": PersonalArchive(pk=1, asked_at=ON, made_at=ON, trouble="OSError"), "person": sample_person()}


def sample_erasure():
    return {"erasure": Erasure(pk=1, at=ON), "day": day_in_words(ON.date())}


register(
    Kind(
        "accreditation/archive_ready",
        _("The archive of one's own data is ready"),
        WHO_ASKED,
        (PERSON, DATA_PAGE, Placeholder("until", _("until when it is there"), lambda about: about["last_day"])),
        sample_archive,
    ),
    Kind(
        "accreditation/archive_failed",
        _("The archive of one's own data could not be made"),
        WHO_ASKED,
        (PERSON, DATA_PAGE),
        sample_failure,
    ),
    Kind(
        "accreditation/farewell",
        _("A person was erased"),
        _("The last address of the person who was erased"),
        (Placeholder("day", _("day of the erasure"), lambda about: about["day"]),),
        sample_erasure,
    ),
)
