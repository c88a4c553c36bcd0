import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
application = get_wsgi_application()

from imrf_portal.loading import load_what_requests_need  # noqa: E402 - it needs the settings

load_what_requests_need()
