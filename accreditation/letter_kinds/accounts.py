"""Kinds of letters: accounts."""
