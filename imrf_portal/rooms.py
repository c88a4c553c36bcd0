"""The rooms of the desk that somebody may enter, for the list beside every page."""

from contextlib import suppress
from functools import cache, lru_cache

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

KEPT_READY = 64  # sets of permissions of which a process knows the rooms


def rooms_of(site, request, only="") -> dict:
    """App label -> what Django's list of apps says of it: the same words, of one app where `only` names it.

    Django seeks the addresses of all rooms anew for every page, a hundred of them; here they are sought once in a process,
    and who holds the same permissions enters the same rooms.
    """
    found, user = {}, request.user
    held = frozenset() if user.is_superuser else frozenset(user.get_all_permissions())
    for model, permits in _permitted(site, _Asks(user, user.is_active, user.is_superuser, held)):
        label = model._meta.app_label
        if only in ("", None, label):
            found.setdefault(label, _app(label, site.name))["models"].append(_room(model, dict(permits), site.name))
    return found


class _Asks:
    """A request as the rooms ask it: only for its user; equal where the permissions are."""

    def __init__(self, user, *standing):
        self.user, self.standing = user, standing

    def __eq__(self, other):
        return self.standing == other.standing

    def __hash__(self):
        return hash(self.standing)


@lru_cache(maxsize=KEPT_READY)
def _permitted(site, asks) -> list:
    """The models whose rooms may be entered, each with what may be done there."""
    rooms = [(model, room) for model, room in site._registry.items() if room.has_module_permission(asks)]
    found = [(model, room.get_model_perms(asks)) for model, room in rooms]
    asks.user = None  # what is kept ready keeps nobody
    return [(model, permits) for model, permits in found if True in permits.values()]


def _app(label, site):
    return {
        "name": apps.get_app_config(label).verbose_name,
        "app_label": label,
        "app_url": _address("app_list", label, site),
        "has_module_perms": True,
        "models": [],
    }


def _room(model, permits, site):
    named = f"{model._meta.app_label}_{model._meta.model_name}"
    sees = permits.get("view") or permits.get("change")
    return {
        "model": model,
        "name": capfirst(model._meta.verbose_name_plural),
        "object_name": model._meta.object_name,
        "perms": permits,
        "admin_url": _address(f"{named}_changelist", "", site) if sees else None,
        "add_url": _address(f"{named}_add", "", site) if permits.get("add") else None,
        "view_only": not permits.get("change"),
    }


@cache
def _address(name, label, site):
    """None where a room has no such page."""
    with suppress(NoReverseMatch):
        return reverse(f"admin:{name}", kwargs={"app_label": label} if label else {}, current_app=site)
