"""The embedded PostgreSQL."""

import signal
import subprocess
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg2

from imrf_portal.embedded.binaries import postgresql_programs
from imrf_portal.embedded.server import SURROUNDINGS, Server
from imrf_portal.supervisor import CannotStart, Child, as_account

# In memory fsync costs nothing, so that the tests keep the settings of production, which they also test.
SHORT_LIVED = {"autovacuum": "off"}
FIRST_WITH_BUILTIN_LOCALE = 17


class PostgreSQL(Server):
    name = "PostgreSQL"
    variable = "DATABASE_URL"
    database = "portal"

    @property
    def url(self) -> str:
        return f"postgresql://portal@/{self.database}?host={quote(str(self.state.sockets), safe='/')}"

    @cached_property
    def programs(self) -> Path:
        return postgresql_programs(self.state.account, self.state.folder)

    @cached_property
    def version(self) -> int:
        said = subprocess.run(  # noqa: S603
            [self.programs / "postgres", "--version"], capture_output=True, text=True, check=False
        )
        if said.returncode:
            raise CannotStart(
                f"{self.programs}/postgres does not run here ({said.stderr.strip()}): set DATABASE_URL to a server."
            )
        return int(said.stdout.split()[2].split(".")[0])

    def prepare(self) -> None:
        """Clear away what a killed server left; make the cluster if there is none."""
        super().prepare()
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        made_by = int((self.data / "PG_VERSION").read_text())
        if made_by != self.version:
            raise CannotStart(
                f"The database in {self.data} was made by PostgreSQL {made_by} and this is {self.version}: "
                f"move that folder away to begin anew, or set DATABASE_URL."
            )
        for left in (self.data / "postmaster.pid", self.state.sockets / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        # The plain C locale would leave Cyrillic and accented capitals alone, and break the search.
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        if self.version >= FIRST_WITH_BUILTIN_LOCALE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(  # noqa: S603
            [self.programs / "initdb", "-D", self.data, "-U", "portal", "--auth-local=trust", "--auth-host=reject"]
            + locale
            + ([] if self.state.durable else ["--no-sync"]),
            capture_output=True,
            text=True,
            env=SURROUNDINGS,
            cwd="/",
            stdin=subprocess.DEVNULL,
            check=False,
            **as_account(self.state.account),
        )
        if made.returncode:
            reason = (made.stderr.strip() or made.stdout.strip() or "no reason given").splitlines()[-1]
            raise CannotStart(f"PostgreSQL cannot make its cluster in {self.data}: {reason}")

    def child(self) -> Child:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.state.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if self.state.durable else SHORT_LIVED),
        }
        self.process = Child(
            name=self.name,
            command=[f"{self.programs}/postgres", "-D", str(self.data)]
            + [word for name, value in options.items() for word in ("-c", f"{name}={value}")],
            log=self.log,
            environment=SURROUNDINGS,
            account=self.state.account,
            floor=0,
            stop_signal=signal.SIGINT,  # the fast way down: running statements are rolled back
            orphan_signal=signal.SIGINT,
            patience=60,
            before_start=self.prepare,
        )
        return self.process

    def answers(self) -> bool:
        """Whether the portal's database can be used; whoever runs the server makes it on the way."""
        try:
            if self.process:
                self.make_database(self.database)
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_database(self, name: str) -> None:
        connection = psycopg2.connect(self.url.replace("/portal?", "/postgres?"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{name}"')
        finally:
            connection.close()
