"""allauth's forms with our words. Placeholders go: they vanish when one types, and the label already says it."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class Plain(forms.BaseForm):
    """No placeholders, and a code field that opens the number keys."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": ""})


class SignIn(Plain, account.LoginForm):
    labels = {"login": _("User name"), "password": _("Password")}


class GivePasswordAgain(Plain, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class ChangePassword(Plain, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }


class GiveCode(Plain, factor.AuthenticateForm):
    labels = {"code": _("Code")}


class GiveCodeAgain(Plain, factor.ReauthenticateForm):
    labels = {"code": _("Code")}


class AddApp(Plain, totp.ActivateTOTPForm):
    labels = {"code": _("The code the app shows")}


class ChoosePassword(forms.Form):
    """The invited chooses a password; `actions.accept` tries it against the rules."""

    password = forms.CharField(
        label=_("Choose a password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Three or four words that only you would put together are good."),
    )
    again = forms.CharField(
        label=_("The password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return given


class ChooseLanguage(forms.Form):
    language = forms.ChoiceField(label=_("Language of the pages"), choices=lambda: settings.LANGUAGES)
