"""The form macros: every field has a label, help and error are tied to it, and nothing typed is lost."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from familieplan.people.drafts import Sheet
from tests.ui.preview import request


class Everything(forms.Form):
    text = forms.CharField(label="Text", help_text="In your own words.", max_length=500, widget=forms.Textarea)
    name = forms.CharField(label="Name")
    day = forms.DateField(label="Day", required=False)
    hour = forms.TimeField(label="Hour", required=False, widget=forms.TimeInput)
    where = forms.ChoiceField(label="Where", choices=[("", "–"), ("school", "School"), ("Home", [("h", "At home")])])
    whom = forms.MultipleChoiceField(
        label="Whom", choices=[("1", "Sara"), ("2", "Freja")], widget=forms.CheckboxSelectMultiple
    )
    who = forms.ChoiceField(label="Who", choices=[("a", "All"), ("m", "Me")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="Told", required=False)


def drawn(form: forms.Form) -> str:
    context = {"title": "T", "form": form, "action": "/here/", "cancel": "/back/", "box": "card"}
    form.sheet = Sheet("none:topic")  # type: ignore[attr-defined]
    with translation.override("en"):
        return render_to_string("plan/edit.html", context, request("/here/"))


@pytest.fixture
def refused() -> str:
    return drawn(
        Everything({"text": "", "name": "Søren & Ida", "day": "2026-11-24", "whom": ["2"], "who": "m", "once": "abc"})
    )


def test_every_control_has_a_label() -> None:
    html = drawn(Everything())
    main = html[html.index("<main") :]
    ids = set(re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', main))
    assert ids
    assert ids == set(re.findall(r'<label[^>]* for="([^"]+)"', main))


def test_an_error_is_listed_on_top_and_tied_to_its_field(refused: str) -> None:
    assert "2 things are to be put right" in refused
    assert '<a href="#id_text">' in refused
    assert 'aria-describedby="id_text-more"' in refused
    assert 'aria-invalid="true"' in refused


def test_what_was_typed_and_chosen_is_still_there(refused: str) -> None:
    assert 'value="Søren &amp; Ida"' in refused
    assert 'value="2026-11-24"' in refused
    assert 'value="2" checked' in refused
    assert 'value="m" checked' in refused


def test_a_second_try_carries_the_same_once(refused: str) -> None:
    assert 'name="once" value="abc"' in refused


def test_a_new_form_carries_a_once_of_its_own() -> None:
    first, second = (re.search(r'name="once" value="([^"]+)"', drawn(Everything())) for _ in range(2))
    assert first
    assert second
    assert first[1] != second[1]


def test_text_areas_are_kept_as_drafts() -> None:
    assert 'data-draft="none:topic:text"' in drawn(Everything())


def test_groups_of_choices_stand_under_their_name() -> None:
    assert '<optgroup label="Home">' in drawn(Everything())
