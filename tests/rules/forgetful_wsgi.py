"""A portal that keeps pieces of files in the memory of the process that took them. Only for the control."""

from imrf_portal.wsgi import application
from submissions import operations

_kept = {}


def _in_memory(upload, *, offset, content, at):
    there = _kept.setdefault(upload.pk, bytearray())
    if offset == len(there):
        there += content
    return len(there)


operations.add_piece = _in_memory
__all__ = ["application"]
