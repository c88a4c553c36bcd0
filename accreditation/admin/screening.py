"""What the desk decides about a claim: from which statuses, who may, by which operation."""

from django.utils.translation import gettext_lazy as _

from accreditation import operations
from accreditation.admin.claim_words import Ending, Evidence, Outcome, Question, Reason, Recognition
from accreditation.models import Accreditation
from accreditation.non_objection.operations import add_to_list
from accreditation.permissions import may_record, may_screen
from forums.admin.decisions import Decision

Status = Accreditation.Status
RECORDERS = _("Outcomes are recorded by those with that permission, never for their own organisation.")


def is_on_no_list(accreditation):
    lines = accreditation.lines.filter(struck_at__isnull=True).exclude(list__status="outcome_recorded")
    return accreditation.basis.non_objection and not lines.exists()


def held_already(accreditation):
    return not accreditation.basis.non_objection


def screens(user, accreditation):
    return may_screen(user, accreditation.organisation)


def compiles(user, accreditation):
    return may_screen(user, accreditation.organisation) and user.has_perm("accreditation.compile_list")


def records(user, accreditation):
    return may_record(user, accreditation.organisation)


DECISIONS = (
    Decision(
        key="take_up",
        label=_("Take up"),
        done=_("The claim is in screening."),
        from_statuses=(Status.SUBMITTED,),
        to=Status.SCREENING,
        may=screens,
        act=operations.take_up,
        tone="",
    ),
    Decision(
        key="recognise",
        label=_("Record a standing held already"),
        done=_("The standing is recorded."),
        from_statuses=(Status.SCREENING,),
        to=Status.RECOGNISED,
        suits=held_already,
        may=records,
        act=operations.recognise,
        words=Recognition,
        tone="",
        for_whom=RECORDERS,
    ),
    Decision(
        key="list",
        label=_("Put on the list being prepared"),
        done=_("It is on the list being prepared for Member States."),
        from_statuses=(Status.SCREENING,),
        to=Status.PUT_FORWARD,  # where circulating the list leads; being on it changes no status
        suits=is_on_no_list,
        may=compiles,
        act=lambda accreditation, **words: add_to_list(accreditation, **words),
        tone="",
        for_whom=_("Lists are compiled by those with that permission, never with their own organisation."),
    ),
    Decision(
        key="record_outcome",
        label=_("Record the outcome"),
        done=_("The outcome is recorded."),
        from_statuses=(Status.PUT_FORWARD,),
        to=Status.ACCREDITED,
        suits=is_on_no_list,  # of a line of a list the outcome is recorded with the list
        may=records,
        act=operations.record_outcome,
        words=Outcome,
        tone="",
        for_whom=RECORDERS,
    ),
    Decision(
        key="not_held",
        label=_("Record that the standing is not held"),
        done=_("It is recorded that the standing is not held."),
        from_statuses=(Status.SCREENING,),
        to=Status.NOT_ACCREDITED,
        suits=held_already,
        may=records,
        act=lambda accreditation, **words: operations.record_outcome(accreditation, accredited=False, **words),
        words=Evidence,
        tone="stop",
        for_whom=RECORDERS,
    ),
    Decision(
        key="ask_for_more",
        label=_("Ask for more information"),
        done=_("The question goes to the organisation."),
        from_statuses=(Status.SCREENING,),
        to=Status.MORE_ASKED,
        may=screens,
        act=operations.ask_for_more,
        words=Question,
    ),
    Decision(
        key="close",
        label=_("Close it unanswered"),
        done=_("The application is closed; the organisation is told why."),
        from_statuses=(Status.MORE_ASKED,),
        to=Status.EXPIRED,
        may=screens,
        act=operations.close_unanswered,
        words=Reason,
        tone="stop",
    ),
    Decision(
        key="reopen",
        label=_("Screen it again"),
        done=_("The claim is in screening again."),
        from_statuses=(Status.NOT_ACCREDITED,),
        to=Status.SCREENING,
        suits=held_already,
        may=screens,
        act=operations.reopen,
        words=Reason,
    ),
    Decision(
        key="end",
        label=_("End the standing"),
        done=_("It is recorded that the standing has ended."),
        from_statuses=Accreditation.STANDING,
        to=Status.EXPIRED,
        may=records,
        act=operations.end_standing,
        words=Ending,
        tone="stop",
        for_whom=RECORDERS,
    ),
)
QUIET = ("list",)  # decisions that move nothing and so tell nobody
