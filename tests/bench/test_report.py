"""How the benchmark judges: shares of the yardstick, growth, statements; a miss is said."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.bench.load import asked
from tests.bench.measuring import Measured
from tests.bench.pages import Page
from tests.bench.report import asks, line, share, verdicts

Q = Measured(rate=[100, 200, 300], work=[2.0, 2.0, 2.0], milliseconds=[3])


def seen(rate, work, statements=5, size=1000):
    return Measured(statements, size, milliseconds=[9], rate=rate, work=work)


def test_a_share_is_the_middle_of_the_rounds_each_against_its_own_yardstick():
    assert share(seen([50, 40, 150], [4, 4, 8]), Q) == 0.5
    assert share(seen([50, 40, 150], [4, 4, 8]), Q, "work") == 0.5


def test_what_is_missed_is_said():
    page = Page("list", ["/"], least=0.6, most=3, statements=4, growth=1.15, bytes=900)
    found = asks(page, seen([50, 100, 150], [4, 4, 4]), Q, before=(0.6,), tenfold=1)
    assert [met for _words, met in found] == [False, True, False, False, False]
    assert "at least 60% of q: 50% of the requests, 50% by processor" in found[0][0]
    assert "1.20 by processor" in found[-1][0]
    told = verdicts(found)
    assert told.count("MISSED") == 4
    assert told.endswith("1 of 5 asks are met.")
    assert "50%" in line(page, seen([50, 100, 150], [4, 4, 4]), Q)


def test_growth_over_two_powers_of_ten_may_be_the_square():
    page = Page("list", ["/"], growth=1.15)
    assert [met for _words, met in asks(page, seen([1, 1, 1], [2.6, 2.6, 2.6]), Q, before=(1.0,), tenfold=2)] == [True]


class Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.headers["Cookie"].encode() * 20_000
        self.send_response(404 if self.path == "/no" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def test_the_client_reads_whole_answers_and_counts_what_was_said():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        found = asked(server.server_port, ["/", "/no"], {"Cookie": "a=1"}, seconds=60, most=40, clients=4)
    finally:
        server.shutdown()
        server.server_close()
    assert found["answered"] == 40
    assert found["statuses"] == {200: 20, 404: 20}
    assert found["bytes"] == 60_000
