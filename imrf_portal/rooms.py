"""The rooms of the desk that somebody may enter, for the list beside every page."""

from contextlib import suppress
from functools import cache

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst


def rooms_of(site, request, only="") -> dict:
    """App label -> what Django's list of apps says of it: the same words, of one app where `only` names it.

    Django seeks the addresses of all rooms anew for every page, a hundred of them; here they are sought once in a process.
    """
    found = {}
    for model, room in site._registry.items():
        label = model._meta.app_label
        if only in ("", None, label) and room.has_module_permission(request):
            permits = room.get_model_perms(request)
            if True in permits.values():
                found.setdefault(label, _app(label, site.name))["models"].append(_room(model, permits, site.name))
    return found


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
