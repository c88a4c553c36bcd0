"""The desk: Django's admin behind allauth and a second factor; its front page is the work list."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def signed_in_twice(request) -> bool:
    """Whether this session was opened with a second factor (or the person proved one since)."""
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


class Desk(admin.AdminSite):
    site_title = site_header = _("Desk of the IMRF inputs portal")
    index_title = _("Work list")
    site_url = "/"
    enable_nav_sidebar = True

    def has_permission(self, request):
        """Active staff whose session was opened with a second factor; nobody else sees any page of the desk."""
        user = request.user
        return user.is_active and user.is_staff and signed_in_twice(request)

    def login(self, request, extra_context=None):
        """Send people to the one place where anybody signs in; staff without a second factor set one up first."""
        back = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(back, reverse("account_login"))
        if request.user.is_staff and not is_mfa_enabled(request.user, SECOND_FACTORS):
            messages.warning(request, _("The desk asks for a second factor. Set one up here, then open the desk again."))
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if request.user.is_staff:
            return redirect_to_login(back, reverse("mfa_reauthenticate"))
        return HttpResponseRedirect(reverse("my"))

    def index(self, request, extra_context=None):
        from imrf_portal.worklist import work_of

        return super().index(request, {"work": work_of(request.user), **(extra_context or {})})
