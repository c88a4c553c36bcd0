"""A missing or senseless value stops the start with one sentence that names it."""

import os
import subprocess
import sys

import pytest

from imrf_portal import env

GOOD = {
    "SECRET_KEY": "0123456789" * 6,
    "DATABASE_URL": "postgresql://portal@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "PATH": os.environ["PATH"],
}


def start(changes):
    """Load the settings in a process of its own; returns exit code and what it said."""
    environment = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    code = "import imrf_portal.settings"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()[-1] if done.stderr else ""


def test_good_values_start():
    assert start({}) == (0, "")


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
