"""The child process: lays out the parts of a compilation that it is given, one after another, and ends with its input.

    python -m submissions.compilations.layout_child

It has no settings, no database, no secrets and no network: only HTML comes in, and only objects of a PDF go out.
"""

import ctypes
import gc
import logging
import os
import resource
import sys

from submissions.compilations import frames
from submissions.extracting.limits import leave_the_network

MEMORY = 2 * 1024 * 1024 * 1024  # of addresses, most of which are fonts and libraries that are never in memory
SECONDS = 3600  # of a processor; if who asked is gone, nobody else stops it


def main():
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    leave_the_network()
    logging.disable(logging.CRITICAL)
    from submissions.compilations.laying import Laying  # behind the limits

    laying = Laying()
    gc.collect()
    gc.freeze()
    gc.disable()  # a layout is full of circles that stay as long as it: once after each is enough
    while (job := frames.read(jobs)) is not None:
        said, _none = job
        frames.write(answers, *getattr(laying, said.pop("act"))(**said))
        _give_back()


def _give_back():
    """What a part took of memory goes back to the system, not only to this process."""
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


if __name__ == "__main__":
    main()
