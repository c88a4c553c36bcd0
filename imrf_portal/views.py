"""The front door, the signed-in person's page, single pages, probes, and the plain noes."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language_from_request

from forums.public_page import public_page
from imrf_portal.home import front_page


@public_page
def choose_language(request):
    """/ leads to the language that the browser asks for."""
    response = redirect("home")
    response["Location"] = f"/{get_language_from_request(request)}/"
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public_page
def home(request):
    return render(request, "home.html", front_page(now()))


def my(request):
    return render(request, "my.html", {})


@public_page
def page(request, name):
    return render(request, f"{name}.html", {})


@public_page
def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /accounts/\nDisallow: /admin/\n", content_type="text/plain")


def livez(request):
    return HttpResponse("alive\n", content_type="text/plain")


def readyz(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ready": True})


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", {"kept": []}, status=403)


def bad_request(request, exception=None):
    return render(request, "400.html", {}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", {}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", {}, status=404)


def server_error(request):
    return render(request, "500.html", {"request_id": getattr(request, "id", "")}, status=500)


__all__ = ["Http404", "settings"]
