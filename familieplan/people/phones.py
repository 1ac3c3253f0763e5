"""A phone number is kept as it was typed, and is a number: the database refuses others (plan/sql/fridge.sql)."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PHONE = r"\A[+]?[0-9(][0-9 ()./-]{2,}\Z"
is_a_number = RegexValidator(PHONE, _("Write a phone number: only digits, and a + in front if you like."))
