"""Applications: begun once, saved incomplete, never overwritten by an older page, sent in time, withdrawn, taken back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Accreditation, Answer, BasisPoint
from accreditation.operations.lacking import missing, open_enquiry, points_writable
from accreditation.operations.living import hold_living
from accreditation.operations.timing import ask_the_window
from forums.clock import database_now
from forums.refusals import Refused

Status = Accreditation.Status
WRITABLE = (Status.DRAFT, Status.MORE_ASKED)
PEOPLE = ("women", "men", "others")


class Conflict(Refused):
    """Another page saved a later edition. `theirs` is the application as it now stands; nothing was overwritten."""

    def __init__(self, theirs):
        super().__init__(
            _("This application was saved elsewhere after you opened it. Both texts are below: take over what you need.")
        )
        self.theirs = theirs


def begin(organisation, *, forum, basis, by, at):
    """Begin the application of an organisation on that basis; one organisation has one at a time for a forum."""
    if not basis.in_use:
        raise Refused(_("“%(basis)s” cannot be claimed any more. Choose another basis.") % {"basis": basis})
    try:
        with transaction.atomic():
            organisation = hold_living(organisation)
            return Accreditation.objects.create(organisation=organisation, forum=forum, basis=basis, begun_at=at)
    except IntegrityError as why:
        raise Refused(
            _("This organisation has already said on which basis it takes part. Ask the desk to change it.")
        ) from why


def held(accreditation):
    """The application as it stands, held until the transaction ends."""
    rows = Accreditation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("basis", "forum", "organisation").get(pk=accreditation.pk)


def ask_whether_writable(accreditation):
    if accreditation.status not in WRITABLE:
        raise Refused(_("This application was sent and cannot be changed now. If it must change, write to the desk."))


@transaction.atomic
def choose_basis(accreditation, *, basis, by, at):
    """Go on with a draft on another basis; what was answered for the former one stays and comes back with it."""
    kept = held(accreditation)
    if kept.status != Status.DRAFT:
        raise Refused(_("The basis of an application that was sent is not changed. Withdraw it and begin again."))
    if not basis.in_use:
        raise Refused(_("“%(basis)s” cannot be claimed any more. Choose another basis.") % {"basis": basis})
    Accreditation.objects.filter(pk=kept.pk).update(basis=basis, edition=kept.edition + 1, confirms=None)
    kept.refresh_from_db()
    return kept


@transaction.atomic
def save_application(accreditation, *, by, at, edition, answers, people=None, reply=None):
    """Save what was typed, complete or not: `answers` point -> text, `people` of PEOPLE, the `reply` to the desk.

    While the desk asks, only the points it named and the reply are writable. Raises Conflict when the page was older.
    """
    kept = held(accreditation)
    ask_whether_writable(kept)
    if kept.edition != edition:
        raise Conflict(kept)
    allowed = {point.pk: point for point in points_writable(kept)}
    for point, text in answers.items():
        if point.pk in allowed and point.kind != BasisPoint.Kind.FILE:
            Answer.objects.update_or_create(accreditation=kept, point=point, defaults={"text": text})
    changes = {name: people[name] for name in PEOPLE if people and name in people and kept.status == Status.DRAFT}
    if reply is not None and (enquiry := open_enquiry(kept)):
        enquiry.reply = reply
        enquiry.save(update_fields=["reply"])
    Accreditation.objects.filter(pk=kept.pk).update(edition=kept.edition + 1, **changes)
    kept.refresh_from_db()
    return kept


@transaction.atomic
def send(accreditation, *, by, at=None):
    """Put an application, or the answer to the desk's question, before the desk; sent twice it was sent once.

    `at` is for tests and the demonstration; otherwise the database's clock decides whether the call is open. Who was asked
    back answers after the closing too.
    """
    at = at or database_now()
    kept = held(accreditation)
    if kept.status == Status.SUBMITTED:
        return kept
    ask_whether_writable(kept)
    enquiry = open_enquiry(kept)
    if kept.status == Status.DRAFT:
        ask_the_window(kept.forum, kept.basis, at)
    if lacks := missing(kept):
        raise Refused(" ".join(str(lack.sentence) for lack in lacks))
    kept.move(Status.SUBMITTED, by=by, at=at, note=enquiry.reply if enquiry else "")
    if enquiry:
        enquiry.answered_at = at
        enquiry.save(update_fields=["answered_at"])
    return kept


@transaction.atomic
def withdraw_application(accreditation, *, by, at, reason=""):
    """Take an application back, or give a standing up; everything in it stays and comes back with `take_back`."""
    kept = held(accreditation)
    return kept.move(Status.WITHDRAWN, by=by, at=at, note=reason)


def take_back(accreditation, *, by, at):
    """Make a withdrawn application a draft again; what was decided about it before holds no more."""
    try:
        with transaction.atomic():
            kept = held(accreditation)
            empty = {"decided_on": None, "decided_by": "", "evidence": "", "terms": {}, "holds_until": None}
            kept.move(Status.DRAFT, by=by, at=at, register_entry=None, **empty)
            if enquiry := open_enquiry(kept):  # the whole draft is writable again, so nothing is left to be asked
                enquiry.answered_at = at
                enquiry.save(update_fields=["answered_at"])
            return kept
    except IntegrityError as why:
        raise Refused(
            _("This organisation has begun another application for the same forum. Withdraw that one first.")
        ) from why
