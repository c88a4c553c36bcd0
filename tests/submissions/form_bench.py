"""What a form of sixty questions costs: `python -m pytest tests/submissions/test_form_answers.py -m soak -s` prints it."""

import time
from statistics import median

ROUNDS = 40


def cost(act) -> str:
    """Medians of many rounds, after two that warm up: by the clock, and of this process's own work."""
    clock, work = [], []
    for number in range(ROUNDS + 2):
        began, worked = time.perf_counter(), time.process_time()
        act(number)
        clock.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return f"{median(clock[2:]):.1f} ms ({median(work[2:]):.1f} ms of processor)"
