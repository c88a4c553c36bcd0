"""Whether time tells who has an account: `python -m pytest tests/accreditation/test_enumeration.py -m soak -s` prints it.

As many tries with addresses of accounts as with others, in turns, with the real hash of passwords. AUC is the chance that a
try with an account takes longer than one without: 0.5 tells nothing, 1 or 0 everything.
"""

import time
from random import Random

from django.test import Client
from django.urls import reverse

EACH = 200


def auc(some, others) -> float:
    """The chance that one of the first is larger than one of the others; equal ones count half."""
    larger = sum((mine > other) + 0.5 * (mine == other) for mine in some for other in others)
    return larger / (len(some) * len(others))


def took(door, given, address) -> float:
    """Seconds of one answer to somebody who comes for the first time."""
    client = Client()
    client.get(reverse(door))
    begun = time.perf_counter()
    client.post(reverse(door), given(address))
    return time.perf_counter() - begun


def measured(door, given, accounts) -> float:
    """AUC of a door over the accounts and as many addresses without one, mixed with a fixed seed."""
    tries = [(address, True) for address in accounts] + [(f"no-{address}", False) for address in accounts]
    Random(7).shuffle(tries)
    for address, _there in tries[:10]:
        took(door, given, f"warm-{address}")
    times = {True: [], False: []}
    for address, there in tries:
        times[there].append(took(door, given, address))
    return auc(times[True], times[False])
