"""The provider of one's own house in the settings: nonsense stops the start with one sentence that names it."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify

ROLES = ("Reviewer", "Editor", "Accreditation", "Forum manager", "Administrator")


def provider_of(issuer, client_id, secret, name, groups_claim) -> dict:
    """SOCIALACCOUNT_PROVIDERS for this issuer, or nothing where none is named.

    An account there is known by issuer and number, so the address of the way back carries the issuer: another one never
    meets the accounts of the first.
    """
    if not issuer:
        return {}
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER={issuer!r} makes no sense. Expected something like https://login.example.org."
        )
    if not client_id or not secret:
        raise ImproperlyConfigured("OIDC_CLIENT_ID and OIDC_SECRET are not set. Set both beside OIDC_ISSUER.")
    app = {
        "provider_id": slugify(f"{parts.netloc}{parts.path}".replace(".", "-").replace("/", "-").replace(":", "-")),
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "groups_claim": groups_claim},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def roles_of(pairs) -> dict:
    """Group of the provider -> role of the desk, from words like "imrf-reviewers=Reviewer"."""
    roles = {}
    for pair in pairs:
        group, _equals, role = (part.strip() for part in pair.rpartition("="))
        if not group or role not in ROLES:
            known = ", ".join(ROLES)
            raise ImproperlyConfigured(f"OIDC_ROLES={pair!r} makes no sense. Expected group=role, one of {known}.")
        roles[group] = role
    return roles


def origin_of(issuer) -> list:
    """Where forms may lead besides this site: browsers ask for that when signing in is sent on to the provider."""
    parts = urlsplit(issuer)
    return [f"{parts.scheme}://{parts.netloc}"] if issuer else []
