"""allauth's adapter for other providers: verified addresses only, and roles by what the provider says at each sign-in."""

from allauth.account.utils import user_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation.oidc.roles import roles_said_by, take_over_roles


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin):
        """Refuse an address that the provider did not verify; whoever signs in gets the roles that they have today."""
        about = sociallogin.account.extra_data["userinfo"]
        if not about.get("email") or about.get("email_verified") not in (True, "true"):
            messages.error(request, _("Your provider does not confirm your e-mail address, so it cannot sign you in here."))
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing and sociallogin.state.get("process") != AuthProcess.CONNECT:
            self._take_over(sociallogin)

    def populate_user(self, request, sociallogin, data):
        """A new person: address, name, and the language of the page."""
        person = sociallogin.user
        user_email(person, (data.get("email") or "").lower())
        person.name = (data.get("name") or "")[:150]
        person.language = get_language() or person.language
        return person

    def save_user(self, request, sociallogin, form=None):
        person = super().save_user(request, sociallogin, form)
        self._take_over(sociallogin)
        return person

    def _take_over(self, sociallogin):
        take_over_roles(
            sociallogin.user,
            roles_said_by(sociallogin.account.extra_data["userinfo"]),
            provider=sociallogin.account.get_provider().name,
        )
