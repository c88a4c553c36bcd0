"""Killing while others work: so many times, spread at random over what they get done."""

import random
import threading

from tests.rules.asking import pause


class Progress:
    """What was acknowledged so far, counted; nobody runs far ahead of the next kill, however fast the machine is."""

    AHEAD = 8

    def __init__(self, total):
        self.total, self.limit, self.log, self._lock = total, total, [], threading.Lock()

    def acknowledge(self, what):
        with self._lock:
            self.log.append(what)

    def wait_for_turn(self):
        while len(self.log) >= self.limit:
            pause(0.01)


def last_moment(progress, shares):
    """After this one all could be done before the blow falls: so many run ahead, and each thread has one in hand."""
    return progress.total - Progress.AHEAD - len(shares)


def strike_while(work, shares, portal, victims, progress):
    """Let one thread a share work, and kill one victim after the other, spread at random over what is acknowledged.

    What died is started again at once. Progress decides and not the clock, so that a slow machine is no other trial.
    """
    order = random.sample(victims, len(victims))
    moments = sorted(random.sample(range(last_moment(progress, shares)), len(victims)))
    threads = [threading.Thread(target=work, args=[share], daemon=True) for share in shares]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        progress.limit = moments[0] + Progress.AHEAD if moments else progress.total + 1
        if moments and len(progress.log) >= moments[0]:
            moments.pop(0)
            portal.kill(order.pop())
        portal.start_what_died()
        pause(0.02)
