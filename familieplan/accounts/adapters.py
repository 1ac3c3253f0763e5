"""How allauth does things here: nobody signs up, nothing is mailed, second-factor secrets are sealed."""

import base64
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from familieplan.accounts import actions, crypto, same_again
from familieplan.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        # One sentence for an unknown name, a wrong password and a closed account.
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password is not right."),
        "rate_limited": _("Too many attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        before = same_again.secret_before(request, user)
        super().login(request, user)
        request.META["CSRF_COOKIE"] = before or request.META["CSRF_COOKIE"]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        same_again.remember(request, answer, user)
        return answer

    def set_password(self, user: User, password: str) -> None:
        """Only the password: the web process may not write the rest. All other browsers are signed out."""
        user.set_password(password)
        user.save(update_fields=["password"])
        actions.end_other_sessions(user=user, keep=context.request.session.session_key)

    def reauthenticate(self, user: User, password: str) -> bool:
        """As allauth's, without looking for e-mail addresses: we keep none."""
        found = self.authenticate(context.request, username=user.login, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, **_for_what: Any) -> bool:
        """Who signed in within the last five minutes is not asked again at once (law 7: nothing is asked twice)."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say it themselves; allauth's message would carry the login name."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Codes change every 30 seconds: try the newest."),
    }

    def get_totp_issuer(self) -> str:
        return "Familiens Plan"

    def encrypt(self, text: str) -> str:
        return base64.b64encode(crypto.seal("second factor", text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal("second factor", base64.b64decode(encrypted_text))
