"""The programme of the days: what the resolution gives, what stands against a session, releases and what changed in them.

Imports models; operations/programme.py is the one that writes.
"""
