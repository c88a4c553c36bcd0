"""Support for participation (A/RES/73/326, paragraphs 16 and 17): asked for here, decided by others, recorded here.

Nothing here knows an amount or a rule: which groups support is for, the forum's own terms say.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import SupportRequest
from accreditation.models.organisation import Kind
from accreditation.models.terms import Group
from accreditation.operations.living import hold_living
from accreditation.participation import telling
from accreditation.participation.terms import terms_of
from forums.clock import database_now
from forums.refusals import Closed, Refused

Status = SupportRequest.Status
WORDS = ("person", "country", "needs", "words")
STAKEHOLDER = "stakeholder"
NO_STAKEHOLDERS = (Kind.MEMBER_STATE, Kind.INTERGOVERNMENTAL, Kind.UN_SYSTEM)
UNDECIDED = {"decided_on": None, "decided_by": "", "provided": "", "provided_by": ""}


def groups_of(terms, country, organisation) -> list[str]:
    """Which of the groups that this forum names apply: by flags of the country, by what the organisation is. Pure."""
    groups = [group for group in terms.support_groups if country is not None and getattr(country, group)]
    if terms.support_for_stakeholders and organisation.kind not in NO_STAKEHOLDERS:
        groups.append(STAKEHOLDER)
    return groups


def names_of(groups) -> list:
    """Groups in words."""
    words = {**dict(Group.choices), STAKEHOLDER: _("Other stakeholders")}
    return [words.get(group, group) for group in groups]


@transaction.atomic
def ask_for_support(organisation, *, forum, words, by, at=None):
    """Ask for support for one person; `words` has the columns of WORDS. Pressed twice, it is asked once."""
    at = at or database_now()
    terms, organisation = terms_of(forum), hold_living(organisation)
    _ask_whether_open(terms)
    there = SupportRequest.objects.filter(forum=forum, organisation=organisation, person__iexact=words["person"])
    if living := there.exclude(status=Status.WITHDRAWN).first():
        return _the_same(living, words)
    try:
        with transaction.atomic():
            made = SupportRequest.objects.create(
                forum=forum,
                organisation=organisation,
                requested_by=by,
                requested_at=at,
                eligible_as=groups_of(terms, words["country"], organisation),
                **{name: words[name] for name in WORDS},
            )
    except IntegrityError:
        return _the_same(there.exclude(status=Status.WITHDRAWN).get(), words)
    telling.asked_for_support(made, at=at)
    return made


def _the_same(living, words):
    if all(getattr(living, name) == words[name] for name in WORDS):
        return living
    raise Refused(_("Support was asked for this person already. Open that request to see where it stands."))


def _ask_whether_open(terms):
    if not terms.support_open:
        raise Closed(_("%(forum)s takes no requests for support at this time.") % {"forum": terms.forum})


def _locked(request):
    rows = SupportRequest.objects.select_for_update(of=("self",))
    return rows.select_related("forum", "organisation", "country").get(pk=request.pk)


@transaction.atomic
def change_request(request, *, words, by, at):
    """Change a request that is not decided yet; whom it is for stays."""
    kept = _locked(request)
    _ask_whether_open(terms_of(kept.forum))
    if kept.status != Status.REQUESTED:
        raise Refused(
            _("This request is “%(status)s” and cannot be changed now. To say more, write to the desk.")
            % {"status": kept.get_status_display()}
        )
    kept.country, kept.needs, kept.words = words["country"], words["needs"], words["words"]
    kept.eligible_as = groups_of(terms_of(kept.forum), kept.country, kept.organisation)
    kept.save(update_fields=["country", "needs", "words", "eligible_as"])
    return kept


@transaction.atomic
def withdraw_request(request, *, by, at, reason=""):
    """It is needed no more; what was recorded about it stays with its steps."""
    kept = _locked(request)
    kept.move(Status.WITHDRAWN, by=by, at=at, note=reason)
    return kept


def take_request_back(request, *, by, at):
    """Ask again with the same words, while support can be asked for."""
    try:
        with transaction.atomic():
            kept = _locked(request)
            _ask_whether_open(terms_of(kept.forum))
            groups = groups_of(terms_of(kept.forum), kept.country, kept.organisation)
            kept.move(Status.REQUESTED, by=by, at=at, only_from=(Status.WITHDRAWN,), eligible_as=groups, **UNDECIDED)
            return kept
    except IntegrityError as why:
        raise Refused(_("Support was asked for this person anew. Open that request to see where it stands.")) from why


# At the desk: what others decided, recorded ---------------------------------------------------------------------------


@transaction.atomic
def grant(request, *, decided_on, decided_by, provided="", provided_by="", by, at):
    """Record that support was granted: by whom and when; what was provided by whom can follow."""
    kept = _decided(request, at, decided_on)
    decision = {"decided_on": decided_on, "decided_by": decided_by, "provided": provided, "provided_by": provided_by}
    kept.move(Status.GRANTED, by=by, at=at, **decision)
    return kept


@transaction.atomic
def decline(request, *, decided_on, decided_by, reason="", by, at):
    """Record that support was not granted; the organisation reads the reason."""
    kept = _decided(request, at, decided_on)
    kept.move(Status.NOT_GRANTED, by=by, at=at, note=reason, decided_on=decided_on, decided_by=decided_by)
    return kept


def _decided(request, at, decided_on):
    kept = _locked(request)
    if decided_on > at.astimezone(kept.forum.zone).date():
        raise Refused(_("The decision cannot lie in the future. Check the date."))
    return kept


@transaction.atomic
def record_provision(request, *, provided, provided_by, by, at):
    """Record what was provided and by whom, once support was granted."""
    kept = _locked(request)
    if kept.status != Status.GRANTED:
        raise Refused(_("Only of support that was granted it is recorded what was provided."))
    kept.provided, kept.provided_by = provided, provided_by
    kept.save(update_fields=["provided", "provided_by"])
    return kept


@transaction.atomic
def look_again(request, *, reason, by, at):
    """Open a request again that was not granted; the organisation is told why."""
    kept = _locked(request)
    kept.move(Status.REQUESTED, by=by, at=at, note=reason, only_from=(Status.NOT_GRANTED,), **UNDECIDED)
    return kept
