"""How long the related inputs of one input take: `python -m tests.bench.relating 2000 20000`, in a database of its own.

Without sizes it measures the database of its environment, which is what it calls itself for.
"""

import sys
import time
from statistics import median

TIMED = 300


def times() -> list:
    """Milliseconds of each, of inputs from the whole table; PostgreSQL and Python."""
    from django.utils.timezone import now

    from submissions.operations.relating import KEPT
    from submissions.publication import visible
    from submissions.search.nearest import nearest_to

    at, took = now(), []
    keys = list(visible(at).order_by("reference").values_list("pk", flat=True))
    for key in keys[:: max(1, len(keys) // TIMED)]:
        published = visible(at).lean().get(pk=key)
        began = time.perf_counter()
        nearest_to(published, at, most=KEPT)
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def measure(sizes):
    from tests.bench.serving import running_bench

    with running_bench() as bench:
        bench.run("manage.py", "migrate", "--verbosity=0")
        for size in sizes:
            bench.prepare(int(size))
            print(f"{int(size):,} inputs: {bench.run('-m', 'tests.bench.relating').strip()}", flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(sys.argv[1:])
    else:
        import django

        django.setup()
        took = times()
        last = took[int(len(took) * 0.95)]
        print(f"{len(took)} timed, median {median(took):.0f} ms, 95 of 100 within {last:.0f}, longest {took[-1]:.0f}")  # noqa: T201
