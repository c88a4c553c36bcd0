"""One page measured beside the yardsticks: at each round both are asked in turn, so that a busy minute strikes both."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median

from tests.bench.load import asked
from tests.bench.weighing import worked
from tests.processes import ROOT

AT_ONCE = 4  # connections of each of the two clients


@dataclass
class Measured:
    """Of one page: lists have a value for each round."""

    statements: int = 0
    bytes: int = 0
    sql: float = 0  # milliseconds in statements, the middle of several; of searches only
    milliseconds: list = field(default_factory=list)  # one after the other
    rate: list = field(default_factory=list)  # requests a second, eight at once
    work: list = field(default_factory=list)  # milliseconds of processor of web and database together

    def middle(self, what):
        return median(getattr(self, what))


def first(port, page):
    """Statements, bytes and time in statements; one request each warms up every address."""
    headers = {**page.headers, "X-Bench": "1"}
    told = told_of(port, page.paths[0], headers)
    sql = median(float(told_of(port, page.paths[0], headers).get("X-SQL", 0)) for _ in range(7)) if page.asks else 0
    weight = asked(port, page.paths[:1], page.headers, most=1)["bytes"]
    return int(told.get("X-Statements", 0)), weight, sql


def told_of(port, path, headers):
    """The headers of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Host": "localhost", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, (answer.status, path)
    return answer.headers


def take(port, page, measured, pids, seconds):
    """One round: alone, then eight at once by two clients in processes of their own."""
    alone = asked(port, page.paths, page.headers, seconds=seconds / 2, most=100)
    measured.milliseconds.append(alone["milliseconds"])
    told = {"port": port, "paths": page.paths, "headers": page.headers, "seconds": seconds, "clients": AT_ONCE}
    command = [sys.executable, "-m", "tests.bench.load", json.dumps(told)]
    before = worked(*pids)
    clients = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    found = [json.loads(client.communicate()[0]) for client in clients]
    answered = sum(one["answered"] for one in found)
    bad = {status: count for one in found for status, count in one["statuses"].items() if status != "200"}
    assert not bad, (page.name, bad)
    measured.work.append((worked(*pids) - before) * 1000 / answered)
    measured.rate.append(sum(one["answered"] / one["seconds"] for one in found))
