"""A missing or senseless value stops the start with one sentence that names it."""

import os
import subprocess
import sys

import pytest

from accreditation.desk_roles import PERMISSIONS
from imrf_portal import env, oidc_settings

GOOD = {
    "SECRET_KEY": "0123456789" * 6,
    "DATABASE_URL": "postgresql://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "PATH": os.environ["PATH"],
}

OIDC = {"OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT_ID": "imrf", "OIDC_SECRET": "a secret"}


def start(changes):
    """Load the settings in a process of its own; returns exit code and what it said."""
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    code = "import imrf_portal.settings"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()[-1] if done.stderr else ""


@pytest.mark.parametrize("more", [{}, OIDC, {**OIDC, "OIDC_ROLES": "reviewers=Reviewer, managers=Forum manager"}])
def test_good_values_start(more):
    assert start(more) == (0, "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "mysql://localhost/portal"}, "DATABASE_URL must be a PostgreSQL address"),
        ({"REDIS_URL": None}, "REDIS_URL is not set"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must be a Redis address"),
        ({"DEBUG": "perhaps"}, "DEBUG='perhaps' makes no sense"),
        ({"SITE_URL": "inputs.example.org"}, "SITE_URL='inputs.example.org' makes no sense"),
        ({"GRACE_SECONDS": "five"}, "GRACE_SECONDS='five' makes no sense"),
        ({"GRACE_SECONDS": "-1"}, "GRACE_SECONDS=-1 makes no sense"),
        ({"UPLOAD_MOST_BYTES": "0"}, "UPLOAD_MOST_BYTES=0 makes no sense"),
        ({"STEP_UP_MINUTES": "0"}, "STEP_UP_MINUTES=0 makes no sense"),
        ({"STEP_UP_MINUTES_GRAVE": "soon"}, "STEP_UP_MINUTES_GRAVE='soon' makes no sense"),
        ({**OIDC, "OIDC_ISSUER": "http://login.example.org"}, "OIDC_ISSUER='http://login.example.org' makes no sense"),
        ({**OIDC, "OIDC_ISSUER": "login.example.org"}, "OIDC_ISSUER='login.example.org' makes no sense"),
        ({**OIDC, "OIDC_SECRET": None}, "OIDC_CLIENT_ID and OIDC_SECRET are not set"),
        ({**OIDC, "OIDC_ROLES": "reviewers"}, "OIDC_ROLES='reviewers' makes no sense"),
        ({**OIDC, "OIDC_ROLES": "a=Reviewer,all=Superuser"}, "OIDC_ROLES='all=Superuser' makes no sense"),
        ({"TRUSTED_PROXIES": "x"}, "TRUSTED_PROXIES='x' makes no sense"),
    ],
)
def test_a_senseless_value_stops_the_start_with_one_sentence(changes, sentence):
    code, said = start(changes)
    assert code == 1
    assert said.partition(": ")[2].startswith(sentence)


@pytest.mark.parametrize(
    ("url", "cache", "broker"),
    [
        ("redis://host:6379/3", "redis://host:6379/3", "redis://host:6379/3"),
        ("unix:///run/kv", "unix:///run/kv", "redis+socket:///run/kv"),
        ("unix:///run/kv?db=2", "unix:///run/kv?db=2", "redis+socket:///run/kv?virtual_host=2"),
    ],
)
def test_one_redis_address_serves_cache_and_broker(monkeypatch, url, cache, broker):
    monkeypatch.setenv("REDIS_URL", url)
    assert env.redis("REDIS_URL") == (cache, broker)


def test_a_provider_is_named_by_its_issuer_and_forms_may_lead_there():
    found = oidc_settings.provider_of("https://login.example.org/realms/imrf", "imrf", "a secret", "Network login", "groups")
    (app,) = found["openid_connect"]["APPS"]
    assert (app["provider_id"], app["name"]) == ("login-example-org-realms-imrf", "Network login")
    assert oidc_settings.origin_of("https://login.example.org/realms/imrf") == ["https://login.example.org"]
    assert (oidc_settings.provider_of("", "", "", "", ""), oidc_settings.origin_of("")) == ({}, [])


def test_every_role_of_the_desk_may_stand_for_a_group():
    assert set(oidc_settings.ROLES) == set(PERMISSIONS)
    assert oidc_settings.roles_of(["cn=reviewers,ou=imrf=Reviewer"]) == {"cn=reviewers,ou=imrf": "Reviewer"}
