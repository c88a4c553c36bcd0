"""Everything that `make test` runs, one after the other, with the seconds of each: `python -m tests`.

All are run even if one fails. Further arguments go to pytest.
"""

# ruff: noqa: T201 - it is a command

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from imrf_portal.embedded import throw_away_servers
from imrf_portal.supervisor import CannotStart, bound_to_this_process

CHECKOUT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "only-for-the-check-of-production-settings-" + "0123456789" * 3,
    "ALLOWED_HOSTS": "inputs.example.org",
    "SITE_URL": "https://inputs.example.org",
    "EMAIL_URL": "smtp+tls://portal:word@mail.example.org:587",
    "TRUSTED_PROXIES": "1",
}


def steps(pytest_arguments: list[str]) -> list[tuple[str, list[str], dict[str, str]]]:
    """Title, command after `python`, environment beside the present one."""
    return [
        ("style of the code", ["-m", "ruff", "check", "--quiet", "."], {}),
        ("layout of the code", ["-m", "ruff", "format", "--check", "--quiet", "."], {}),
        ("docker-compose.yml", ["-m", "check_jsonschema", "-qq", *COMPOSE], {}),
        ("migrations are complete", ["manage.py", "makemigrations", "--check", "--dry-run"], PRODUCTION),
        ("settings of production", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        ("tests", ["-m", "pytest", *AT_ONCE, *pytest_arguments], {}),
    ]


AT_ONCE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # many wait for processes; long trials begin early
COMPOSE = ["--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]


def run(title: str, command: list[str], extra: dict[str, str]) -> bool:
    print(f"== {title}", flush=True)
    began = time.monotonic()
    code = subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env=os.environ | extra,
        stdin=subprocess.DEVNULL,
        preexec_fn=bound_to_this_process(signal.SIGTERM),
        check=False,
    ).returncode
    verdict = "well" if code == 0 else f"FAILED with exit code {code}"
    print(f"== {title}: {verdict}, {time.monotonic() - began:.1f} s", flush=True)
    return code == 0


def interrupt(number, frame) -> None:
    raise KeyboardInterrupt


def main() -> int:
    began = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # tests.embedded_plugin says why
    signal.signal(signal.SIGTERM, interrupt)
    try:
        with throw_away_servers() as addresses:
            os.environ.update(addresses)
            failed = [title for title, command, extra in steps(sys.argv[1:]) if not run(title, command, extra)]
    except CannotStart as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"== all: {'failed: ' + ', '.join(failed) if failed else 'well'}, {time.monotonic() - began:.1f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
