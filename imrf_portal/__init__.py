"""The roof: joins forums (when), accreditation (who) and submissions (what). It may import every app; no app imports it.

The Celery app stands in `celery.py` and is loaded by workers and beat alone: a web process hints at them without it.
"""
