"""The work list: what waits for me, for the team, for nobody; each line leads to the list it counts.

Everything is counted among what this person may see, so nobody learns of what their own organisation wrote; the number of
statements does not depend on how much there is.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accreditation.models import (
    Accreditation,
    AccreditationStep,
    Membership,
    RegisterImport,
    Resemblance,
    SpeakingRequest,
    SpeakingRequestStep,
    SupportRequest,
    SupportRequestStep,
)
from accreditation.participation.awaiting import sessions_due
from accreditation.registers.settling import touches_for
from forums.admin.letters import LATE_AFTER, letters_by_state
from forums.admin.steps import steps_by_letters
from forums.models import Letter, Milestone, Sweep, Wording
from forums.operations.milestones import is_watched, works_here
from forums.timeline import Standing
from submissions.admin.filters import overdue_questions
from submissions.admin.inputs import files_of_sent
from submissions.admin.queue import WAITING
from submissions.models import Proposal, ProposalStep, PublicityRequest, Submission, SubmissionStep

BOARD = "admin:forums_forum_board"


@dataclass(frozen=True)
class Line:
    """How many of something wait, the oldest since when, and where they are listed."""

    label: str
    count: int
    url: str = ""
    since: datetime | None = None
    late: bool = False
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Lines that belong together; `page`, where they lead to one: its name and address."""

    title: str
    lines: list
    page: tuple = ()


def work_of(user, *, at) -> list:
    """The parts of the work list that this person's permissions reach; parts without lines are left out."""
    found = inputs_waiting(user) if user.has_perm("submissions.view_submission") else {}
    parts = [
        Part(_("Waits for you"), mine(user, found)),
        Part(
            _("Waits for the team"),
            [*team(found), *proposals(user), *wishes(user), *claims(user), *records(user), *registers(user)],
        ),
        Part(_("Who takes part"), [*support(user), *speakers(user, at)]),
        Part(_("Duties of the forums"), milestones(user, at), (_("Board of forums"), reverse(BOARD))),
        Part(_("Letters and files"), [*letters(user, at), *wordings(user), *silent_steps(user, at), *quarantine(user)]),
        Part(_("The portal itself"), sweeps(user, at)),
    ]
    return [part for part in parts if part.lines]


def link(model, **chosen):
    """The changelist of a room with these filters."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


# Inputs --------------------------------------------------------------------------------------------------------------

INPUTS = {  # name: what is counted, the filters of the list that shows it
    "mine": (lambda user: Q(status="under_review", reviewer=user), {"status": "under_review", "reviewer": "mine"}),
    "answered_to_me": (lambda user: Q(status="submitted", reviewer=user), {"status": "submitted", "reviewer": "mine"}),
    "nobodys": (lambda user: Q(status="submitted", reviewer=None), {"status": "submitted", "reviewer": "nobody"}),
    "answered": (
        lambda user: Q(status="submitted", reviewer__isnull=False),
        {"status": "submitted", "reviewer": "somebody"},
    ),
    "asked": (lambda user: Q(status="clarification_asked"), {"status": "clarification_asked"}),
    "overdue": (
        lambda user: Q(status="clarification_asked", pk__in=overdue_questions()),
        {"status": "clarification_asked", "answer": "overdue"},
    ),
    "accepted": (
        lambda user: Q(status="accepted", publish_as="named"),
        {"status": "accepted", "publish_as": "named"},
    ),
}


def inputs_waiting(user):
    """Counts and oldest moments of all lines about inputs, in one statement."""
    last = SubmissionStep.objects.filter(submission=OuterRef("pk")).order_by("-at").values("at")[:1]
    waiting = Submission.objects.visible_to(user).filter(status__in=WAITING).annotate(since=Subquery(last))
    wanted = {}
    for name, (condition, _filters) in INPUTS.items():
        wanted[f"{name}_count"] = Count("pk", filter=condition(user))
        wanted[f"{name}_since"] = Min("since", filter=condition(user))
    return waiting.aggregate(**wanted)


def line_of_inputs(found, name, label):
    return Line(label, found[f"{name}_count"], link(Submission, **INPUTS[name][1]), found[f"{name}_since"])


def mine(user, found):
    if not (found and user.has_perm("submissions.review_submission")):
        return []
    return [
        line_of_inputs(found, "mine", _("Inputs you review")),
        line_of_inputs(found, "answered_to_me", _("Answers to what you asked")),
    ]


def team(found):
    if not found:
        return []
    return [
        line_of_inputs(found, "nobodys", _("Inputs nobody has taken up")),
        line_of_inputs(found, "answered", _("Answered clarifications")),
        line_of_inputs(found, "asked", _("Inputs their authors are asked about")),
        replace(line_of_inputs(found, "overdue", _("Questions to authors whose day has passed")), late=True),
        line_of_inputs(found, "accepted", _("Accepted, not yet published")),
    ]


def wishes(user):
    """Authors of published inputs who want the public to see less."""
    if not user.has_perm("submissions.view_publicityrequest"):
        return []
    waiting = PublicityRequest.objects.waiting().filter(submission__in=Submission.objects.visible_to(user).values("pk"))
    found = waiting.aggregate(count=Count("pk"), since=Min("asked_at"))
    return [
        Line(_("Wishes that the public see less"), found["count"], link(PublicityRequest, answered="no"), found["since"])
    ]


def proposals(user):
    """Corrections and additions that no editor has decided about."""
    if not user.has_perm("submissions.view_proposal"):
        return []
    waiting = Proposal.objects.visible_to(user).waiting()
    found = waiting.aggregate(count=Count("pk"), since=Min("version__sent_at"))
    url = link(Proposal, status__exact="proposed")
    return [Line(_("Corrections and additions to be decided"), found["count"], url, found["since"])]


# Organisations -------------------------------------------------------------------------------------------------------

CLAIMS = {
    "submitted": lambda: _("Claims nobody has taken up"),
    "screening": lambda: _("Claims in screening"),
    "put_forward": lambda: _("Before Member States, outcome not recorded"),
}


def claims(user):
    if not user.has_perm("accreditation.view_accreditation"):
        return []
    last = AccreditationStep.objects.filter(accreditation=OuterRef("pk")).order_by("-at").values("at")[:1]
    waiting = Accreditation.objects.visible_to(user).filter(status__in=CLAIMS).annotate(since=Subquery(last))
    wanted = {f"{status}_count": Count("pk", filter=Q(status=status)) for status in CLAIMS}
    wanted |= {f"{status}_since": Min("since", filter=Q(status=status)) for status in CLAIMS}
    found = waiting.aggregate(**wanted)
    return [
        Line(label(), found[f"{status}_count"], link(Accreditation, status__exact=status), found[f"{status}_since"])
        for status, label in CLAIMS.items()
    ]


def requests_to_join(user):
    if not user.has_perm("accreditation.view_membership"):
        return []
    found = Membership.objects.asked().aggregate(count=Count("pk"), since=Min("asked_at"))
    return [Line(_("Requests to join an organisation"), found["count"], link(Membership, state="asked"), found["since"])]


def records(user):
    """Who asks to act for an organisation, and which of their records may be one."""
    return [*requests_to_join(user), *twins(user)]


def twins(user):
    """Pairs of records that may be one organisation."""
    if not user.has_perm("accreditation.view_resemblance"):
        return []
    found = Resemblance.objects.filter(verdict="open").aggregate(count=Count("pk"), since=Min("found_at"))
    return [Line(_("Possible twins to look at"), found["count"], link(Resemblance, verdict__exact="open"), found["since"])]


def registers(user):
    """Standings that a newer register touched, and copies that were read and wait for their second word."""
    lines = []
    if user.has_perm("accreditation.view_registertouch"):
        touched = touches_for(user).filter(settled_at__isnull=True)
        found = touched.aggregate(count=Count("pk"), since=Min("run__brought_in_at"))
        url = link(touched.model, settled="no")
        lines.append(Line(_("Standings touched by a register"), found["count"], url, found["since"]))
    if user.has_perm("accreditation.view_registerimport"):
        found = RegisterImport.objects.filter(state="read").aggregate(count=Count("pk"), since=Min("at"))
        url = link(RegisterImport, state__exact="read")
        lines.append(Line(_("Copies of registers to bring in or set aside"), found["count"], url, found["since"]))
    return lines


# Who takes part ------------------------------------------------------------------------------------------------------


def support(user):
    """Requests for support about which nothing is recorded yet."""
    if not user.has_perm("accreditation.view_supportrequest"):
        return []
    found = SupportRequest.objects.filter(status="requested").aggregate(count=Count("pk"), since=Min("requested_at"))
    url = link(SupportRequest, status__exact="requested")
    return [Line(_("Requests for support to be decided"), found["count"], url, found["since"])]


def speakers(user, at):
    """Sessions that take no more requests to speak and whose speakers are not chosen yet."""
    if not user.has_perm("accreditation.view_speakingrequest"):
        return []
    due = sessions_due(at)
    since = min((session.closed_at for session in due if session.closed_at), default=None)
    return [Line(_("Sessions whose speakers are to be chosen"), len(due), link(SpeakingRequest, answer="due"), since)]


# Duties, letters, files ----------------------------------------------------------------------------------------------


def milestones(user, at):
    if not user.has_perm("forums.view_milestone"):
        return []
    unmet = Milestone.objects.filter(met_on__isnull=True, waived_because="")
    open_ones = list(unmet.select_related("forum", "responsible"))
    nobodys = sum(is_watched(one) and not works_here(one.responsible) for one in open_ones)
    lines = [
        Line(label, sum(one.state(at).standing is standing for one in open_ones), url, late=standing is Standing.OVERDUE)
        for standing, label, url in (
            (Standing.OVERDUE, _("Overdue"), link(Milestone, standing="overdue")),
            (Standing.DUE_SOON, _("Due within four weeks"), link(Milestone, standing="due_soon")),
        )
    ]
    return [*lines, Line(_("Duties that nobody answers for"), nobodys, reverse(BOARD))]


LETTERS = {
    "failed": lambda: _("Letters given up"),
    "bounced": lambda: _("Letters that came back"),
    "stuck": lambda: _("Letters not sent for a quarter of an hour"),
    "held": lambda: _("Letters held"),
}


def letters(user, at):
    if not user.has_perm("forums.view_letter"):
        return []
    lines = []
    for state, label in LETTERS.items():
        found = letters_by_state(Letter.objects.visible_to(user), at)[state].aggregate(
            count=Count("pk"), since=Min("written_at")
        )
        lines.append(Line(label(), found["count"], link(Letter, state=state), found["since"], late=state != "held"))
    return lines


def wordings(user):
    """Own words that could not be filled in; the shipped letters went out instead."""
    if not user.has_perm("forums.change_wording"):
        return []
    wrong = Wording.objects.exclude(trouble="").count()
    return [Line(_("Wordings that could not be filled in"), wrong, link(Wording, trouble="yes"), late=True)]


def silent_steps(user, at):
    lines = []
    for model, permission, label, parents in (
        (SubmissionStep, "submissions.view_submissionstep", _("Steps of inputs without letters for a day"), Submission),
        (
            ProposalStep,
            "submissions.view_proposalstep",
            _("Steps of corrections and additions without letters for a day"),
            Proposal,
        ),
        (
            AccreditationStep,
            "accreditation.view_accreditationstep",
            _("Steps of accreditations without letters for a day"),
            Accreditation,
        ),
        (
            SpeakingRequestStep,
            "accreditation.view_speakingrequeststep",
            _("Steps of requests to speak without letters for a day"),
            None,
        ),
        (
            SupportRequestStep,
            "accreditation.view_supportrequeststep",
            _("Steps of requests for support without letters for a day"),
            None,
        ),
    ):
        if not user.has_perm(permission):
            continue
        seen = model.objects.all()
        if parents is not None:
            parent = model._meta.get_field(parents._meta.model_name).name
            seen = seen.filter(**{f"{parent}__in": parents.objects.visible_to(user).values("pk")})
        found = steps_by_letters(seen, at)["silent"].aggregate(count=Count("pk"), since=Min("at"))
        lines.append(Line(label, found["count"], link(model, letters="silent"), found["since"], late=True))
    return lines


def quarantine(user):
    if not user.has_perm("submissions.view_attachment"):
        return []
    files = files_of_sent(user)
    found = files.aggregate(
        waiting=Count("pk", filter=Q(verdict="waiting")),
        since=Min("added_at", filter=Q(verdict="waiting")),
        infected=Count("pk", filter=Q(verdict="infected")),
        held=Count("pk", filter=Q(verdict="clean", is_held=True)),
        held_since=Min("added_at", filter=Q(verdict="clean", is_held=True)),
    )
    no_scanner = "" if settings.CLAMD_SOCKET else _("No virus scanner is configured: only a person releases a file.")
    waiting = link(files.model, verdict__exact="waiting")
    infected = link(files.model, verdict__exact="infected")
    held = link(files.model, is_held__exact="1")
    return [
        Line(_("Files in quarantine"), found["waiting"], waiting, found["since"], note=no_scanner),
        Line(_("Files held because of what they carry"), found["held"], held, found["held_since"]),
        Line(_("Files refused by the virus scanner"), found["infected"], infected, late=True),
    ]


def sweeps(user, at):
    """Whether beat and worker are alive, and which sweeps went wrong."""
    if not user.has_perm("forums.view_sweep"):
        return []
    known = {sweep.name: sweep for sweep in Sweep.objects.all()}
    heartbeat = known.get("heartbeat")
    late = [sweep for sweep in known.values() if at - sweep.ran_at > LATE_AFTER]
    wrong = [sweep for sweep in known.values() if sweep.error]
    note = "" if heartbeat else _("The clock of the portal has never run.")
    if heartbeat in late:
        note = _("The clock of the portal stands still: no letter is sent and no file scanned until it runs again.")
    oldest = min((sweep.ran_at for sweep in late), default=None)
    return [
        Line(_("Sweeps that are late"), len(late) or int(heartbeat is None), link(Sweep), oldest, late=True, note=note),
        Line(_("Sweeps that went wrong"), len(wrong), link(Sweep), late=True),
    ]
