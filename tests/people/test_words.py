"""What a form says when something has to be put right: plain words, once."""

import pytest
from django import forms
from django.utils.translation import override

from familieplan.people.pages import Day, Words


class Small(forms.Form):
    name = Words(longest=5)
    day = Day()
    number = forms.CharField()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Her skal stå noget.", "Vælg en dag.", "Her mangler et svar."]),
        ({"name": "a\x00b", "day": "2026-02-30", "number": "1\x002"}, ["ikke kan ses", "kalenderen", "ikke kan ses"]),
    ],
)
def test_errors_are_plain_danish(given: dict[str, str], said: list[str]) -> None:
    with override("da"):
        errors = [list(field.errors) for field in Small(given)]
    assert [len(one) for one in errors] == [1, 1, 1]
    assert all(words in str(one[0]) for words, one in zip(said, errors, strict=True))
