"""What a form of sixty questions costs: `python -m pytest tests/submissions/test_form_answers.py -m soak -s` prints it.

Everything is done in turns, so that what else the machine does at a moment falls on all alike, and beside them the bare page
of tests/bench: what a save costs is told in milliseconds of this machine at this hour, and in bare pages.
"""

import time
from statistics import median

from tests.bench.bare import ROWS, queried

ROUNDS = 40
WARM = 3


def costs(acts) -> dict:
    """Name -> medians of many rounds: milliseconds of this process's own work, and by the clock; then in bare pages."""
    acts = {"bare page": lambda _number: queried(None), **acts}
    work, clock = ({name: [] for name in acts} for _ in range(2))
    for number in range(ROUNDS + WARM):
        for name, act in acts.items():
            began, worked = time.perf_counter(), time.process_time()
            act(number)
            work[name].append((time.process_time() - worked) * 1000)
            clock[name].append((time.perf_counter() - began) * 1000)
    found = {name: (median(work[name][WARM:]), median(clock[name][WARM:])) for name in acts}
    bare = found["bare page"][0]
    return {name: (worked, elapsed, worked / bare) for name, (worked, elapsed) in found.items()}


def inside_the_server(client, act, rounds=ROUNDS) -> float:
    """Milliseconds by the clock between a request that has come and its answer, median; without the client's own work."""
    handler, took = client.handler, []
    answer = handler.get_response  # the client's first request has loaded what it needs

    def timed(request):
        began = time.perf_counter()
        response = answer(request)
        took.append((time.perf_counter() - began) * 1000)
        return response

    handler.get_response = timed
    try:
        for number in range(rounds + WARM):
            act(number)
    finally:
        del handler.get_response
    return median(took[WARM:])


def in_words(found) -> str:
    return "; ".join(
        f"{name}: {worked:.1f} ms of processor ({elapsed:.0f} by the clock), {pages:.2f} bare pages"
        for name, (worked, elapsed, pages) in found.items()
    )


__all__ = ["ROWS", "costs", "in_words", "inside_the_server"]
