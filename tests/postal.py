"""A mail server of one's own with moods: away, slow, refusing, dropping the line after DATA; and workers to be killed."""

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import contextmanager, suppress

from tests.processes import ROOT, environment, free_port


class Box:
    """What the server took, in order: address, Message-ID, number in the subject; and the mood it is in."""

    def __init__(self):
        self.taken, self.lock = [], threading.Lock()
        self.refuse = {}  # address -> answer to RCPT
        self.refuse_data = {}  # subject's number -> answer after DATA
        self.refuse_sender = self.refuse_login = ""
        self.drop_taking, self.drop_losing = set(), set()  # numbers whose line drops after DATA, once
        self.pause = 0.0  # seconds between taking a letter and saying so
        self.asked = Counter()  # how often each number came to DATA
        self.on_data = lambda: None

    def numbers(self):
        return [number for _to, _id, number in self.taken]

    def ids(self):
        """Number -> every Message-ID it came with."""
        found = defaultdict(list)
        for _to, message_id, number in self.taken:
            found[number].append(message_id)
        return found

    def order_kept(self) -> bool:
        """Whether each address got its letters, the first time each came, in the order of their writing."""
        seen, last = set(), {}
        for to, _id, number in self.taken:
            if number not in seen:
                if number < last.get(to, -1):
                    return False
                seen.add(number)
                last[to] = number
        return True


class Dialogue(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        with suppress(OSError):
            self.say("220 here")
            while line := self.rfile.readline():
                if not self.answer(line.decode("latin-1").strip()):
                    return

    def answer(self, line):
        """False ends the dialogue."""
        box, verb = self.server.box, line[:4].upper()
        if verb == "RCPT":
            self.to = re.search(r"<(.*?)>", line)[1]
            self.say(box.refuse.get(self.to, "250 ok"))
        elif verb == "MAIL":
            self.say(box.refuse_sender or "250 ok")
        elif verb == "AUTH":
            self.say(box.refuse_login or "235 ok")
        elif verb == "EHLO":
            self.say("250-here\r\n250 AUTH PLAIN")
        elif verb == "DATA":
            return self.data()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def data(self):
        box = self.server.box
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        text = b"".join(lines).decode("latin-1")
        number = int(re.search(r"Subject: \D*(\d+)", text)[1])
        box.on_data()
        with box.lock:
            box.asked[number] += 1
            if answer := box.refuse_data.get(number):
                self.say(answer)
                return True
            if number in box.drop_losing:
                box.drop_losing.discard(number)
                return False
            box.taken.append((self.to, re.search(r"Message-ID:\s*(\S+)", text)[1], number))
            if number in box.drop_taking:
                box.drop_taking.discard(number)
                return False
        time.sleep(box.pause)
        self.say("250 taken")
        return True


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 50


class PostOffice:
    """Opens and closes on one port; while closed, connections are refused."""

    def __init__(self):
        self.box, self.port, self.listener = Box(), free_port(), None

    def open(self):
        self.listener = Listener(("127.0.0.1", self.port), Dialogue)
        self.listener.box = self.box
        threading.Thread(target=self.listener.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        if self.listener:
            self.listener.shutdown()
            self.listener.server_close()
            self.listener = None


@contextmanager
def post_office():
    office = PostOffice()
    office.open()
    try:
        yield office
    finally:
        office.close()


# Workers that can be killed: one process that knows the portal forks a sweep for each line it reads -------------------

FORKS = """
import os, signal, sys
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from forums.operations import sending
from tests.factories import NOW
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
honest = sending._send

def marks_first(letter, connection, at):
    sending._mark_sent(letter, at)
    return honest(letter, connection, at)

def claims_anything(pk, at):
    return sending.Letter.objects.filter(pk=pk, sent_at=None).first()

def sweep(minutes, port, sabotage):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    if sabotage == "marks-first":
        sending._send = marks_first
    if sabotage == "claims-anything":
        sending._claim = claims_anything
    sending.send_due_letters(at=NOW + timedelta(minutes=int(minutes)))

for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            sweep(*line.split())
        finally:
            os._exit(0)
    print(pid, flush=True)
"""


class Workers:
    def __init__(self, process):
        self.process, self.pids = process, []

    def start(self, minutes, port, sabotage="none"):
        """A sweep at that many minutes after NOW, in a process of its own."""
        self.process.stdin.write(f"{minutes} {port} {sabotage}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        self.pids.append(pid)
        return pid

    def alive(self):
        self.pids = [pid for pid in self.pids if _lives(pid)]
        return self.pids

    def kill(self, pid):
        """True when it was still there to be killed."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def workers(folder):
    """Yields what forks sweeps; those that still run at the end are killed."""
    env = environment(folder, EMAIL_URL="smtp://127.0.0.1:1")
    with open(folder / "workers.log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", FORKS],
            cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    ours = Workers(process)
    try:
        yield ours
    finally:
        for pid in ours.alive():
            ours.kill(pid)
        process.kill()
        process.wait(30)
