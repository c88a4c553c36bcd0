"""Who, for machines: standings that are public; the door through which an organisation's own programs come in."""

from .door import OwnSide, TokenDoor, needs
from .keys import once
from .standings import AccreditationsViewSet

__all__ = ["AccreditationsViewSet", "OwnSide", "TokenDoor", "needs", "once"]
