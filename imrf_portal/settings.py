"""The one settings file, by headings; when sweeps run stands in schedule.py.

Everything that differs between places comes from the environment (.env.example).
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from imrf_portal import env
from imrf_portal.logs import logging_by
from imrf_portal.oidc_settings import origin_of, provider_of, roles_of
from imrf_portal.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this site lives ---------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in ("http", "https") or not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r} makes no sense. Expected something like https://inputs.example.org.")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # how many proxies of ours stand in front and write X-Forwarded-For
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "inputs-desk@localhost")
STATE_DIR = Path(env.text("STATE_DIR", str(BASE_DIR / ".state")))  # what the embedded first run keeps
ROOT_URLCONF = "imrf_portal.urls"
WSGI_APPLICATION = "imrf_portal.wsgi.application"

# Apps --------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "imrf_portal.apps.PortalConfig",
    "imrf_portal.apps.DeskConfig",
    "forums",
    "accreditation",
    "submissions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "hijack",
    "pgtrigger",
    "pghistory",
    "rest_framework",
]

MIDDLEWARE = [
    "imrf_portal.middleware.refuse_control_characters",
    "imrf_portal.compressing.compress_public",
    "imrf_portal.reading_counts.count_pages",
    "imrf_portal.ready_pages.ready_pages",  # outside of all that makes a page
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "imrf_portal.middleware.request_id",
    "imrf_portal.middleware.even_answers",  # outside all that writes
    "django.middleware.http.ConditionalGetMiddleware",  # 304 for what a reader has already; private pages have no ETag
    "django.contrib.sessions.middleware.SessionMiddleware",
    "imrf_portal.middleware.language_of_plain_addresses",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hijack.middleware.HijackUserMiddleware",
    "accreditation.standing_in.look_only",
    "allauth.account.middleware.AccountMiddleware",
    "imrf_portal.middleware.ContentPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "imrf_portal.middleware.History",
    "imrf_portal.middleware.private_unless_said",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "imrf_portal.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "imrf_portal.form_rendering.Renderer"

# PostgreSQL, Redis, files ------------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["ENGINE"] = "imrf_portal.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = 600  # seconds; a new one has to be told every question, and PostgreSQL every trigger
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
# A receipt is a promise about PostgreSQL: the commit is on disk before it is shown (docs/promises.md, promise 1).
DATABASES["default"]["OPTIONS"].setdefault("options", "-c synchronous_commit=on -c timezone=UTC -c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL, BROKER_URL = env.redis("REDIS_URL")
CACHES = {
    # Limits on signing in count in PostgreSQL, so that an emptied or absent Redis opens no door.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"},
    # Ready-made public pages; losing them costs time, never anything else.
    "pages": {
        "BACKEND": "imrf_portal.cache.ForgivingRedis",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "pages",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    },
    # Names of countries, objectives and their like, in the memory of each process: a minute old at most.
    "words": {"BACKEND": "imrf_portal.cache.AsTheyAre", "TIMEOUT": 60},
}

PAGE_COUNT_SECONDS = env.number(
    "PAGE_COUNT_SECONDS", 30, least=0
)  # how often readings are added to the table; 0 counts none
READY_PAGES = env.number("READY_PAGES", 64, least=0)  # of each kind, kept ready by each web process

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(STATE_DIR / "media")))
S3_BUCKET = env.text("S3_BUCKET", "")
STATICFILES_STORAGE_CLASS = env.text("STATICFILES_STORAGE", "django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
STORAGES = {
    "default": {"BACKEND": "submissions.storage.PrivateFiles"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE_CLASS},
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
            "access_key": env.text("S3_ACCESS_KEY", "") or None,
            "secret_key": env.text("S3_SECRET_KEY", "") or None,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
            "signature_version": "s3v4",
        },
    }
# Who sends the bytes of a file once its page was permitted: this process; nginx, from an internal place (FILES_BY_X_ACCEL);
# the object store, by an address that holds for a minute (FILES_BY_SIGNED_ADDRESS).
FILES_BY_X_ACCEL = env.text("FILES_BY_X_ACCEL", "")
FILES_BY_SIGNED_ADDRESS = env.flag("FILES_BY_SIGNED_ADDRESS") and bool(S3_BUCKET)
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
CLAMD_SOCKET = env.text("CLAMD_SOCKET", "")  # without a scanner files stay in quarantine

# Celery is the clock; the database is the queue --------------------------------------------------------------------

CELERY_BROKER_URL = BROKER_URL
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 480,  # four times the longest task
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "global_keyprefix": env.text("BROKER_PREFIX", ""),
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = env.text("BEAT_SCHEDULE", str(STATE_DIR / "beat-schedule"))
CELERY_BEAT_SCHEDULE = SCHEDULE

# People and how they sign in ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accreditation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accreditation.signup.AccountAdapter"
ACCOUNT_FORMS = {"signup": "accreditation.signup.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[IMRF] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # every other session ends; who changed it stays
# Five guesses at a password or a code in a quarter of an hour, twenty in an hour, for one account, from wherever they come.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
# Answers that could tell by their time whether somebody has an account take at least so long, in thousandths of a second.
EVEN_ANSWERS_MILLISECONDS = env.number("EVEN_ANSWERS_MILLISECONDS", 400)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "IMRF inputs portal"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# The provider of one's own house; none, unless it is named. It opens no account but its own, and skips no second factor.
OIDC_ISSUER = env.text("OIDC_ISSUER", "")
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")
OIDC_ROLES = roles_of(env.words("OIDC_ROLES", []))
SOCIALACCOUNT_PROVIDERS = provider_of(
    OIDC_ISSUER,
    env.text("OIDC_CLIENT_ID", ""),
    env.text("OIDC_SECRET", ""),
    env.text("OIDC_NAME", "OpenID Connect"),
    OIDC_GROUPS_CLAIM,
)
SOCIALACCOUNT_ADAPTER = "accreditation.oidc.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # before another provider is connected to an account
HIJACK_PERMISSION_CHECK = "accreditation.standing_in.may_stand_in"
HIJACK_INSERT_BEFORE = None  # the banner stands in our own frame

# How many minutes a proof of the second factor holds for what is pressed on the desk (imrf_portal/step_up.py).
STEP_UP_MINUTES = env.number("STEP_UP_MINUTES", 60, least=1)
STEP_UP_MINUTES_GRAVE = env.number("STEP_UP_MINUTES_GRAVE", 15, least=1)
INVITATIONS_HOLD_DAYS = env.number("INVITATIONS_HOLD_DAYS", 14, least=1)
SESSION_ENGINE = "accreditation.session_store"  # in PostgreSQL: an emptied Redis signs nobody out
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "imrf_portal.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Hardening ---------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *origin_of(OIDC_ISSUER)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    }
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "display-capture", "fullscreen", "geolocation", "microphone", "payment", "usb")
}

# Six languages -----------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en",)}

# Mail --------------------------------------------------------------------------------------------------------------

# Without a mail server letters are written to a folder; the admin shows them all the same.
LETTERS_FOLDER = STATE_DIR / "letters"
_mail = env.email("EMAIL_URL", f"filemail://{LETTERS_FOLDER}")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
# django-environ gives the folder of filemail:///folder without its first slash.
EMAIL_FILE_PATH = f"/{_mail['EMAIL_FILE_PATH']}" if _mail.get("EMAIL_FILE_PATH") else str(LETTERS_FOLDER)
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST") or "localhost", _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER") or "", _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"IMRF inputs portal <{CONTACT_EMAIL}>")

# API ---------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # reading needs no key; nothing private is served here
    "DEFAULT_PERMISSION_CLASSES": ["imrf_portal.api_rules.ReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["imrf_portal.api_rules.Throttle"],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("API_RATE", "600/minute"),
        "token": env.text("API_TOKEN_RATE", "120/minute"),
    },
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "imrf_portal.api_rules.answer_to",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # there is one format; `format` is a parameter nobody knows
}
SPECTACULAR_SETTINGS = {
    "TITLE": "IMRF inputs portal",
    "DESCRIPTION": "Published inputs to the International Migration Review Forum. Reading needs no key; "
    "an organisation's own drafts and sending need a token.",
    "VERSION": "1.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": ["imrf_portal.api_schema.with_refusals", "imrf_portal.api_answers.with_examples"],
}

# Audit, logs, errors -----------------------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
LOGGING = logging_by(level=env.text("LOG_LEVEL", "INFO"), json=env.flag("LOG_JSON", default=not DEBUG))
METRICS_TOKEN = env.text("METRICS_TOKEN", "")  # without it /metrics answers this machine only
if SENTRY_DSN := env.text("SENTRY_DSN", ""):
    import sentry_sdk

    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False, include_local_variables=False)

# The portal's own settings -----------------------------------------------------------------------------------------

# A send already under way when a call closes is still taken for this many seconds; shown to staff only.
GRACE_SECONDS = env.number("GRACE_SECONDS", 0)
# The dotted path of an engine for machine translation (submissions/machine.py); none as shipped.
TRANSLATION_ENGINE = env.text("TRANSLATION_ENGINE", "")
MOST_ORGANISATIONS_PER_PERSON = env.number("MOST_ORGANISATIONS_PER_PERSON", 20, least=1)
MOST_DRAFTS_PER_PERSON = env.number("MOST_DRAFTS_PER_PERSON", 50, least=1)
UPLOAD_MOST_BYTES = env.number("UPLOAD_MOST_BYTES", 25 * 1024 * 1024, least=1)
UPLOAD_MOST_FILES = env.number("UPLOAD_MOST_FILES", 10, least=1)
# The copy of a register that the desk brings in has this many bytes at most.
REGISTER_FILE_LIMIT = env.number("REGISTER_FILE_LIMIT", 20 * 1024 * 1024, least=1)
# Private files behind an application are erased so many days after the decision.
EVIDENCE_KEPT_DAYS = env.number("EVIDENCE_KEPT_DAYS", 30, least=1)
EVIDENCE_KEYS = env.words("EVIDENCE_KEYS")  # the newest first; without any, one is made of SECRET_KEY
# What is kept about people goes after so many days (docs/operators.md has the table).
ARCHIVES_KEPT_DAYS = env.number("ARCHIVES_KEPT_DAYS", 7, least=1)
LETTERS_KEPT_DAYS = env.number("LETTERS_KEPT_DAYS", 730, least=30)
INVITATIONS_KEPT_DAYS = env.number("INVITATIONS_KEPT_DAYS", 365, least=1)
COWRITING_KEPT_DAYS = env.number("COWRITING_KEPT_DAYS", 90, least=1)  # who wrote what of an input, after it was sent
NEEDS_KEPT_DAYS = env.number("NEEDS_KEPT_DAYS", 30, least=1)
UNCONFIRMED_KEPT_DAYS = env.number("UNCONFIRMED_KEPT_DAYS", 30, least=1)
# So many days after a membership ended, somebody of the desk has no more conflict of interest by it.
CONFLICT_DAYS = env.number("CONFLICT_DAYS", 730)
