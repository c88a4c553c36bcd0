"""WHEN. The ground floor: forums, milestones, calls; lends every procedure its time, its path and its voice.

Imports no other app of the portal.
"""
