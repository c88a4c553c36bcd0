"""Kinds of letters: what an application waits for."""

from django.utils.translation import gettext_lazy as _

from accreditation.letter_kinds.claims_and_joining import APPLIED, QUESTION, Status, sample_step
from accreditation.letter_kinds.samples import SPEAKERS
from forums.letters.kinds import Kind, register

register(
    Kind(
        "accreditation/answer_awaited",
        _("The desk waits for an answer"),
        SPEAKERS,
        (*APPLIED, *(each for each in QUESTION if each.name != "points")),
        sample_step("", Status.MORE_ASKED),
    )
)
