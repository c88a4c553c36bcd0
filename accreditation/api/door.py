"""The door of an organisation's own side: a token in the Authorization header, never a cookie; each token has its limits."""

from django.core.cache import caches
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from pghistory import context
from rest_framework import authentication, exceptions, permissions, throttling, viewsets

from accreditation.models import ApiToken
from accreditation.operations import note_use, token_of
from forums.reading import Asked
from forums.strict import CleanJSON


class TokenDoor(authentication.BaseAuthentication):
    """`Authorization: Bearer imrf_…`. The request then acts as the token's maker, and the audit names the token."""

    def authenticate(self, request):
        kind, _space, word = request.headers.get("Authorization", "").partition(" ")
        if not word:
            raise exceptions.NotAuthenticated(_("Send a token of your organisation: “Authorization: Bearer imrf_…”."))
        token = token_of(word.strip(), at=now()) if kind.lower() == "bearer" else None
        if token is None:
            raise exceptions.AuthenticationFailed(
                _("This token does not hold: it is unknown, expired or revoked, or its maker no longer speaks for it.")
            )
        note_use(token, at=now())
        context(token=token.pk)
        return token.made_by, token

    def authenticate_header(self, request):
        return 'Bearer realm="imrf"'


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description of the API tells of it."""

    target_class = "accreditation.api.door.TokenDoor"
    name = "token"

    def get_security_definition(self, auto_schema):
        about = "A token of an organisation, made by its focal point. It begins with imrf_ and is shown once."
        return {"type": "http", "scheme": "bearer", "description": about}


class HasScope(permissions.BasePermission):
    """Each action names the scope that it needs (`needs`); one that names none needs them all."""

    message = _("This token may not do that. A focal point can make one that may.")

    def has_permission(self, request, view):
        if view.action in (None, "metadata"):  # a method that this address does not have: 405 says so
            return True
        needed = getattr(getattr(view, view.action, None), "scope", None)
        held = set(request.auth.scopes) if request.auth else set()
        return needed in held if needed else held == set(ApiToken.Scope.values)


def needs(scope):
    """Names the scope that an action of an API view needs."""

    def named(action):
        action.scope = scope
        return action

    return named


class TokenThrottle(throttling.SimpleRateThrottle):
    """Counts by token, in the forgiving cache."""

    cache, scope = caches["pages"], "token"

    def get_cache_key(self, request, view):
        return f"api-token-{request.auth.pk}" if request.auth else None


class StrangerThrottle(throttling.SimpleRateThrottle):
    """Whoever knocks without a token that holds is counted by address, as a reader is."""

    cache, scope = caches["pages"], "anon"

    def get_cache_key(self, request, view):
        return f"api-stranger-{self.get_ident(request)}"


class OwnSide(Asked, viewsets.ViewSet):
    """What every address of an organisation's own side shares: its token, nothing kept by caches, strict JSON."""

    authentication_classes = [TokenDoor]
    permission_classes = [HasScope]
    throttle_classes = [TokenThrottle]
    parser_classes = [CleanJSON]
    pagination_class = None

    def initial(self, request, *args, **kwargs):
        """The body is read before anything is asked of the database: one that is too big is refused by its length."""
        _ = request._request.body
        super().initial(request, *args, **kwargs)

    def perform_authentication(self, request):
        try:
            super().perform_authentication(request)
        except exceptions.AuthenticationFailed:
            throttle = StrangerThrottle()
            if not throttle.allow_request(request, self):
                raise exceptions.Throttled(throttle.wait()) from None
            raise

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    @property
    def organisation(self):
        return self.request.auth.organisation
