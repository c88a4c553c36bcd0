"""The lists of the rooms of the desk: a page is found by its keys, the addresses of its lines are sought once."""

from uuid import UUID

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models.sql.where import WhereNode
from django.urls import reverse
from django.utils.functional import cached_property


class PageByKeys(Paginator):
    """Finds the keys of a page first, so that what is looked up about each row is looked up for fifty, however far in."""

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = _bare(self.object_list.values("pk"))[first : min(first + self.per_page, self.count)]
        rows = self.object_list.all()
        rows.query.where = WhereNode()  # the keys were found by all conditions; no row is asked again
        return self._get_page(rows.filter(pk__in=keys), number, self)


def _bare(keys):
    """Without what is looked up about each row, unless the order asks for it; conditions have in them what they compare."""
    query = keys.query
    if query.group_by is None and not any(_is_looked_up(field, query) for field in query.order_by):
        query.annotations = {}
    return keys


def _is_looked_up(field, query) -> bool:
    return not isinstance(field, str) or field.removeprefix("-").partition("__")[0] in query.annotations


class RoomList(ChangeList):
    """As Django's, which seeks anew for each line where its address leads, only to add the filters that all lines share."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.kept, self.preserved_filters = self.preserved_filters, ""

    def url_for_result(self, result):
        key = getattr(result, self.pk_attname)
        before, after = self.around_a_key
        url = f"{before}{key}{after}" if isinstance(key, int | UUID) else super().url_for_result(result)
        return f"{url}?{self.kept}" if self.kept else url

    @cached_property
    def around_a_key(self):
        """What stands before and after the key in the address of a line."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=("-",), current_app=self.model_admin.admin_site.name).rsplit("-", 1)
