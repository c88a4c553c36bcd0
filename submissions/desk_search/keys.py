"""The keys of the search line: what each finds, which values it takes, and an example for the help sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accreditation.models.organisation import Kind
from forums.models.call import Level
from submissions.desk_search import conditions as asks
from submissions.desk_search import values
from submissions.desk_search.as_sent import has_waited_since
from submissions.due import overdue
from submissions.models import Submission

Status = Submission.Status
SHORT = {  # shorter words for statuses, lower case
    "sent": Status.SUBMITTED,
    "review": Status.UNDER_REVIEW,
    "clarification": Status.CLARIFICATION_ASKED,
    "declined": Status.NOT_ADMISSIBLE,
}


@dataclass(frozen=True)
class Key:
    """`find` makes a condition of a term; `known` lists the values it takes, for the help sheet, where they are few."""

    label: str
    example: str
    find: Callable  # (term, asker) -> Q or AsSent
    known: Callable = lambda asker: ()


def choice(label, example, known, condition, aliases=()):
    """A key whose values are codes or their words."""

    def find(term, asker):
        values.refuse_sign(term)
        return condition(values.codes_of(term, known(asker), aliases), asker)

    return Key(label, example, find, known)


# Values --------------------------------------------------------------------------------------------------------------


def statuses(asker):
    """Those this person may see: drafts are nobody's, what was taken back is for those who oversee the reviews."""
    hidden = {Status.DRAFT} if asker.oversees else {Status.DRAFT, Status.WITHDRAWN}
    return [(code, word) for code, word in Status.choices if code not in hidden]


def things(asker):
    return [("files", _t("Files")), ("notes", _t("Internal notes")), ("cosponsors", _t("Co-sponsors"))]


KEYS = {
    "status": choice(_("Status"), "status:review", statuses, lambda codes, asker: Q(status__in=codes), SHORT.items()),
    "reviewer": Key(_("Reviewer: me, none, any, or a name"), "reviewer:me", asks.by_reviewer),
    "age": Key(_("How long it waits at its status"), "age:>5d", asks.by_age),
    "received": Key(_("Day received, where the forum meets"), "received:2026-11-01..2026-11-20", asks.by_day),
    "level": choice(_("Level"), "level:national,local", lambda asker: Level.choices, asks.by_column("level")),
    "obj": Key(_("Objective, 1 to 23"), "obj:7", asks.by_objective),
    "country": Key(_("Country it is about, by ISO code or name"), "country:KE", asks.by_country),
    "region": choice(_("Region"), "region:ECA", lambda asker: asker.regions, asks.by_link("regions", "region")),
    "lang": choice(_("Language"), "lang:fr,es", lambda asker: settings.LANGUAGES, asks.by_column("language")),
    "kind": choice(
        _("Kind of stakeholder"),
        "kind:nhri",
        lambda asker: Kind.choices,
        lambda codes, asker: Q(organisation__kind__in=codes),
    ),
    "basis": choice(_("Basis of the organisation's standing"), "basis:ecosoc", lambda asker: asker.bases, asks.by_basis),
    "forum": choice(
        _("Forum"), "forum:2026", lambda asker: asker.forums, lambda codes, asker: Q(call__forum__slug__in=codes)
    ),
    "call": choice(_("Call"), "call:inputs", lambda asker: [(call.slug, str(call)) for call in asker.calls], asks.by_call),
    "words": Key(_("Words of the text"), "words:>500", asks.by_words),
    "has": choice(_("What hangs on it"), "has:files", things, asks.by_thing),
    "public": choice(
        _("What the public may see"),
        "public:desk",
        lambda asker: Submission.PublishAs.choices,
        lambda codes, asker: Q(publish_as__in=codes),
    ),
}
FLAGS = {
    "unassigned": (_("Nobody reviews it"), lambda asker: Q(reviewer=None)),
    "overdue": (_("Waits longer than the desk aims at"), lambda asker: overdue(asker.at, has_waited_since)),
    "mentioned": (_("A note mentions you, and you have not said that you saw it"), asks.mentioning),
    "late": (_("Received after the deadline"), lambda asker: Q(received_late=True)),
}
