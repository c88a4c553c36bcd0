"""Where `run_portal` listens: on this machine only, since the log-ins of the demo are no secret.

As a command (`python -m imrf_portal.listening`) it says by its exit code whether the portal answers at PORT.
"""

import errno
import http.client
import os
import socket
import sys
import time

from imrf_portal.supervisor import CannotStart

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
PATIENCE = 3  # seconds for a copy that was killed to let its port go


def wanted_port() -> int:
    """The port that PORT names, 8000 by default."""
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 1 <= int(wanted) <= 65535:
        raise CannotStart(f"PORT={wanted!r} makes no sense: it must be a number from 1 to 65535, for example PORT=8001.")
    return int(wanted)


def free_addresses(port: int) -> list[str]:
    """Both names of this machine (the second only where there is IPv6), if nobody listens on that port."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return [address for family, host in LOOPBACK if (address := _free(family, host, port))]
        except OSError as why:
            if why.errno == errno.EACCES:
                raise CannotStart(f"Port {port} is for root only: choose one above 1023, PORT=8001 make run.") from None
            if time.monotonic() > end:
                raise CannotStart(
                    f"Port {port} is in use by another program: stop that, or choose another port, PORT=8001 make run."
                ) from None
        time.sleep(0.2)


def _free(family: socket.AddressFamily, host: str, port: int) -> str | None:
    try:
        with socket.socket(family) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((host, port))
    except OSError as why:
        if why.errno in (errno.EADDRINUSE, errno.EACCES):
            raise
        return None
    return f"[{host}]:{port}" if family is socket.AF_INET6 else f"{host}:{port}"


def answers(port: int) -> bool:
    """Whether the portal says that it is alive."""
    attempt = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        attempt.request("GET", "/livez", headers={"Host": f"localhost:{port}"})
        return attempt.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        attempt.close()


if __name__ == "__main__":
    sys.exit(0 if answers(wanted_port()) else 1)
