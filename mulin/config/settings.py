"""Every setting, in one file, by subject. What differs between towns is one typed line read from the environment."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from pathlib import Path
from urllib.parse import unquote, urlparse

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]


def env(name: str, default: str = "") -> str:
    """Read a value, or the file that `<name>_FILE` points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """Read True or False; any other value stops the start with a sentence."""
    value = env(name, str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"Unexpected value {name}={value}, use 'True' or 'False'.")
    return value == "True"


def env_int(name: str, default: int) -> int:
    """Read a whole number; any other value stops the start with a sentence."""
    value = env(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"Unexpected value {name}={value}, use a whole number.")
    return int(value)


def env_word(name: str, default: str, *words: str) -> str:
    """Read one of a few words; any other value stops the start with a sentence."""
    value = env(name, default)
    if value not in words:
        raise ImproperlyConfigured(f"Unexpected value {name}={value}, use one of: {', '.join(words)}.")
    return value


def env_key(name: str) -> bytes:
    """Read a key of 32 bytes in base64, as the keys file has them; any other value stops the start with a sentence."""
    try:
        key = b64decode(env(name), validate=True)
    except ValueError:
        key = b"?"
    if len(key) not in (0, 32):
        raise ImproperlyConfigured(f"Unexpected value of {name}, use 32 bytes in base64.")
    return key


# Where things lie
DATA = Path(env("MULIN_DATA", str(ROOT / "var")))
DATA.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA / "media"
STATIC_ROOT = DATA / "static"
STATIC_URL = "/static/"

# What kind of installation: a demo shows its one-time codes and offers its roles on the sign-in page
DEMO = env_bool("MULIN_DEMO", False)
DEBUG = env_bool("MULIN_DEBUG", False)
ALLOWED_HOSTS = env("MULIN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = env("MULIN_SITE_URL", "http://127.0.0.1:8000")

# Secrets: from the environment or files; made once in the data folder where none are given


def _keys() -> dict[str, str]:
    path = Path(env("MULIN_KEYS_FILE", str(DATA / "keys.json")))
    if not path.exists():
        made = {name: b64encode(secrets.token_bytes(32)).decode() for name in ("secret", "log", "k1")}
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            json.dump({"secret": made["secret"], "log": made["log"], "fields": {"k1": made["k1"]}}, file, indent=1)
        try:
            os.link(temporary, path)  # of two first starts, one wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return json.loads(path.read_text())  # type: ignore[no-any-return]


_read = _keys()
SECRET_KEY = env("MULIN_SECRET_KEY", _read["secret"])
MULIN_LOG_KEY = b64decode(_read["log"])
MULIN_KEYS = {name: b64decode(key) for name, key in _read["fields"].items()}  # type: ignore[attr-defined]
MULIN_HASH_KEY = env_key("MULIN_HASH_KEY")  # keyed hashes hang on it; without it, on the oldest key for fields

# Database: SQLite in the data folder, or DATABASE_URL=postgres://…
_url = env("DATABASE_URL")
DATABASES = {"default": dj_database_url.parse(_url or f"sqlite:///{DATA / 'mulin.sqlite3'}", conn_max_age=None)}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = "mulin.kernel.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456;"
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON"
        ),
    }
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
COMMUNITY_MODEL = "territory.Community"

# The program
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "template_partials",
    "mulin.journal",
    "mulin.kernel",
    "mulin.secrecy",
    "mulin.text",
    "mulin.tables",
    "mulin.uploads",
    "mulin.api",
    "mulin.web",
    "mulin.territory",
    "mulin.people",
    "mulin.factors",
    "mulin.entry",
    "mulin.news",
    "mulin.notices",
    "mulin.comments",
    "mulin.privacy",
    "mulin.households",
    "mulin.participation",
    "mulin.webhooks",
    "mulin.bodies",
    "mulin.joining",
    "mulin.cases",
    "mulin.open311",
    "mulin.forwarding",
    "mulin.callups",
    "mulin.learning",
    "mulin.rates",
    "mulin.incidents",
    "mulin.channels",
    "mulin.concerns",
    "mulin.deputies",
    "mulin.rounds",
    "mulin.mediation",
    "mulin.votes",
    "mulin.proposals",
    "mulin.home",
    "mulin.config",
    "django.forms",  # its widget templates; after ours, which come first
]
MIDDLEWARE = [
    "mulin.web.middleware.Safety",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mulin.web.middleware.Compress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mulin.entry.middleware.Visit",
    "mulin.web.middleware.Refusals",
]
ROOT_URLCONF = "mulin.config.urls"
WSGI_APPLICATION = "mulin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "mulin.web.templatetags.web",
                "mulin.web.templatetags.kept",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mulin.config.navigation.page",
            ],
        },
    }
]
FORM_RENDERER = "mulin.web.forms.Renderer"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_MAX_AGE = 31536000

# Languages and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
HOME_ZONE = env("MULIN_ZONE", "Asia/Shanghai")  # shown where no community says its own

# Sign-in and messages
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SIGN_IN_DAYS = env_int("MULIN_SIGN_IN_DAYS", 30)
# A second factor for posts that open other people's data: reminded of, needed, or not spoken of
STAFF_FACTOR = env_word("MULIN_STAFF_FACTOR", "off" if DEMO else "ask", "ask", "must", "off")

# Mail: a console in the demo, MULIN_MAIL_URL=smtp://user:password@host:port elsewhere
_mail = urlparse(env("MULIN_MAIL_URL", "console://"))
EMAIL_BACKEND = f"django.core.mail.backends.{_mail.scheme}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_TIMEOUT = 10  # seconds
EMAIL_USE_TLS = env_bool("MULIN_MAIL_TLS", False)
DEFAULT_FROM_EMAIL = env("MULIN_MAIL_FROM", "mulin@localhost")
MAIL_IN_URL = env("MULIN_MAIL_IN_URL")  # imaps://user:password@host/INBOX, for `mulin mail-in --imap`
MAIL_IN_ADDRESS = env("MULIN_MAIL_IN_ADDRESS")  # where answers to our mails go
MAIL_IN_SERVER = env("MULIN_MAIL_IN_SERVER")  # the mail server of ours that says whether a sender is who it says
SMS_SENDER = env("MULIN_SMS_SENDER")  # a function (number, text) by its dotted name; without it no code goes to phones

# Safety
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mulin.web.pages.csrf_failed"
CSRF_COOKIE_SECURE = SITE_URL.startswith("https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
BASE_MAP = env("MULIN_BASE_MAP")  # https://…/{z}/{x}/{y}.png: its host joins the content policy
RATE_LIMITS = env_bool("MULIN_RATE_LIMITS", True)
# Hosts that webhooks may reach without https and inside one's own net; for tests and trials only
WEBHOOK_HTTP_HOSTS = [host for host in env("MULIN_WEBHOOK_HTTP_HOSTS").split(",") if host]
TRUSTED_PROXIES = env_int("MULIN_TRUSTED_PROXIES", 0)  # web servers of our own in front; 0: nobody's word is taken
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Logs: to the console, without personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"routes": {"()": "mulin.config.logs.RoutesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["routes"]}},
    "root": {"handlers": ["console"], "level": env("MULIN_LOG_LEVEL", "INFO")},
}
