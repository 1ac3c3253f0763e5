"""Settings: the environment decides, this file only names it. See README, "Run it for real"."""

import os
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from familieplan import environment

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("FAMILIEPLAN_HOME", BASE_DIR / ".familieplan"))

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("FAMILIEPLAN_DEMO")
SECRET_KEY = environment.required("SECRET_KEY")
FAMILIEPLAN_ACTOR_KEY = environment.required("FAMILIEPLAN_ACTOR_KEY")
FAMILIEPLAN_DATA_KEY = environment.required("FAMILIEPLAN_DATA_KEY")
# Datatilsynet 2024-32-0283: whoever looked is shown by department and role; by name where the municipality chooses to.
MUNICIPALITY_SHOWS_STAFF_NAMES = environment.flag("MUNICIPALITY_SHOWS_STAFF_NAMES")
MUNICIPALITY_CONTACT = os.environ.get("MUNICIPALITY_CONTACT", "")  # a mail address, in the accessibility statement
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

ROOT_URLCONF = "familieplan.urls"
WSGI_APPLICATION = "familieplan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Ours first: their templates and translations win.
    "familieplan.core",
    "familieplan.ui",
    "familieplan.access",
    "familieplan.audit",
    "familieplan.accounts",
    "familieplan.people",
    "familieplan.post",
    "familieplan.consent",
    "familieplan.plan",
    "familieplan.meetings",
    "familieplan.early",
    "familieplan.portal",
    "familieplan.desk",
    "familieplan.live",
    "familieplan.demo",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "familieplan.core.headers.SecurityHeaders",
    "familieplan.core.methods.HeadAsGet",
    "familieplan.access.middleware.TransactionMiddleware",  # before everything that asks the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "familieplan.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {  # All pages of ours: a tenth of the CPU of Django's own engine on the family page.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "familieplan.ui.jinja.environment",
            "context_processors": ["familieplan.ui.words.of_the_page", "familieplan.ui.tokens.one_for_the_page"],
        },
    },
    {  # None of ours: allauth checks for it, and renders what we have not replaced.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- Database: the weak role for every day, the owner only where an owner's address is given (migrations) -----------
# Connections stay open: opening one costs more than a whole page (81 requests a second against 627).
DATABASES = {
    "default": environment.database(environment.required("DATABASE_URL"), CONN_MAX_AGE=None, CONN_HEALTH_CHECKS=True)
}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = environment.database(os.environ["DATABASE_OWNER_URL"])

# --- Live boards: where the stream process is reached -----------------------------------------------------------------
LIVE_URL = os.environ.get("LIVE_URL", "/live/")  # behind the same proxy; or a whole address on another port
LIVE_ORIGINS = environment.words("LIVE_ORIGINS")  # whose pages may listen when it is elsewhere: http://localhost:8000
LIVE_CHECK_SECONDS = environment.number("LIVE_CHECK_SECONDS", 30)  # a session that is over ends its streams

# --- Accounts ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
DATABASE_ROUTERS = ["familieplan.accounts.router.NoUnusedTables"]
LOGIN_URL = "account_demo" if DEMO else "account_login"  # in the demo one chooses whom to be
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),  # NIST SP 800-63B: length, not rules about signs
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login",)}),
        ("CommonPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # hard in memory, no slower, nothing to install
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
SESSION_ENGINE = "familieplan.accounts.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
FAMILIEPLAN_SESSION_IDLE = {
    "staff": timedelta(minutes=environment.number("SESSION_IDLE_STAFF", 30)),
    "person": timedelta(minutes=environment.number("SESSION_IDLE_FAMILY", 60)),
    "nobody": timedelta(minutes=15),  # between password and code
}
FAMILIEPLAN_SESSION_LONGEST = timedelta(hours=environment.number("SESSION_HOURS", 12))
FAMILIEPLAN_DEMO_CAST = "familieplan.demo.cast.people"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a readable cookie
CACHES = {"default": {"BACKEND": "familieplan.accounts.cache.JsonCache"}}  # counts attempts for all processes

ACCOUNT_ADAPTER = "familieplan.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; allauth checks it all the same
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {  # per address many (a town hall shares one), per account few
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("PROXIES", int(environment.flag("BEHIND_PROXY")))
ACCOUNT_FORMS = {
    "login": "familieplan.accounts.forms.SignIn",
    "reauthenticate": "familieplan.accounts.forms.GivePasswordAgain",
    "change_password": "familieplan.accounts.forms.ChangePassword",
}
MFA_ADAPTER = "familieplan.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no e-mail addresses
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "familieplan.accounts.forms.GiveCode",
    "reauthenticate": "familieplan.accounts.forms.GiveCodeAgain",
    "activate_totp": "familieplan.accounts.forms.AddApp",
}

# --- Jobs and mail (docs/decisions/0013) ----------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # every room's jobs.py
SMTP = environment.mail_server(os.environ.get("SMTP_URL", ""))  # none: letters wait
MAIL_FROM = environment.mail_address("MAIL_FROM")
SITE_URL = environment.site_address("SITE_URL")  # all that a letter links to
if SMTP and not (MAIL_FROM and SITE_URL):
    raise ImproperlyConfigured("SMTP_URL names a mail server: MAIL_FROM and SITE_URL must be set, too.")
DEMO_MAILBOX = Path(os.environ.get("DEMO_MAILBOX", HOME / "mailbox"))  # where the demo's own mail server delivers

# --- Population: what leaders see on the whole ----------------------------------------------------------------------
POPULATION_REPORT = os.environ.get("POPULATION_REPORT", "")  # a folder that `population report` has written
BUDGET_PARAMETERS = os.environ.get(
    "BUDGET_PARAMETERS", ""
)  # a file of the municipality's own; else the shipped example

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [HOME / "locale"]  # compiled at set-up from every app's django.po
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

# --- Static files: dkfds is installed by npm, never committed --------------------------------------------------------
DKFDS = HOME / "node" / "node_modules" / "dkfds" / "dist"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [("dkfds", DKFDS)] if DKFDS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # we keep no files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Doors ---------------------------------------------------------------------------------------------------------
SECURE_COOKIES = not (DEBUG or DEMO)  # both are served over plain http on the machine's own address
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
if SECURE_COOKIES:  # a browser takes these from this very host by https only, never from a neighbour's address
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "familieplan.ui.views.csrf_failed"
SECURE_SSL_REDIRECT = SECURE_COOKIES and environment.flag("SECURE_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frames are refused by core.headers
    "security.W005",  # HSTS for this name only: the municipality's other names are not ours to decide
    "security.W008",  # whether http is sent on is the proxy's work, or SECURE_SSL_REDIRECT
    "security.W021",
]

# --- Logs: never a name, a number or a text of a family ------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "familieplan.core.logs.NothingPersonal"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
