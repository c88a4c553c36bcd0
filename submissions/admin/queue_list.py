"""The list of the queue: ordered by names of columns, not by their places, which each person may change."""

from django.contrib.admin.views.main import ORDER_VAR

from forums.admin.lists import RoomList
from submissions import permissions
from submissions.admin import columns, filters
from submissions.admin.choices import NO_VIEW
from submissions.admin.queue_rows import on_the_page


class QueueList(RoomList):
    """As Django's; `o=-received.author` means the same whichever columns are shown, in a view, on the review page."""

    def __init__(self, request, *args, **kwargs):
        self.oversees = permissions.sees_reviewers(request.user)
        super().__init__(request, *args, **kwargs)

    everything = f"?view={NO_VIEW}"  # the bare address opens the view that this person starts with

    def get_queryset(self, request, exclude_parameters=None):
        found = super().get_queryset(request, exclude_parameters)
        self.clear_all_filters_qs = self.get_query_string({"view": NO_VIEW}, remove=list(filters.NARROW))
        return found

    def get_results(self, request):
        super().get_results(request)
        self.result_list = on_the_page(request, self.result_list, self.list_display)

    def get_ordering(self, request, queryset):
        return columns.order_of(self.params.get(ORDER_VAR, ""), oversees=self.oversees)

    def get_ordering_field_columns(self):
        """Place in the list -> asc or desc, for the heads of the columns."""
        asked = self.params.get(ORDER_VAR, "") or "-received"
        places = {name: place for place, name in enumerate(self.list_display)}
        return {
            places[part.removeprefix("-")]: "desc" if part.startswith("-") else "asc"
            for part in asked.split(".")
            if part.removeprefix("-") in places and part.removeprefix("-") in columns.ORDERS
        }

    def get_query_string(self, new_params=None, remove=None):
        """The heads of the columns ask by places; the address says names."""
        asked = dict(new_params or {})
        if asked.get(ORDER_VAR):
            asked[ORDER_VAR] = ".".join(filter(None, map(self._named, str(asked[ORDER_VAR]).split("."))))
        return super().get_query_string(asked, remove)

    def _named(self, part):
        place = part.removeprefix("-")
        if not (place.isdecimal() and int(place) < len(self.list_display)):
            return part if place in columns.ORDERS else ""
        return f"{'-' if part.startswith('-') else ''}{self.list_display[int(place)]}"
