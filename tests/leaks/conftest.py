"""The demonstration as it is looked at from outside."""

from tests.pages.conftest import demonstration

__all__ = ["demonstration"]
