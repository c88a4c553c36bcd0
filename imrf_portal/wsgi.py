import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
application = get_wsgi_application()
# Django loads the views at the first request: after the fork, so that each new worker would let somebody wait for it.
get_resolver().url_patterns  # noqa: B018 - asking loads them
