"""What the keys of the search line ask of an input: one condition each. `asker` says who asks, and when."""

from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import DateField, Exists, F, Func, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accreditation.models import Accreditation
from submissions.desk_search import values
from submissions.desk_search.as_sent import AsSent, has_waited_since, linked, newest_words
from submissions.desk_search.values import Misunderstood
from submissions.models import Attachment, CoSponsor, Mention, Note, Submission

Status = Submission.Status
WAITING = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.CLARIFICATION_ASKED, Status.ACCEPTED)


def by_column(column):
    """Of a column that its author may be changing."""

    def find(codes, asker):
        return AsSent(Q(**{f"{column}__in": codes}), Q(**{f"content__{column}__in": codes}))

    return find


def by_link(name, column):
    return lambda codes, asker: linked(name, column, codes)


def by_basis(codes, asker):
    claims = Accreditation.objects.filter(organisation=OuterRef("organisation"), forum=OuterRef("call__forum")).live()
    return Q(Exists(claims.exclude(status=Accreditation.Status.DRAFT).filter(basis__in=codes)))


def by_objective(term, asker):
    if not term.sign:
        return linked("objectives", "objective", _objectives(term, term.values))
    low, high = 1, 23
    for lookup, number in values.spans(term, values.number)[0].items():
        low = max(low, number + (lookup == "gt")) if lookup in ("gt", "gte") else low
        high = min(high, number - (lookup == "lt")) if lookup in ("lt", "lte") else high
    return linked("objectives", "objective", range(low, high + 1))


def _objectives(term, typed):
    found = [values.number(term, value) for value in typed]
    if unknown := [number for number in found if not 1 <= number <= 23]:
        raise Misunderstood(values.unknown_value(term, str(unknown[0]), ["1", "2", "…", "23"]))
    return found


def by_words(term, asker):
    asked = (Q(**{f"newest_words__{lookup}": n for lookup, n in span.items()}) for span in values.spans(term, values.number))
    return newest_words(reduce(or_, asked))


def by_age(term, asker):
    """How long it has had its status, as the column of the list says; what waits for nobody has no age."""
    found = Q()
    for span in values.spans(term, values.age):
        found |= reduce(lambda all_, one: all_ & _older(*one, asker.at), span.items(), Q())
    return Q(status__in=WAITING) & found


def _older(lookup, age, at):
    if lookup == "exact":  # age:5d is the whole fifth day
        return has_waited_since(at - age) & ~Q(has_waited_since(at - age - timedelta(days=1), exactly=True))
    waited = {"gte": has_waited_since(at - age), "gt": has_waited_since(at - age, exactly=False)}
    return waited[lookup] if lookup in waited else ~waited["gte" if lookup == "lt" else "gt"]


def by_day(term, asker):
    """Days of the forum's city; the wider span of instants lets the index find them first."""
    zoned = Func(F("call__forum__time_zone"), F("received_at"), function="timezone")
    found = Q()
    for span in values.spans(term, values.day):
        near = {f"received_at__{_side(lookup)}": _around(lookup, day) for lookup, day in span.items() if lookup != "exact"}
        if "exact" in span:
            near = {f"received_at__{side}": _around(side, span["exact"]) for side in ("gte", "lte")}
        found |= Q(**near) & Q(**{f"received_day__{lookup}": day for lookup, day in span.items()})
    asker.needs["received_day"] = Cast(zoned, DateField())
    return found


def _side(lookup):
    return "gte" if lookup.startswith("g") else "lte"


def _around(lookup, day):
    shift = timedelta(days=-1) if lookup.startswith("g") else timedelta(days=2)
    return datetime.combine(day, time(), UTC) + shift


def by_reviewer(term, asker):
    """Mine, nobody's, somebody's; by name only for those who know who reviews what."""
    values.refuse_sign(term)
    found = Q()
    for value in term.values:
        plain = {"me": Q(reviewer=asker.user), "none": Q(reviewer=None), "any": Q(reviewer__isnull=False)}
        if value.casefold() in plain:
            found |= plain[value.casefold()]
        elif asker.oversees:
            found |= Q(reviewer__name__icontains=value) | Q(reviewer__email__iexact=value)
        else:
            raise Misunderstood(values.unknown_value(term, value, list(plain)))
    return found


def with_files(asker):
    """Of one that its author is changing, the files of what was sent."""
    there = Q(Exists(Attachment.objects.stored().filter(submission=OuterRef("pk"))))
    return AsSent(there, ~Q(content__files=[])).whole


THINGS = {
    "files": with_files,
    "notes": lambda asker: Q(Exists(Note.objects.filter(submission=OuterRef("pk")))),
    "cosponsors": lambda asker: Q(Exists(CoSponsor.objects.named().filter(submission=OuterRef("pk")))),
}


def by_thing(codes, asker):
    return reduce(or_, (THINGS[code](asker) for code in codes))


def mentioning(asker):
    """A note names the asker, who has not said that they saw it."""
    waiting = Mention.objects.filter(person=asker.user.pk, seen_at=None)
    return Q(pk__in=waiting.values("note__submission"))


def by_call(codes, asker):
    return Q(call__in=[call.pk for call in asker.calls if call.slug in codes])


def by_country(term, asker):
    values.refuse_sign(term)
    found = []
    for value in term.values:
        if value.casefold() not in asker.countries:
            sentence = _("“%(typed)s”: “%(value)s” is no country here. Use a code of ISO 3166, as in country:KE.")
            raise Misunderstood(sentence % {"typed": term.typed, "value": value})
        found.append(asker.countries[value.casefold()])
    return linked("countries", "country", found)
