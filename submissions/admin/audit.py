"""The audit shows nothing of an input that its reader may not see: a draft, what their own organisation stands under."""

from django.db.models import CharField, Q, UUIDField
from django.db.models.functions import Cast

from accreditation.audit.finding import VISIBLE, only_where
from forums.models import SecondPersonRequest
from forums.second_person import seen_by
from submissions.models import (
    Compilation,
    CompilationFile,
    CoSponsorStep,
    FormerlyPublished,
    LettersChoice,
    Mention,
    ProposalLettersChoice,
    ProposalStep,
    RecordedFile,
    Recording,
    Submission,
)


def _without_unseen_inputs(entries, user):
    return only_where(entries, Submission._meta.db_table, UUIDField(), Submission.objects.visible_to(user))


def _rows_seen(user) -> dict:
    """Tables whose entries do not name the input they are about -> the rows of them that this reader may see."""
    inputs = Submission.objects.visible_to(user).order_by().values("pk")
    recordings, compilations = Recording.objects.open_to(user), Compilation.objects.open_to(user)
    return {
        CoSponsorStep: CoSponsorStep.objects.filter(co_sponsor__submission__in=inputs),
        ProposalStep: ProposalStep.objects.filter(proposal__submission__in=inputs),
        LettersChoice: LettersChoice.objects.filter(step__submission__in=inputs),
        ProposalLettersChoice: ProposalLettersChoice.objects.filter(step__proposal__submission__in=inputs),
        FormerlyPublished: FormerlyPublished.objects.filter(published__submission__in=inputs),
        Mention: Mention.objects.filter(note__submission__in=inputs),
        Recording: recordings,
        RecordedFile: RecordedFile.objects.filter(recording__in=recordings.order_by().values("pk")),
        Compilation: compilations,
        CompilationFile: CompilationFile.objects.filter(compilation__in=compilations.order_by().values("pk")),
        SecondPersonRequest: SecondPersonRequest.objects.filter(seen_by(user)),
    }


def _without_rows_of_unseen_inputs(entries, user):
    """A row that is gone is not shown either: nobody can say any more whose it was."""
    for model, rows in _rows_seen(user).items():
        keys = rows.order_by().annotate(named=Cast("pk", CharField())).values("named")
        entries = entries.filter(~Q(place=model._meta.db_table) | Q(row__in=keys))
    return entries


VISIBLE += [_without_unseen_inputs, _without_rows_of_unseen_inputs]
