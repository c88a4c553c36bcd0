"""The search line of the queue: what is typed, what its keys mean, and what to say of what was not understood."""

from .asking import Asker, narrowed, statuses_asked, without_key
from .keys import FLAGS, KEYS

__all__ = ["FLAGS", "KEYS", "Asker", "narrowed", "statuses_asked", "without_key"]
