"""How words of an input are counted; the rule is the ground floor's, applications are counted by it too."""

from forums.words import HAN, count

__all__ = ["HAN", "count"]
