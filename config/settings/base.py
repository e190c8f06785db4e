"""Settings that hold everywhere. What differs by machine comes from the environment (docs/operations.md)."""

import os
from pathlib import Path
from urllib.parse import unquote

import environ
from django.utils.translation import gettext_lazy as _

from zaigang.foundation.crypto.keys import Keys, load_keys
from zaigang.foundation.home import zaigang_home

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGE_DIR = BASE_DIR / "src" / "zaigang"
if not PACKAGE_DIR.exists():  # installed as a wheel: config lies beside zaigang
    PACKAGE_DIR = BASE_DIR / "zaigang"
if not os.access(PACKAGE_DIR, os.W_OK):  # the engines' compiled loops cannot be kept beside their source
    os.environ.setdefault("NUMBA_CACHE_DIR", str(zaigang_home() / "compiled"))

DEBUG = False
DEMO = env.bool("ZAIGANG_DEMO", default=False)
ALLOWED_HOSTS = env.list("ZAIGANG_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def keys() -> Keys:
    """The office's keys, from the file that ZAIGANG_KEYS names or from the home folder."""
    return load_keys(Path(env.str("ZAIGANG_KEYS", default="") or zaigang_home() / "keys.json"))


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "zaigang.look",
    "zaigang.ledger",
    "zaigang.offices",
    "zaigang.jobs",
    "zaigang.outbox",
    "zaigang.roster",
    "zaigang.hall",
    "zaigang.claims",
    "zaigang.outcomes",
    "zaigang.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "rules",
    "procrastinate.contrib.django",  # last: it loads every stage's jobs.py
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zaigang.look.policy.PagePolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "zaigang.offices.middleware.WhoAsks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zaigang.offices.middleware.SecondFactorRequired",
    "zaigang.look.middleware.ErrorsInWords",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zaigang.desk.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zaigang.look.templatetags.zaigang",
            ],
        },
    }
]

_database = env.db_url("DATABASE_URL", default="postgres:///zaigang")
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "zaigang.foundation.postgresql",
        "HOST": unquote(_database["HOST"] or ""),  # a socket's folder comes escaped
        # Connections stay open: one per request costs nine times as much.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Values travel apart from the statement, and the server keeps the plan of one that comes again; Django's
        # default is to prepare nothing. A prepared statement lives in one server session, so a pooler must not hand
        # each transaction to another: pgbouncer in transaction mode needs 1.22 and max_prepared_statements.
        "OPTIONS": {**_database.get("OPTIONS", {}), "server_side_binding": True, "prepare_threshold": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "offices.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "rules.permissions.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "zaigang.offices.sessions"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "zaigang.offices.sign_in.NoSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "zaigang.offices.sign_in.SealedSecrets"
MFA_TOTP_ISSUER = "Zaigang"
MFA_TOTP_TOLERANCE = 1  # a code typed slowly, or a phone whose clock is half a minute off
SECOND_FACTOR_REQUIRED = env.bool("ZAIGANG_SECOND_FACTOR", default=True)

# Counting wrong passwords is left to axes alone, which locks out in words.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_VERBOSE = False

#: Where browsers reach the live stream of the hall's screens, which alone may connect to it (`listening`).
#: Empty: the screens ask again every few seconds.
ZAIGANG_LIVE = env.str("ZAIGANG_LIVE", default="")
ZAIGANG_LIVE = ZAIGANG_LIVE.rstrip("/")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("ZAIGANG_STATIC", default="") or zaigang_home() / "static")
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic; the server warns of a folder that is not there
WHITENOISE_USE_FINDERS = True
# An office's own definitions of paper forms; a folder, searched before ours (claims/blanks).
ZAIGANG_BLANKS = env.str("ZAIGANG_BLANKS", default="")
# A roster of 150,000 rows is below 40 MB; larger uploads are refused before they are read.
ROSTER_UPLOAD_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_people": {"()": "zaigang.foundation.logs.WithoutPeople"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_people"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "axes": {"level": "ERROR"},
        # A refusal (403) is no error of the program, and its traceback would fill the log.
        "django.request": {"level": "ERROR"},
    },
}
