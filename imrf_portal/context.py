"""What every page needs: the current forum, this page's address in each language, whether demo content is loaded."""

from functools import partial

from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import now
from django.utils.translation import get_language

from accreditation.standing_in import is_standing_in
from forums.once import forums_of
from forums.operations import unseen

OWN_NAMES = {
    "ar": "العربية",
    "zh-hans": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}


def portal(request):
    """Everything is lazy: a page that shows none of it asks the database nothing."""
    forums = SimpleLazyObject(lambda: forums_of(request))
    today = now().date()
    return {
        "current_forum": SimpleLazyObject(lambda: current(forums, today)),
        "demo_loaded": SimpleLazyObject(lambda: any(forum.demonstration for forum in forums)),
        "site_languages": languages_of(request),
        "signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES and _is_person(request),
        "is_staff_person": settings.SESSION_COOKIE_NAME in request.COOKIES and _is_person(request) and request.user.is_staff,
        "standing_in": settings.SESSION_COOKIE_NAME in request.COOKIES and is_standing_in(request),
        "unseen_letters": partial(_unseen, request),
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
        "request_id": getattr(request, "id", ""),
    }


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
    path, keep = _without_language(request), query.urlencode()
    languages = []
    for code, name in OWN_NAMES.items():
        if path is None:
            query["lang"] = code
            url = f"{request.path}?{query.urlencode()}"
        else:
            url = f"/{code}/{path}" + (f"?{keep}" if keep else "")
        languages.append({"code": code, "name": name, "url": url, "current": code == get_language()})
    return languages


def _without_language(request):
    """What follows the language in the address, written as reverse() does; None where it says none or leads nowhere.

    Addresses differ by their language alone (docs/addresses.md), so none has to be looked up for each language.
    """
    _, language, *rest = request.path.split("/", 2)
    if language not in OWN_NAMES or not rest or request.resolver_match is None:
        return None
    return escape_uri_path(rest[0])


def _unseen(request) -> int:
    """How many letters to this person are new; asked only where a page shows it."""
    return unseen(request.user, now()) if _is_person(request) else 0


def _is_person(request) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
