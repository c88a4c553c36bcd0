"""What the process that lays out and the one that asked for it say to each other: JSON, and bytes after it. Nothing else is
read from a process that looked at other people's words, so nothing in them can be run."""

import json


def write(stream, said, content=b""):
    told = json.dumps(said).encode()
    stream.write(b"%d %d\n" % (len(told), len(content)))
    stream.write(told)
    stream.write(content)
    stream.flush()


def read(stream):
    """A pair of what was said and the bytes; None where the other one has ended, even in the middle of a word."""
    sizes = [int(size) for size in stream.readline().split()]
    found = [stream.read(size) for size in sizes]
    if len(sizes) != 2 or [len(each) for each in found] != sizes:
        return None
    return json.loads(found[0]), found[1]
