"""Resumption tokens: every argument of the list and where it goes on, signed. The server keeps nothing, none expires."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core import signing

SALT = "harvest"


@dataclass(frozen=True)
class Place:
    """A list and the last row that was given of it."""

    verb: str
    prefix: str
    spec: str = ""  # the set
    since: str = ""  # from and until as they were asked
    until: str = ""
    stamp: str = ""  # of the last row given, to the microsecond; empty: the beginning
    key: int = 0
    given: int = 0
    size: int = 0  # of the whole list, as it was counted first

    def token(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def after(self):
        """Stamp and key of the last row given; None at the beginning."""
        return (datetime.fromisoformat(self.stamp), self.key) if self.stamp else None


def place_of(token: str) -> Place:
    """Raises ValueError for everything that this portal did not give out."""
    try:
        return Place(**signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, UnicodeError) as why:
        raise ValueError("not one of our tokens") from why
