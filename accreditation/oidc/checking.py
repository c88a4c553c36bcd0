"""What a provider says is believed only when it is signed, meant for this portal, fresh, and about one person."""

from allauth.account.internal.decorators import login_not_required
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404

SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class CheckedConnect(OpenIDConnectOAuth2Adapter):
    """As allauth's, which believes an ID token unsigned when it came by TLS, and user information about anybody."""

    def complete_login(self, request, app, token, **kwargs):
        said = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        about = {**said, **self._user_information(token, said)}
        kept = ("sub", "email", "email_verified", "name", app.settings["groups_claim"])
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": {name: about[name] for name in kept if name in about}}
        )

    def _user_information(self, token, said) -> dict:
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        about = self._fetch_user_info(token.token)
        if about.get("sub") != said["sub"]:
            raise OAuth2Error("The user information is about another person than the ID token.")
        return about

    def _decode_id_token(self, app, id_token):
        if self.openid_config["issuer"].rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("The provider calls itself otherwise than the settings.")
        try:
            header = jwt.get_unverified_header(id_token)
        except jwt.PyJWTError as why:
            raise OAuth2Error("There is no ID token.") from why
        if header.get("alg") not in SIGNED_BY or "kid" not in header:
            raise OAuth2Error("The ID token is not signed with a key that can be looked up.")
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


@login_not_required
def callback(request, provider_id):
    """Where the provider sends people back to; stands before allauth's own (imrf_portal/urls.py)."""
    try:
        return OAuth2CallbackView.adapter_view(CheckedConnect(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
