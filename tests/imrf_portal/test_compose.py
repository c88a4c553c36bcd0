"""The commands and health checks of docker-compose.yml, run outside containers on a real PostgreSQL and Redis."""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml

from imrf_portal.embedded.state import CHECKOUT
from imrf_portal.supervisor import Child, Supervisor, last_lines
from tests import prepared

PATIENCE = 240
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SAYS = {"worker": " ready."}  # to ask it earlier is a process that waits five seconds each time
SECRET = re.compile("PASSWORD|SECRET|KEY|TOKEN")


def until(question, log):
    end = time.monotonic() + PATIENCE
    while not (answer := question()):
        assert time.monotonic() < end, last_lines(log, 40)
        time.sleep(0.5)
    return answer


def named_database(url, name):
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextlib.contextmanager
def own_database(template="template1"):
    """A database that nobody else uses, on the server of the tests."""
    url, name = os.environ["DATABASE_URL"], f"compose_{secrets.token_hex(4)}"
    connection = psycopg2.connect(named_database(url, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield named_database(url, name)
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def free_port():
    with socket.socket() as attempt:
        attempt.bind(("0.0.0.0", 0))
        return attempt.getsockname()[1]


@pytest.fixture(scope="module")
def surroundings(django_db_setup, tmp_path_factory):
    """Where the services run; the database is migrated already, since others migrate one from nothing."""
    state = tmp_path_factory.mktemp("state")
    with own_database(template=prepared.NAME) as database:
        yield {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOSTNAME": socket.gethostname(),
            "LANG": "C.UTF-8",
            "PORT": str(free_port()),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": "http://localhost",
            "ALLOWED_HOSTS": "localhost",
            "DATABASE_URL": database,
            "REDIS_URL": os.environ["REDIS_URL"],
            "BROKER_PREFIX": f"compose-{secrets.token_hex(4)}-",
            "STATE_DIR": str(state),
            "MEDIA_ROOT": str(state / "media"),
            "STATIC_ROOT": str(state / "static"),
            "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }


@pytest.fixture(scope="module")
def migrated(surroundings):
    """What the one-shot service `migrate` does."""
    done = subprocess.run(
        SERVICES["migrate"]["command"], env=surroundings, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return surroundings


@pytest.fixture
def start(migrated, tmp_path):
    supervisor = Supervisor(say=print)

    def start(service):
        child = Child(service, SERVICES[service]["command"], tmp_path / f"{service}.log", migrated, folder=CHECKOUT)
        supervisor.start(child)
        return child

    yield start
    supervisor.stop()


def is_healthy(service, environment):
    kind, *words = SERVICES[service]["healthcheck"]["test"]
    words = [word.replace("$$", "$") for word in words]
    command = words if kind == "CMD" else ["sh", "-c", words[0]]
    return subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, check=False).returncode == 0


def test_migrate_can_run_again(migrated):
    again = subprocess.run(SERVICES["migrate"]["command"], env=migrated, cwd=CHECKOUT, capture_output=True, check=False)
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_service_starts_is_healthy_and_stops_when_asked(start, migrated, service):
    assert not is_healthy(service, migrated)
    child = start(service)

    def is_up():
        assert not child.is_dead(), last_lines(child.log, 40)
        return SAYS.get(service, "") in child.log.read_text() and is_healthy(service, migrated)

    until(is_up, child.log)
    child.process.send_signal(signal.SIGTERM)
    until(child.is_dead, child.log)
    assert child.process.returncode == 0, last_lines(child.log, 40)


def test_every_service_is_restarted_and_watched_and_keeps_its_files():
    lasting = {name: service for name, service in SERVICES.items() if name != "migrate"}
    assert set(SERVICES) == {"web", "worker", "beat", "migrate", "db", "redis", "clamav", "mail"}
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}
    assert [name for name, service in lasting.items() if "healthcheck" not in service] == []
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"])


def test_no_secret_is_written_down():
    given = [item for service in SERVICES.values() for item in service.get("environment", {}).items()]
    secret = [value for name, value in given if SECRET.search(name)]
    inside = [word for _, value in given for word in re.findall(r"://\w+:(.*)@", value)]
    assert {value.partition(":")[0] for value in secret + inside} == {"${POSTGRES_PASSWORD"}
    example = (CHECKOUT / ".env.example").read_text()
    assert set(re.findall(r"^(\w+)=$", example, re.MULTILINE)) == {"SECRET_KEY", "POSTGRES_PASSWORD"}


def test_every_setting_is_in_the_example():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_0-9]+)"', (CHECKOUT / "imrf_portal" / "settings.py").read_text()))
    example = (CHECKOUT / ".env.example").read_text()
    explained = set(re.findall(r"^#?([A-Z_0-9]+)=", example, re.MULTILINE))
    assert read - explained == set()
