"""The portal as it is, except that a request which asks for it is told how many statements it took."""

from imrf_portal.settings import *  # noqa: F403
from imrf_portal.settings import MIDDLEWARE

MIDDLEWARE = ["tests.bench.counting.count_statements", *MIDDLEWARE]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
