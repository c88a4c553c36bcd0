"""Deciding at the desk: the letters are shown first; several inputs at once; now, or together later."""
