"""The nightly purge: what is kept about people goes after its term, table by table; a dry run says what would go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models import Invitation, Membership, Registration, SpeakingRequest, User
from accreditation.personal.erasing import erase
from accreditation.personal.parts import passing_histories
from accreditation.personal.who import who_is
from forums.models import FormerWords, Letter
from forums.refusals import Refused

BATCH = 1000  # rows of one statement


@dataclass(frozen=True)
class Term:
    """One kind of rows that go, or lose their words, so many days after something; `why` is for the report."""

    code: str
    name: str
    why: str
    days: str  # the setting
    due: Callable  # (until) -> rows
    act: Callable  # (rows, at) -> None
    most: int = 100 * BATCH  # of one night; the others follow in the next

    def rows(self, at):
        return self.due(at - timedelta(days=getattr(settings, self.days)))


@dataclass(frozen=True)
class Line:
    """What of one term went, or in a dry run would go."""

    term: Term
    done: int
    days: int


def purge(*, at, dry_run=False) -> list[Line]:
    """Go through all terms; returns a line for each. A dry run counts and changes nothing."""
    lines = []
    for term in TERMS:
        rows = term.rows(at)
        done = rows.count() if dry_run else _go_through(term, rows, at)
        lines.append(Line(term, done, getattr(settings, term.days)))
    return lines


def _go_through(term, rows, at) -> int:
    """Some rows a transaction, so that nobody waits long; the rest follows in the next night."""
    keys = list(rows.values_list("pk", flat=True)[: term.most])
    for begin in range(0, len(keys), BATCH):
        with transaction.atomic():
            term.act(rows.model._base_manager.filter(pk__in=keys[begin : begin + BATCH]), at)
    return len(keys)


# What is due ---------------------------------------------------------------------------------------------------------


def letters_with_words(until):
    """Sent or given up long ago, and still saying something; the row stays: what was written to whom, and when."""
    over = Letter.objects.filter(Q(sent_at__lte=until) | Q(failed=True, written_at__lte=until))
    return over.exclude(text="", html="", subject="")


def strip_letters(rows, at):
    FormerWords.objects.filter(letter__in=rows).delete()
    rows.update(subject="", text="", html="", last_error="", bounce="")


def invitations_over(until):
    """Ended without anybody joining: late or taken back."""
    over = Q(expires_at__lte=until) | Q(taken_back_at__lte=until)
    return Invitation.objects.filter(over, used_at=None)


def requests_over(until):
    """What somebody wrote who asked to join, long after the membership or the request ended."""
    ended = Membership.objects.filter(until__lte=until).exclude(message="")
    return ended.exclude(ended=Membership.Ended.BY_DESK)  # there it is the reason of the desk


def forget_messages(rows, at):
    """In the history as well."""
    keys = list(rows.values_list("pk", flat=True))
    rows.update(message="")
    with passing_histories():
        Membership._meta.get_field("history").related_model.objects.filter(pgh_obj__in=keys).update(message="")


def registered_needs(until):
    return Registration.objects.filter(accreditation__forum__last_day__lte=until.date()).exclude(access_needs="")


def speakers_needs(until):
    return SpeakingRequest.objects.filter(accreditation__forum__last_day__lte=until.date()).exclude(access_needs="")


def never_confirmed(until):
    """Accounts whose address nobody ever confirmed, so nobody ever used them; not those made by an administrator."""
    own = EmailAddress.objects.filter(user=OuterRef("pk"))
    acts = Membership.objects.filter(user=OuterRef("pk"))
    people = User.objects.filter(date_joined__lte=until, last_login=None, is_staff=False, is_superuser=False, erased_at=None)
    return people.filter(Exists(own), ~Exists(own.filter(verified=True)), ~Exists(acts)).order_by("pk")


def erase_accounts(rows, at):
    for account in rows:
        try:
            erase(who_is(account), by=None, at=at, letter=False)
        except Refused:  # it was confirmed, or went, meanwhile
            continue


TERMS = (
    Term(
        "letters",
        _("Words of letters"),
        _("The log keeps which letter went to whom and when; its words are not needed any more."),
        "LETTERS_KEPT_DAYS",
        letters_with_words,
        strip_letters,
    ),
    Term(
        "invitations",
        _("Invitations that nobody used"),
        _("They hold an address of somebody who did not join."),
        "INVITATIONS_KEPT_DAYS",
        invitations_over,
        lambda rows, at: rows.delete(),
    ),
    Term(
        "messages",
        _("Messages of people who asked to join"),
        _("The request was answered, or the membership ended."),
        "INVITATIONS_KEPT_DAYS",
        requests_over,
        forget_messages,
    ),
    Term(
        "needs",
        _("Access needs of registered persons"),
        _("The forum is over; nobody arranges for them any more."),
        "NEEDS_KEPT_DAYS",
        registered_needs,
        lambda rows, at: rows.update(access_needs=""),
    ),
    Term(
        "speakers_needs",
        _("Access needs of speakers"),
        _("The forum is over; nobody arranges for them any more."),
        "NEEDS_KEPT_DAYS",
        speakers_needs,
        lambda rows, at: rows.update(access_needs=""),
    ),
    Term(
        "accounts",
        _("Accounts whose address was never confirmed"),
        _("Nobody can sign in with them."),
        "UNCONFIRMED_KEPT_DAYS",
        never_confirmed,
        erase_accounts,
        most=50,
    ),
)
