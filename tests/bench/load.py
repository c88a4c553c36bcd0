"""Asks one server again and again over kept connections: `python -m tests.bench.load '{"port": ..., "paths": [...]}'`.

Plain sockets and prepared bytes, so that the client costs as little as it can. Prints one line of JSON.
"""

import json
import re
import socket
import sys
import time
from statistics import median

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE = 120


class Line:
    """One kept connection."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def send(self, request):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)

    def answer(self):
        """Status and body length; a connection that the server closed gives status 0 and is opened anew."""
        got = b""
        while b"\r\n\r\n" not in got:
            more = self.socket.recv(262_144)
            if not more:
                self.socket = None
                return 0, 0
            got += more
        head, _, body = got.partition(b"\r\n\r\n")
        length, there = int(LENGTH.search(head)[1]), len(body)
        while there < length:
            there += len(self.socket.recv(262_144))
        if b"\r\nconnection: close" in head.lower():
            self.socket.close()
            self.socket = None
        return int(head[9:12]), length


def request_of(path, headers):
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def asked(port, paths, headers, seconds=1.0, most=10**9, clients=1):
    """How many were answered in that time by so many clients at once, how long each took, and with what."""
    requests = [request_of(path, headers) for path in paths]
    lines, took, statuses, size, place = [Line(port) for _ in range(clients)], [], {}, 0, 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds and len(took) < most:
        sent = time.perf_counter()
        for line in lines:
            try:
                line.send(requests[place % len(requests)])
            except OSError:
                line.socket = None
                line.send(requests[place % len(requests)])
            place += 1
        for line in lines:
            status, size = line.answer()
            statuses[status] = statuses.get(status, 0) + 1
            took.append((time.perf_counter() - sent) * 1000)
    return {
        "answered": len(took),
        "seconds": time.perf_counter() - began,
        "milliseconds": median(took),
        "statuses": statuses,
        "bytes": size,
    }


if __name__ == "__main__":
    print(json.dumps(asked(**json.loads(sys.argv[1]))))  # noqa: T201
