"""The desk's rooms of this app."""
