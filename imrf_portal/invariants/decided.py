"""Rules of decisions taken together, of letters that were withheld, and of what needs a second person."""

from django.db.models import BigIntegerField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast

from accreditation.models import AccreditationLettersChoice, SpeakingLettersChoice, SupportLettersChoice
from forums.models import Letter, SecondPersonRequest
from submissions.models import DecisionLine, LettersChoice, ProposalLettersChoice


def what_is_done_names_its_step():
    """A decision of a round that counts as done names the step of its input that it made; any other names none."""
    of_its_input = Q(step__isnull=False, step__submission=F("submission"))
    wrong = (Q(result="done") & ~of_its_input) | (~Q(result="done") & Q(step__isnull=False))
    return DecisionLine.objects.filter(wrong).values_list("pk", flat=True)


def what_was_released_together_happened_at_one_instant():
    """Every step of a released round bears the instant of its release, and nothing of it waits any more."""
    released = DecisionLine.objects.filter(round__together=True, round__state="done")
    wrong = Q(result="waiting") | (Q(step__isnull=False) & ~Q(step__at=F("round__released_at")))
    return released.filter(wrong).values_list("pk", flat=True)


def nobody_released_what_they_decided():
    """Whoever released a round decided nothing in it."""
    lines = DecisionLine.objects.filter(round__released_by__isnull=False, result="done")
    return lines.filter(by=F("round__released_by")).values_list("pk", flat=True)


# How the keys of letters of steps begin -> where it is kept that none goes out of one.
CHOICES = {
    "submission-step:": LettersChoice,
    "proposal-step:": ProposalLettersChoice,
    "accreditation-step:": AccreditationLettersChoice,
    "speaking-step:": SpeakingLettersChoice,
    "support-step:": SupportLettersChoice,
}


def letters_that_were_withheld_were_not_written():
    """No letter tells of a step for which it was decided that none goes out."""
    number = Func(F("key"), Value(":"), Value(2), function="split_part", output_field=TextField())
    for begins, choices in CHOICES.items():
        told = Letter.objects.filter(key__startswith=begins).annotate(step=Cast(number, BigIntegerField()))
        yield from told.filter(step__in=choices.objects.filter(withheld=True).values("step")).values_list("key", flat=True)


def letters_that_were_withheld_were_not_sent():
    """No letter has gone out, or may go out, that its act wrote and the desk withheld."""
    withheld = Letter.objects.filter(key__startswith=Letter.WITHHELD)
    return withheld.filter(Q(sent_at__isnull=False) | Q(held=False)).values_list("key", flat=True)


def what_was_agreed_to_had_not_run_out():
    """A request for a second person was agreed to before it ran out, and after it was asked."""
    wrong = ~Q(decided_at__gte=F("asked_at"), decided_at__lt=F("expires_at"))
    return SecondPersonRequest.objects.filter(wrong, outcome="agreed").values_list("pk", flat=True)


RULES = [
    what_is_done_names_its_step,
    what_was_released_together_happened_at_one_instant,
    nobody_released_what_they_decided,
    letters_that_were_withheld_were_not_written,
    letters_that_were_withheld_were_not_sent,
    what_was_agreed_to_had_not_run_out,
]
