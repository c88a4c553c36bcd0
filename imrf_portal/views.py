"""The front door, the signed-in person's page, single pages, and the plain noes."""

from datetime import date
from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation.entrance import signed_in
from forums.ics import calendar_file
from forums.models import CalendarKey
from forums.once import forums_of
from forums.operations.calendar_keys import give_calendar_key, renew_calendar_key, take_back_calendar_key
from forums.public_page import public_page
from forums.views.calendars import as_file
from imrf_portal.api_rules import is_asked_of_api, plain_problem
from imrf_portal.given_back import what_was_typed
from imrf_portal.home import front_page
from imrf_portal.my_page import page_of
from imrf_portal.own_calendar import own_entries
from submissions.markup import html_of

ASSESSED_ON = date(2026, 11, 30)  # whoever assesses accessibility anew says so here, and reads the statement again


@public_page
def choose_language(request):
    """/ leads to the language that the browser asks for."""
    response = redirect("home")
    response["Location"] = f"/{get_language_from_request(request)}/"
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public_page
def home(request):
    return render(request, "home.html", front_page(forums_of(request), now()))


@signed_in
def my(request):
    return render(request, "my.html", page_of(request.user, now()))


@require_safe
def my_calendar(request, key):
    """One's own deadlines at a private address, in one's language or that of `?lang=`; a wrong key is any wrong address."""
    owner = get_object_or_404(CalendarKey.objects.select_related("user"), key=key, user__is_active=True).user
    asked = request.GET.get("lang")
    with translation.override(asked if asked in dict(settings.LANGUAGES) else owner.language):
        content = calendar_file(own_entries(owner), uid=f"own-{owner.pk}", title=_("IMRF: my deadlines"))
    return as_file(content, "imrf-my-deadlines")


@signed_in
@require_POST
def my_calendar_key(request):
    """Make, renew or take back the private address."""
    if request.POST.get("act") == "renew":
        renew_calendar_key(request.user, at=now())
    elif request.POST.get("act") == "stop":
        take_back_calendar_key(request.user)
    else:
        give_calendar_key(request.user, at=now())
    return redirect(f"{reverse('my')}#calendar")


@public_page
def page(request, name):
    return render(request, f"{name}.html", {"assessed_on": ASSESSED_ON})


@public_page
def changes(request):
    """What changed on this site, from the file that says it; kept in English."""
    return render(request, "changes.html", {"log": change_log()})


@cache
def change_log() -> str:
    """The log without its first heading, as safe HTML; a release brings a new one."""
    text = (settings.BASE_DIR / "CHANGELOG.md").read_text()
    return html_of(text.partition("\n## ")[2] and "## " + text.partition("\n## ")[2])


@public_page
def robots(request):
    """Papers and files of lists are made when they are asked for: not for every crawler in six languages."""
    closed = ["/accounts/", "/admin/", "/oai", "/*.pdf$", "/*.docx$"]
    closed += [f"/{code}/inputs." for code, _name in settings.LANGUAGES]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


@public_page
def security_txt(request):
    """RFC 9116: to whom a weakness is told. It holds until the end of next year, and says so."""
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {now().year + 1}-12-31T23:59:59Z",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        f"Policy: {settings.SITE_URL}/en/terms/#security",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def csrf_failure(request, reason=""):
    """The form came with a token that is too old: nothing is taken, and everything typed is given back."""
    return render(request, "403_csrf.html", {"kept": what_was_typed(request)}, status=403)


def bad_request(request, exception=None):
    if is_asked_of_api(request):
        return plain_problem(400, _("The request could not be understood."))
    return render(request, "400.html", {}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", {}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", {}, status=404)


def server_error(request):
    if is_asked_of_api(request):
        return plain_problem(500, _("Something went wrong here. It is noted; try again later."))
    return render(request, "500.html", {"request_id": getattr(request, "id", "")}, status=500)
