"""What every page needs: the current forum, this page's address in each language, whether demo content is loaded."""

from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now
from django.utils.translation import get_language

from accreditation.standing_in import is_standing_in
from forums.operations import unseen
from forums.prepared import rows_of

OWN_NAMES = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


FORUMS = "SELECT slug, first_day, last_day, demonstration FROM forums_forum ORDER BY first_day DESC NULLS FIRST"


class ForumInShort(NamedTuple):
    slug: str
    first_day: date | None
    last_day: date | None
    demonstration: bool


def portal(request):
    """Everything is lazy: a page that shows none of it asks the database nothing."""
    forums = SimpleLazyObject(lambda: getattr(request, "forums", None) or forums_in_short())
    today, match = now().date(), getattr(request, "resolver_match", None)
    return {
        "current_forum": SimpleLazyObject(lambda: current(forums, today)),
        "demo_loaded": SimpleLazyObject(lambda: any(forum.demonstration for forum in forums)),
        "at_forum": match.kwargs.get("slug", "") if match and match.view_name == "forums:forum" else "",
        "in_my": "/my/" in request.path,
        "site_languages": languages_of(request),
        "signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES and _is_person(request),
        "is_staff_person": settings.SESSION_COOKIE_NAME in request.COOKIES and _is_person(request) and request.user.is_staff,
        "standing_in": settings.SESSION_COOKIE_NAME in request.COOKIES and is_standing_in(request),
        "unseen_letters": partial(_unseen, request),
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        "request_id": getattr(request, "id", ""),
    }


def forums_in_short() -> list:
    """What the frame says of forums, in their order; every page asks it, and whole forums have many columns."""
    return [ForumInShort(*row) for row in rows_of(FORUMS)]


def current(forums, today):
    """As Forum.objects.current: the forum under way or next, else the last one held, else any."""
    dated = [forum for forum in forums if forum.last_day]
    coming = sorted((forum for forum in dated if forum.last_day >= today), key=lambda forum: forum.first_day)
    held = sorted((forum for forum in dated if forum.last_day < today), key=lambda forum: forum.last_day)
    return (coming or held[-1:] or list(forums) or [None])[0]


def languages_of(request) -> list[dict]:
    """This page in each language, with the same filters."""
    query = request.GET.copy()
    query.pop("lang", None)
    keep = query.urlencode()
    addresses = in_each_language(request)
    languages = []
    for code, name in OWN_NAMES.items():
        if addresses is None:
            query["lang"] = code
            url = f"{request.path}?{query.urlencode()}"
        else:
            url = addresses[code] + (f"?{keep}" if keep else "")
        languages.append({"code": code, "name": name, "url": url, "current": code == get_language()})
    return languages


def in_each_language(request) -> dict | None:
    """The address of this page by language, without its filters; None where the address says no language.

    As translate_url writes it for each, but written once: addresses differ by nothing but the language that they begin with.
    """
    path, begins = request.path, request.path.split("/")[1]
    if begins not in OWN_NAMES or (match := _match_of(request)) is None:
        return None
    if unquote(path) != path or {"?", "#"} & set(path):
        return {code: translate_url(path, code) for code in OWN_NAMES}
    name = f"{match.namespace}:{match.url_name}" if match.namespace else match.url_name
    try:
        address = reverse(name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return dict.fromkeys(OWN_NAMES, path)
    return {code: f"/{code}/{address.removeprefix(f'/{begins}/')}" for code in OWN_NAMES}


def _match_of(request):
    """What the address leads to; None for an address that leads nowhere."""
    match = getattr(request, "resolver_match", None)
    if match is not None and request.path == request.path_info:
        return match
    try:
        return resolve(request.path)
    except Resolver404:
        return None


def _unseen(request) -> int:
    """How many letters to this person are new; asked only where a page shows it."""
    return unseen(request.user, now()) if _is_person(request) else 0


def _is_person(request) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
