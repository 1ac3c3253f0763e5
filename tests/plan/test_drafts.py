"""What is typed is kept for its writer: through sign-out, on another machine – and for nobody else."""

from typing import Any

from django.db import connection
from django.test import Client

from familieplan.access.context import acting_as
from familieplan.plan.drafts import form_key
from familieplan.plan.models import Draft
from tests.plan.house import House

KEPT = "Noget jeg ikke er færdig med"


def type_(client: Client, house: House, text: str = KEPT, form: str = "hope") -> Any:
    return client.post("/drafts/", {"key": f"{form_key(house.family, form)}:text", "text": text})


def form(client: Client, house: House) -> str:
    page: str = client.get(f"{house.base}hopes/add/").content.decode()
    return page


def test_a_draft_is_there_after_sign_out_and_on_another_machine(house: House) -> None:
    phone = house.client("Sara")
    assert type_(phone, house).status_code == 204
    assert f'data-draft="{form_key(house.family, "hope")}:text"' in form(phone, house)
    phone.post("/account/sign-out/")
    tablet = form(house.client("Sara"), house)
    assert KEPT in tablet
    assert "Intet bliver sendt" in tablet


def test_nobody_else_sees_it(house: House) -> None:
    type_(house.client("Sara"), house)
    for name in ("Peter", "Emma", "Mette", "Jens"):
        assert KEPT not in form(house.client(name), house)
        with acting_as(house.actor(name)):
            assert not Draft.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM plan_draft")  # signed in as nobody
        assert cursor.fetchone() == (0,)


def test_it_is_gone_when_it_is_saved(house: House) -> None:
    sara = house.client("Sara")
    type_(sara, house)
    sara.post(f"{house.base}hopes/add/", {"text": KEPT, "about": [str(house.people["Sara"])], "kind": "plan"})
    assert KEPT not in form(sara, house)
    assert KEPT in sara.get(house.base).content.decode()


def test_a_form_that_is_refused_leaves_it(house: House) -> None:
    sara = house.client("Sara")
    type_(sara, house)
    sara.post(f"{house.base}hopes/add/", {"text": ""})
    assert KEPT in form(sara, house)


def test_even_a_text_that_is_too_long_is_kept(house: House) -> None:
    sara = house.client("Sara")
    assert type_(sara, house, "å" * 100_000).status_code == 204
    assert "å" * 100_000 in form(sara, house)
    assert type_(sara, house, "å" * 300_000).status_code == 422


def test_signs_that_postgresql_cannot_keep_are_left_out(house: House) -> None:
    sara = house.client("Sara")
    assert type_(sara, house, "Et\x00 håb").status_code == 204
    assert "Et håb" in form(sara, house)


def test_an_emptied_field_is_no_draft(house: House) -> None:
    sara = house.client("Sara")
    type_(sara, house)
    assert type_(sara, house, "").status_code == 204
    assert "Intet bliver sendt" not in form(sara, house)


def test_small_steps_are_kept_too(house: House) -> None:
    sara = house.client("Sara")
    key = form_key(house.family, f"goal:{house.rows['work']}")
    sara.post("/drafts/", {"key": f"{key}:steps-1-text", "text": "Et skridt på vej"})
    assert "Et skridt på vej" in sara.get(f"{house.base}topics/{house.rows['work']}/goals/add/").content.decode()


def test_a_draft_of_a_text_that_somebody_changed_since_shows_both(house: House) -> None:
    """Peter has custody of Anton too."""
    sara, school = house.client("Sara"), house.rows["school"]
    sara.post("/drafts/", {"key": f"{form_key(house.family, f'topic:{school}')}:title", "text": "Saras kladde"})
    address = f"{house.base}topics/{school}/edit/"
    assert "conflict" not in sara.get(address).content.decode()
    assert house.client("Peter").post(address, {"title": "Peters ord", "seen": "1"}).status_code == 302
    both = sara.get(address).content.decode()
    assert "conflict" in both
    assert "Saras kladde" in both
    assert "Peters ord" in both


def test_a_key_is_a_key(house: House) -> None:
    assert house.client("Sara").post("/drafts/", {"key": "x" * 121, "text": "t"}).status_code == 422
    assert house.client("Sara").post("/drafts/", {"key": "a b", "text": "t"}).status_code == 422
    assert house.client("Sara").get("/drafts/").status_code == 405
