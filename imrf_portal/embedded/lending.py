"""What `manage.py` asks before Django wakes: which servers, which secret, which folders."""

import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager

from imrf_portal.embedded.postgresql import PostgreSQL
from imrf_portal.embedded.server import Server
from imrf_portal.embedded.state import State
from imrf_portal.embedded.valkey import Valkey
from imrf_portal.supervisor import Supervisor

RUN = "run_portal"  # starts and keeps its servers itself
WITHOUT_SERVERS = {
    "check", "collectstatic", "compile_translations", "compilemessages", "diffsettings", "findstatic", "help",
    "makemessages", "spectacular", "startapp", "version",
}  # fmt: skip
SERVERS: tuple[type[Server], ...] = (PostgreSQL, Valkey)


@contextmanager
def environment_for(arguments: list[str]) -> Iterator[None]:
    """Fill the environment that a command needs, and lend it the embedded servers for as long as it lasts.

    What is set already is left as it is: with DATABASE_URL and REDIS_URL set, nothing here is made or started, and a
    forgotten SECRET_KEY stays missing, so that the settings can say so. Only `run_portal` fills it in all the same.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    missing = [kind for kind in SERVERS if not os.environ.get(kind.variable)]
    if not missing and command != RUN:
        yield
        return
    state = State()
    servers = [kind(state) for kind in missing]
    if PostgreSQL in missing or command == RUN:
        fill(os.environ, own_settings(state, begins=command == RUN))
    fill(os.environ, {server.variable: server.url for server in servers})
    if command == RUN or command in WITHOUT_SERVERS or {"--help", "-h", "--version"} & set(arguments):
        yield
        return
    with lend(state, servers, note=f"manage.py {command}"):
        yield


def own_settings(state: State, *, begins: bool) -> dict[str, str]:
    """The settings of a portal on one's own machine. Unless a run begins, the address is that of the one that runs."""
    site = f"http://localhost:{os.environ.get('PORT') or 8000}"
    if not begins and state.site_url.exists():
        site = state.site_url.read_text()
    return {
        "STATE_DIR": str(state.folder),
        "SECRET_KEY": state.secret_key(),
        "DEBUG": "false",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": site,
        "MEDIA_ROOT": str(state.folder / "media"),
        "STATIC_ROOT": str(state.folder / "static"),
    }


def fill(environment: MutableMapping[str, str], values: dict[str, str]) -> None:
    """Set what is not set, or set to nothing."""
    for name, value in values.items():
        if not environment.get(name):
            environment[name] = value


@contextmanager
def lend(state: State, servers: Iterable[Server], *, note: str) -> Iterator[None]:
    """Use the servers that run, start those that do not, and stop at the end what was started here.

    Another command may come to use what this one has started. Whoever uses a server holds the users' lock together
    with the others; whoever has started one waits for that lock alone before it stops the server.
    """
    users, supervisor = state.lock("users"), Supervisor(say=say)
    users.share()
    mine = [server for server in servers if server.lock.take(note)]
    try:
        if mine:
            state.need_room()
        for server in mine:
            supervisor.start(server.child())
        for server in servers:
            server.wait()
        yield
    finally:
        if mine:
            users.take_last(say)
        supervisor.stop()
        for server in mine:
            server.lock.release()
        users.release()


def say(words: str) -> None:
    print(words, file=sys.stderr)  # noqa: T201 - what a command prints must stay readable for machines


def own_servers(state: State) -> list[Server]:
    """The embedded servers that the environment, once filled, points to."""
    return [server for server in (kind(state) for kind in SERVERS) if os.environ.get(server.variable) == server.url]
