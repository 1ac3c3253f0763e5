"""Where notices are sent."""

from django import forms
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _

from familieplan.people.pages import Words
from familieplan.post.actions import plain_address

TYPED = {"inputmode": "email", "autocomplete": "email", "spellcheck": "false", "autocapitalize": "off"}


class GiveAddress(forms.Form):
    """A colleague's, at work."""

    email = Words(label=_("Mail address"), widget=TextInput(attrs=TYPED))

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        return plain_address(typed) if typed else ""


class KeepAddress(GiveAddress):
    """One's own: with none, nothing is mailed."""

    email = Words(
        label=_("Mail address"),
        help_text=_("Leave it empty, and we write no mails: everything stands here when you sign in."),
        widget=TextInput(attrs=TYPED),
        required=False,
    )
