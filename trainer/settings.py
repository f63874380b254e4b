"""What differs between machines is read from the environment: see docs/operating.md."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.management.utils import get_random_secret_key

from generation import __version__
from generation.packages.registry import find_generators_folder
from trainer.logs import make_logging

# Lets Django's generic classes carry their type parameters at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# What the site writes: database, images, generated secrets, logs. Ignored by git.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

VERSION = __version__


def read_or_make_secret(path: Path) -> str:
    """The secret kept at path; made on first use, readable by its owner alone."""
    if not path.exists():
        # Written whole, then put in place: of two processes that start at once, one wins.
        with NamedTemporaryFile("w", dir=path.parent) as file:
            file.write(get_random_secret_key())
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_make_secret(DATA_DIR / "secret-key")

# The address people type. Secure cookies, HSTS and trusted origins follow from it.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"],
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SITE_IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "trainer",
    "trainer.accounts",
    "cases",
    "trainer.reading",
    "trainer.learning",
    "trainer.challenges",
    "trainer.reports",
    "trainer.realism",
    "trainer.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "trainer.web.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trainer.web.middleware.PersonLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "trainer.urls"
WSGI_APPLICATION = "trainer.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def read_database() -> dict[str, Any]:
    """DATABASE_URL as Django's settings; SQLite gets what several processes need."""
    database: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/site.sqlite3")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Writers wait for each other from the first statement on, instead of failing in the middle.
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
        database["CONN_HEALTH_CHECKS"] = True
    return database


DATABASES = {"default": read_database()}

# Rate limits count across processes, so the cache is one that they share.
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://site_cache")}


def read_image_storage() -> dict[str, Any]:
    """Images lie in a folder, or in an S3 bucket when one is named; never at a public address."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        folder = env.str("IMAGES_DIR", default=str(DATA_DIR / "images"))
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder, "base_url": None},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "region_name": env.str("S3_REGION", default=None),
            "default_acl": "private",
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": read_image_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# From a checkout, files are served where they lie; an image that ran collectstatic has them here.
WHITENOISE_USE_FINDERS = not any(STATIC_ROOT.iterdir())
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
# Vite writes the hash of each file into its name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/"
# The pictures of the model card lie beside the weights that drew them.
STATICFILES_DIRS: list[Any] = [("model-card", BASE_DIR / "generation" / "weights" / "pictures")]
STATICFILES_DIRS += [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "trainer.accounts.adapter.InviteOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "change_password": "5/m/user",
    "wrong_link": "30/m/ip",
}
# How many proxies of ours stand before the site; the client's address is read accordingly.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

DEMO_CREDENTIALS = DATA_DIR / "demo-credentials.txt"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["trainer.api.parsers.BoundedJSONParser"],
    "EXCEPTION_HANDLER": "trainer.api.exceptions.handle_exception",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "trainer.api.schema.ProblemAwareSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Parenchyma",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ViewKey": "generation.vocabulary.VIEW_KEYS",
        "Side": "generation.vocabulary.SIDES",
        "View": "trainer.api.serializers.images.VIEWS",
        "Density": ["A", "B", "C", "D"],
        "Assessment": ["0", "1", "2", "3", "4", "5"],
        "FormAspectName": "trainer.reports.queries.forms.ASPECT_NAMES",
        "SessionMode": "trainer.reading.models.Session.Mode",
        "ReportedMode": "trainer.api.serializers.reports.REPORTED_MODES",
        "PractisedMode": "trainer.api.serializers.reports.PRACTISED",
        "Role": "trainer.accounts.models.Role",
        "Language": "trainer.accounts.models.Language",
        "MarkOutcomeName": "trainer.api.serializers.feedback.OUTCOMES",
        "AbilityLevel": "trainer.reports.queries.abilities.LEVELS",
        "MissingCondition": "trainer.reports.queries.mastery.MISSING",
        "MissKind": "trainer.api.serializers.feedback.MISSES",
        "CaseRequestState": "trainer.api.serializers.cases.REQUEST_STATES",
        "ChallengeState": "trainer.challenges.queries.challenges.STATES",
        "PlacedKind": "trainer.api.serializers.sandbox.KINDS",
        "LadderStepState": "trainer.api.serializers.ladders.STEP_STATES",
        "CaseReportState": "trainer.api.serializers.cases.REPORT_STATES",
        "CardOutcome": "trainer.api.serializers.generator_cards.OUTCOMES",
        "CardStandingState": "trainer.api.serializers.generator_cards.STATES",
        "RealismVerdict": "trainer.api.serializers.realism.VERDICTS",
        "RealismOffer": "trainer.api.serializers.realism.OFFERS",
        "ReadersStanding": "trainer.api.serializers.realism.STANDINGS",
        "CardBlockKind": "trainer.api.serializers.generator_cards.BLOCKS",
    },
    "COMPONENT_SPLIT_REQUEST": True,
}

# Jobs. Without a broker of its own, Celery keeps its messages in one more SQLite file.

CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", default=f"sqla+sqlite:///{DATA_DIR}/broker.sqlite3"
)
# A broker that does not answer must not hold a web request: the sweep sends the task again.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"max_retries": 0}
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_connect_timeout": 3, "visibility_timeout": 3600}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

# Where cases are made ("cpu" or "cuda"); the generator of cases for which none was named, by its
# name or as a weights file, when not the shipped one; the folder of the site's own.
GENERATION_DEVICE = env.str("GENERATION_DEVICE", default="cpu")
GENERATION_WEIGHTS = env.str("GENERATION_WEIGHTS", default="")
GENERATORS_DIR = find_generators_folder(DATA_DIR)

# The stock of cases that beat keeps: ready for each reader who practised lately, and the disk that
# all images may take up before no more are ordered by it.
STOCK_PER_READER = env.int("STOCK_PER_READER", default=12)
STOCK_DISK_GIB = env.float("STOCK_DISK_GIB", default=50.0)

# The recipes of the test sets: what `make_reference_form` has made.
REFERENCE_FORM = env.str(
    "REFERENCE_FORM", default=str(BASE_DIR / "trainer" / "learning" / "reference_form.json")
)

# Texts, time, logs

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "trainer" / "locale"]
USE_TZ = True

LOGGING = make_logging(
    level=env.str("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False)
)
