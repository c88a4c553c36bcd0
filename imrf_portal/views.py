"""The front door, the signed-in person's page, single pages, and the plain noes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language_from_request

from accreditation.entrance import signed_in
from forums.public_page import public_page
from imrf_portal.given_back import what_was_typed
from imrf_portal.home import front_page
from imrf_portal.my_page import page_of


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


@signed_in
def my(request):
    return render(request, "my.html", page_of(request.user, now()))


@public_page
def page(request, name):
    return render(request, f"{name}.html", {})


@public_page
def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /accounts/\nDisallow: /admin/\n", content_type="text/plain")


def csrf_failure(request, reason=""):
    """The form came with a token that is too old: nothing is taken, and everything typed is given back."""
    return render(request, "403_csrf.html", {"kept": what_was_typed(request)}, status=403)


def bad_request(request, exception=None):
    return render(request, "400.html", {}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", {}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", {}, status=404)


def server_error(request):
    return render(request, "500.html", {"request_id": getattr(request, "id", "")}, status=500)
