import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imrf_portal.settings")
application = get_wsgi_application()

from imrf_portal.loading import load_what_requests_need, spare_what_stays  # noqa: E402 - they need the settings

load_what_requests_need()
spare_what_stays()
