"""A compilation, a call letter that went out and a note with versions, and how each rule about them is turned red."""

from datetime import timedelta

from accreditation import operations as who
from accreditation.models import Basis
from submissions.compilations import making
from submissions.coverage import asking
from submissions.models import BackgroundNote, CallLetter, CompilationFile
from submissions.writing_room import operations
from submissions.writing_room.outline import Section
from tests.factories import NOW, make_organisation, make_user


def make_gathered(call):
    """A ready compilation, a released letter, a note that was saved twice."""
    eva, ella = (make_user(staff=True, roles=["editor"]) for _number in range(2))
    question = {"chosen": {}, "extent": "full", "order": "region", "language": "en", "forms": ["xlsx"]}
    at = NOW + timedelta(hours=1)
    making.ask_compilation(call.forum, by=eva, at=at, **question)
    making.make_compilations(at=at, clock=lambda: at)
    silent = make_organisation("Silent Bay", kind="media", focal_point=make_user())
    claim = who.claim(silent, forum=call.forum, basis=Basis.objects.get(pk="ecosoc"), by=make_user(), at=NOW)
    who.take_up(claim, by=eva, at=NOW)
    who.recognise(claim, by=eva, at=NOW, decided_on=NOW.date(), decided_by="DESA", evidence="iCSO")
    asked = asking.ask_call_letter(call, chosen={"kind": "media"}, words="", by=eva, at=NOW)
    asking.release_call_letter(asked, by=ella, at=NOW)
    duty = call.forum.milestones.filter(kind="note").first() or call.forum.milestones.create(kind="note", name="Note")
    note = operations.open_note(duty, by=eva, at=NOW)
    for number in range(2):
        sections = [Section(f"Part {number}", "", ())]
        operations.save_note(note, sections=sections, most_words=100, edition=number, by=eva, at=NOW)


def ask_again_alone():
    CallLetter.objects.update(state="asked", decided_by=None, decided_at=None)


RED = {
    "a_ready_compilation_has_every_file_that_was_asked_for": lambda: CompilationFile.objects.all().delete(),
    "a_note_is_its_newest_version": lambda: BackgroundNote.objects.update(content={}),
    "no_call_letter_went_without_a_second_person": ask_again_alone,
}
