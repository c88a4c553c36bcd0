"""The lists from which an author ticks. They are read where a page shows them; a saving only asks whether a key is known."""

from functools import cache

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from forums.models import Country, GuidingPrinciple, Objective, Region
from submissions.typed_fields import Ticks

NOWHERE = "~"


class Listed(Ticks):
    """Ticks from the rows of a vocabulary. Saving asks only for its keys, in one statement, and only where one is ticked."""

    def __init__(self, *, model, **kwargs):
        super().__init__(**kwargs)
        self.model = model

    def __deepcopy__(self, memo):
        field = super().__deepcopy__(memo)
        field.known = None
        return field

    def valid_value(self, value):
        if self.known is None:
            self.known = {str(key) for key in self.model.objects.order_by().values_list("pk", flat=True)}
        return str(value) in self.known

    def ask_once(self, choices):
        """`choices` is asked for when somebody first looks at them, and then kept for this page."""
        self.choices = cache(choices)


def objectives_listed():
    return [(str(one.number), str(one)) for one in Objective.objects.all()]


def principles_listed():
    return [(str(one.number), str(one)) for one in GuidingPrinciple.objects.all()]


def regions_listed():
    return [(region.code, region.name) for region in Region.objects.all()]


def countries_by_region(regions) -> list:
    """Countries under the first of their regions, by name in the language of the page; those in none at the end."""
    names = dict(regions) | {NOWHERE: _("Other countries and areas")}
    groups = {code: [] for code in names}
    for country in Country.objects.annotate(area=Min("regions__code")):
        groups[country.area or NOWHERE].append((country.iso3, country.name))
    return [(names[code], sorted(group, key=lambda choice: choice[1])) for code, group in groups.items() if group]


def show_lists(fields):
    """Give the lists of a page what they are ticked from."""
    regions = cache(regions_listed)
    fields["objectives"].ask_once(objectives_listed)
    fields["principles"].ask_once(principles_listed)
    fields["regions"].ask_once(regions)
    fields["countries"].ask_once(lambda: countries_by_region(regions()))
