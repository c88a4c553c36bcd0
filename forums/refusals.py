"""Refused: "not now", with a sentence for the person. "You may not" is PermissionDenied or 404, at the door."""


class Refused(Exception):
    """An operation that is not possible now. str() is a whole sentence for the person: what, why, and what to do."""


class Closed(Refused):
    """The call is not open at this moment."""


class IllegalMove(Refused):
    """MOVES does not lead from this status to that one."""


class MovedMeanwhile(Refused):
    """Somebody else moved it first; nothing was overwritten."""


class StandsAgainst(Refused):
    """Several things stand against it; `reasons` holds them all, each a whole sentence."""

    def __init__(self, reasons):
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons
