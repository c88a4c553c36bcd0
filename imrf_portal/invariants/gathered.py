"""Rules of what the desk gathers: compilations and their files, call letters, background notes and their versions."""

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Cast

from forums.models import Letter
from submissions.models import BackgroundNote, CallLetter, Compilation, NoteVersion


def a_ready_compilation_has_every_file_that_was_asked_for():
    """A compilation that is kept has a file of each of its formats."""
    kept = Compilation.objects.filter(expires_at__isnull=False).annotate(there=Count("files"))
    return kept.exclude(there=F("forms__len")).values_list("pk", flat=True)


def a_note_is_its_newest_version():
    """What a writing room shows is what was saved last, and its versions are numbered without a gap."""
    newest = NoteVersion.objects.filter(note=OuterRef("pk"), number=OuterRef("edition"), content=OuterRef("content"))
    begun = BackgroundNote.objects.filter(edition__gt=0)
    gaps = begun.annotate(saved=Count("versions")).exclude(saved=F("edition"))
    return [*begun.exclude(Exists(newest)).values_list("pk", flat=True), *gaps.values_list("pk", flat=True)]


def no_call_letter_went_without_a_second_person():
    """Every letter that asks an organisation to answer a call has a release of that call by another than who asked."""
    released = CallLetter.objects.filter(state=CallLetter.State.RELEASED).exclude(decided_by=F("asked_by"))
    calls = released.annotate(written=Cast("call", CharField())).filter(written=_call_in_key())
    letters = Letter.objects.filter(kind="submissions/call_letter", key__startswith="call-letter:")
    return letters.exclude(Exists(calls)).values_list("key", flat=True)


def _call_in_key():
    """The call of a letter: the second part of its key."""
    return Func(OuterRef("key"), Value(":"), Value(2), function="split_part", output_field=CharField())


RULES = [
    a_ready_compilation_has_every_file_that_was_asked_for,
    a_note_is_its_newest_version,
    no_call_letter_went_without_a_second_person,
]
