"""Which entries are asked for, and which of them this reader may see. Querysets only."""

from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from accreditation.audit.showing import kinds
from accreditation.audit.tables import COPIES, table_of
from accreditation.models import Accreditation, AuditEntry, Organisation
from forums.typed import without_control

UTC = ZoneInfo("UTC")
VISIBLE = []  # (entries, user) -> entries: each floor takes away what is of a thing that the reader may not see


class AuditForm(forms.Form):
    """What the audit is narrowed by; every field may be left empty."""

    who = forms.CharField(label=_("Who"), required=False, max_length=254)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    act = forms.ChoiceField(label=_("What was done"), required=False)
    about = forms.CharField(label=_("Reference or key"), required=False, max_length=150)
    since = forms.DateField(label=_("From (UTC)"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To (UTC)"), required=False, widget=forms.DateInput({"type": "date"}))
    words = forms.CharField(label=_("Words or values"), required=False, max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = [("", _("Everything"))]
        self.fields["kind"].choices = everything + kinds()
        self.fields["act"].choices = everything + [pair for pair in AuditEntry.Act.choices if pair[0] != AuditEntry.Act.KEPT]

    def clean(self):
        return {name: without_control(value) if isinstance(value, str) else value for name, value in super().clean().items()}

    def narrow(self, entries):
        asked = self.cleaned_data
        if asked["who"]:
            entries = entries.filter(by__in=_people(asked["who"]))
        if asked["kind"]:
            entries = entries.filter(place=asked["kind"])
        if asked["act"]:
            entries = entries.filter(act=asked["act"])
        if asked["about"]:
            entries = entries.filter(_about(asked["about"].strip()))
        if asked["since"]:
            entries = entries.filter(at__gte=datetime.combine(asked["since"], time.min, UTC))
        if asked["until"]:
            entries = entries.filter(at__lt=datetime.combine(asked["until"], time.min, UTC) + timedelta(days=1))
        if asked["words"]:
            found = Q(changes__icontains=asked["words"]) | Q(words__icontains=asked["words"])
            found &= ~Q(place__in=[table_of(label) for label in COPIES])  # older entries hold what may be redacted since
            entries = entries.filter(found | Q(context__metadata__request=asked["words"]))
        return entries


def _people(words):
    people = get_user_model().objects
    found = people.filter(Q(email__iexact=words.strip()) | Q(name__icontains=words.strip()))
    return list(found.values_list("pk", flat=True)[:200])


def _about(words) -> Q:
    """A table and key as links have it, or what a person types: a reference, a key."""
    if ":" in words:
        return Q(about=words)
    known = AuditEntry.objects.filter(changes__contains=f'"{words}"', place="submissions_submission").values("about")
    return Q(row=words) | Q(about__endswith=f":{words}") | Q(about__in=known)


def shown_to(user):
    """The entries that this reader may see: no earlier states, which only carry a mark, and nothing of one's own side."""
    entries = AuditEntry.objects.exclude(act=AuditEntry.Act.KEPT).exclude(place="accreditation_auditentry")
    for narrow in VISIBLE:
        entries = narrow(entries, user)
    return entries.select_related("context").order_by("-pk")


def key_in(table, field):
    """The key of what an entry is about, as a column of that kind; nothing where it is about something else."""
    begin = f"{table}:"
    key = Cast(Substr("about", len(begin) + 1), field)
    return Case(When(about__startswith=begin, then=key), default=Value(None), output_field=field)


def only_where(entries, table, field, rows):
    """Entries about things of this table only where the thing is among the rows."""
    entries = entries.alias(audited=key_in(table, field))
    return entries.filter(~Q(about__startswith=f"{table}:") | Exists(rows.filter(pk=OuterRef("audited"))))


def _without_own_claims(entries, user):
    """Nobody looks into what their own organisation claims, nor into a claim that was not sent."""
    others = Accreditation.objects.exclude(status=Accreditation.Status.DRAFT)
    others = others.exclude(organisation__in=Organisation.objects.represented_by(user))
    return only_where(entries, Accreditation._meta.db_table, BigIntegerField(), others)


def _without_closed_rooms(entries, user):
    """What a room would not show a reader is not read here either: neither its rows nor what belongs to them."""
    closed = [
        model._meta.db_table
        for model in admin.site._registry
        if not user.has_perm(f"{model._meta.app_label}.{get_permission_codename('view', model._meta)}")
    ]
    about = reduce(or_, (Q(about__startswith=f"{table}:") for table in closed), Q(place__in=closed))
    return entries.exclude(about)


VISIBLE.append(_without_own_claims)
VISIBLE.append(_without_closed_rooms)
__all__ = ["VISIBLE", "AuditForm", "only_where", "shown_to"]
