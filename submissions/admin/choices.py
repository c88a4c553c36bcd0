"""What this person chose for the queue, and the views they may open: one statement a request."""

import json
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.http import QueryDict
from django.utils.http import urlencode

from accreditation.models import User
from forums.remembered import remembered
from submissions.admin import columns
from submissions.models import QueueChoice, SavedView

MOST_SHOWN = 100
KEPT = ("q", "o", "status", "reviewer", "forum", "call", "level", "language", "publish_as")  # of an address, in a view
NO_VIEW = "none"


@dataclass
class Chosen:
    columns: list = field(default_factory=list)
    keys: bool = True
    start: int | None = None
    views: list = field(default_factory=list)  # of dicts: pk, name, query, columns, shared, own, url

    def view(self, key):
        """The view of that key, or nothing where there is none for this person."""
        return next((view for view in self.views if str(view["pk"]) == str(key)), None)


def chosen_by(request) -> Chosen:
    """Asked once a request."""
    if not hasattr(request, "chosen_for_queue"):
        request.chosen_for_queue = _read(request.user)
    return request.chosen_for_queue


def keys_are_on(user) -> bool:
    """Whether single keys act for this person, where nothing else of their choices is needed."""
    return not QueueChoice.objects.filter(user=user.pk, keys=False).exists()


def _read(user) -> Chosen:
    with connection.cursor() as cursor:
        cursor.execute(*remembered(_asked, user.pk))
        [(found,)] = cursor.fetchall() or [("{}",)]
    found = json.loads(found)
    for view in found.get("views", ()):
        view |= {"own": view["owner"] == user.pk, "url": f"?{address_of(view)}"}
    return Chosen(views=found.get("views", []), **(found.get("chosen") or {}))


def _asked(somebody):
    """One text of JSON; put together once, since that takes four times as long as asking it."""
    row = QueueChoice.objects.filter(user=OuterRef("pk")).values(
        shape=JSONObject(columns="columns", keys="keys", start="start")
    )
    words = {name: name for name in ("pk", "name", "query", "columns", "shared")} | {"owner": F("owner")}
    views = SavedView.objects.visible_to(User(pk=somebody)).order_by("name", "pk").values(shape=JSONObject(**words))
    both = JSONObject(chosen=Subquery(row), views=ArraySubquery(views[:MOST_SHOWN]))
    return User.objects.filter(pk=somebody).values_list(Cast(both, TextField())).query.sql_with_params()


def address_of(view) -> str:
    """The query string that opens a view: itself, so that its columns are known, and what it asks for."""
    return "&".join(part for part in (urlencode({"view": view["pk"]}), view["query"]) if part)


def worth_keeping(address: str) -> str:
    """Of an address of the queue what a view keeps: its search line, filters and order."""
    asked = QueryDict(address.removeprefix("?"))
    return urlencode([(name, asked[name]) for name in KEPT if asked.get(name)])


def columns_for(request, *, oversees: bool) -> list:
    """The columns of the open view, else those this person chose, else the usual ones."""
    chosen = chosen_by(request)
    view = chosen.view(request.GET.get("view", ""))
    found = columns.known(view["columns"] if view else []) or columns.known(chosen.columns) or list(columns.USUAL)
    return found if oversees else [columns.ANONYMOUS if name == columns.COLLEAGUES else name for name in found]
