"""The roof: joins forums (when), accreditation (who) and submissions (what). It may import every app; no app imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
