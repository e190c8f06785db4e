"""A server behind HTTPS."""

from config.settings.base import *  # noqa: F403
from config.settings.base import env, keys

ZAIGANG_KEYS = keys()
SECRET_KEY = ZAIGANG_KEYS.secret
CSRF_TRUSTED_ORIGINS = env.list("ZAIGANG_ORIGINS", default=[])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
