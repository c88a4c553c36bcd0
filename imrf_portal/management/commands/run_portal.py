"""The whole portal in the foreground, for one machine: servers, web, worker and beat. `make run` calls it."""

import os
import signal
import sys
import time
from contextlib import contextmanager

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection, connections

from imrf_portal import listening, preparation, processes, virus_scanner
from imrf_portal.embedded import State
from imrf_portal.embedded.lending import own_servers
from imrf_portal.supervisor import CannotStart, Supervisor, die_with_parent, last_lines

LONGEST_START = 180  # seconds until the first answer
PATIENCE = 10  # seconds for something else to end that is ending already


class Command(BaseCommand):
    help = "Runs everything in the foreground until Ctrl-C: servers, web, worker and beat."
    requires_system_checks = []  # `make test` checks; a start should be quick

    def add_arguments(self, parser):
        parser.add_argument(
            "--with-parent", action="store_true", help="Stop when the process dies that has started this one."
        )

    def handle(self, **options):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):  # a shell may have left the last one ignored
            signal.signal(number, _interrupt)
        if options["with_parent"]:
            die_with_parent(signal.SIGTERM)
        self.supervisor = Supervisor(say=self.say)
        self.state = State()
        self.run_lock = self.state.lock("run")
        self.servers = own_servers(self.state)
        try:
            self.start()
            while True:
                self.supervisor.look()
                time.sleep(0.2)
        except KeyboardInterrupt:
            self.say("Stopping ...")
        except (DatabaseError, CommandError) as why:
            raise CannotStart(f"The start ended here: {_first_line(why)}") from why
        finally:
            self.stop()
        self.say("Stopped all that was started.")

    def start(self):
        if not self.run_lock.take("make run"):
            raise CannotStart(
                f"The portal runs already from here ({self.run_lock.holder()}): use {_running_address(self.state)}, "
                f"or stop that one first."
            )
        port = listening.wanted_port()
        addresses = listening.free_addresses(port)
        self.state.need_room()
        self.say(f"Starting the IMRF inputs portal; what it keeps is in {self.state.folder}")
        self.start_servers()
        self.take_scanner(virus_scanner.find())
        self.prepare()
        self.start_portal(addresses, port)
        self.state.site_url.write_text(settings.SITE_URL)
        self.say(f"\nThe portal answers at {settings.SITE_URL}/ after {_seconds_since_birth():.1f} s.\n")
        self.say(preparation.log_ins())
        self.say(f"\nLogs are in {self.state.folder / 'logs'}. Ctrl-C stops everything.")
        connections.close_all()

    def start_servers(self):
        for server in self.servers:
            if not server.lock.take("make run", patience=PATIENCE):
                raise CannotStart(f"{server.name} is in use by {server.lock.holder()}: wait for its end, or stop it.")
        with self.step(" and ".join(server.name for server in self.servers) or "the servers you named"):
            for server in self.servers:
                self.supervisor.start(server.child())
            for server in self.servers:
                server.wait()
            _need_database()
            _need_redis()

    def take_scanner(self, place):
        """Have this process and those it starts ask the scanner that was found; without one files stay in quarantine."""
        settings.CLAMD_SOCKET = os.environ["CLAMD_SOCKET"] = place
        self.say(f"  files ... {virus_scanner.in_words(place)}")

    def prepare(self):
        for title, job in (
            ("database", preparation.migrate),
            ("translations", preparation.compile_translations),
            ("static files", preparation.collect_static_files),
            ("first rows", lambda: preparation.load_first_rows(self.state.folder)),
        ):
            with self.step(title) as found:
                found.append(job())

    def start_portal(self, addresses, port):
        with self.step("web"):
            self.wait_for_answer(self.run(processes.web(self.state, addresses)), port)
        with self.step("worker and beat"):
            self.run(processes.worker(self.state))
            self.run(processes.beat(self.state))

    def run(self, child):
        self.supervisor.start(child)
        return child

    def wait_for_answer(self, web, port):
        end = time.monotonic() + LONGEST_START
        while not listening.answers(port):
            if web.is_dead() or time.monotonic() > end:
                raise CannotStart(f"The web process does not answer; the end of {web.log}:\n{last_lines(web.log, 5)}")
            time.sleep(0.05)

    def stop(self):
        """Stop what was started; who asks twice waits all the same, so that nothing is left behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        connections.close_all()
        if self.supervisor.children:
            self.supervisor.stop()
            self.state.site_url.unlink(missing_ok=True)

    @contextmanager
    def step(self, title):
        """Say what is being done, then what was found and how long it took."""
        began, found = time.monotonic(), []
        self.say(f"  {title} ...", end="")
        try:
            yield found
        except BaseException:
            self.say("")
            raise
        self.say(f" {''.join(f'{word}, ' for word in found)}{time.monotonic() - began:.1f} s")

    def say(self, words, end="\n"):
        try:
            print(words, end=end, flush=True)
        except OSError:  # nobody listens any more, for example at the other end of a pipe
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115


def _need_database():
    try:
        connection.ensure_connection()
    except OperationalError as why:
        raise CannotStart(f"DATABASE_URL names a PostgreSQL that does not let us in: {_first_line(why)}") from None


def _need_redis():
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PATIENCE)
    try:
        client.ping()
    except redis.exceptions.RedisError as why:
        raise CannotStart(f"REDIS_URL names a Redis that does not answer: {_first_line(why)}") from None
    finally:
        client.close()


def _interrupt(number, frame):
    raise KeyboardInterrupt


def _first_line(why):
    return (str(why).strip() or type(why).__name__).splitlines()[0]


def _running_address(state):
    return state.site_url.read_text() if state.site_url.exists() else "that one"


def _seconds_since_birth():
    """Since this process began, which includes the time in which Python and Django woke."""
    with open("/proc/self/stat") as stat:
        ticks = int(stat.read().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
