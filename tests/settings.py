"""The real settings with a few overrides; servers come from the environment or from tests.embedded_plugin."""

import os
import tempfile
from pathlib import Path

_folder = Path(os.environ.get("STATE_DIR") or tempfile.mkdtemp(prefix="imrf-tests-"))
os.environ["STATE_DIR"] = str(_folder)
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" * 4)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("LOG_LEVEL", "WARNING")

from imrf_portal.settings import *  # noqa: E402, F403
from imrf_portal.settings import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, STORAGES  # noqa: E402

# A Redis may be shared between the workers of a test run: each has its own keys.
CACHES["pages"]["KEY_PREFIX"] = f"pages-{_worker}"
CACHES["words"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # tests change names and ask at once
CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"tests-{_worker}-"
# A server of a test keeps no connection open, so that the database can be thrown away after it.
DATABASES["default"]["CONN_MAX_AGE"] = 0
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = _folder / f"media-{_worker}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
EVEN_ANSWERS_MILLISECONDS = 0
WHITENOISE_AUTOREFRESH = True
PAGE_COUNT_SECONDS = 0  # no thread beside the tests
READY_PAGES = 0  # most tests change what a page says without a change of what is published
