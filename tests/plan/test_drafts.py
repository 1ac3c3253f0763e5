"""What is typed is kept for its writer: through sign-out, on another machine – and for nobody else."""

from typing import Any

from django.db import connection
from django.test import Client
from psycopg import Connection

from familieplan.access.context import acting_as
from familieplan.people.drafts import form_key
from familieplan.people.models import Draft
from familieplan.plan.models import Statement
from tests.plan.house import House

KEPT = "Noget jeg ikke er færdig med"


def type_(client: Client, house: House, text: str = KEPT, shown: str = "") -> Any:
    """Typed into the form as it lies open (``shown``), or into one that is opened now."""
    return typed(client, f"{form_key(house.family, 'hope')}:text", shown or form(client, house), text)


def typed(client: Client, key: str, shown: str, text: str) -> Any:
    return client.post("/drafts/", {"key": key, "text": text} | carried(shown))


def carried(shown: str) -> dict[str, str]:
    """What the form itself sends along."""
    return {name: shown.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("draft", "once")}


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
        cursor.execute("SELECT count(*) FROM people_draft")  # signed in as nobody
        assert cursor.fetchone() == (0,)


def test_it_is_gone_when_it_is_saved(house: House) -> None:
    sara = house.client("Sara")
    type_(sara, house)
    assert save(sara, house, KEPT, form(sara, house)).status_code == 302
    assert KEPT not in form(sara, house)
    assert KEPT in sara.get(house.base).content.decode()


def save(client: Client, house: House, text: str, shown: str) -> Any:
    said = {"text": text, "about": [str(house.people["Sara"])], "kind": "plan"}
    return client.post(f"{house.base}hopes/add/", said | carried(shown))


def test_two_tabs_are_two_drafts(house: House) -> None:
    """Saving what is in one leaves what is in the other, which a return finds."""
    sara = house.client("Sara")
    one, other = form(sara, house), form(sara, house)
    type_(sara, house, "Fane et", one)
    type_(sara, house, "Fane to", other)
    back = form(sara, house)
    assert "Fane to" in back
    assert "Fane et" in back  # begun as well, behind a link
    assert save(sara, house, "Fane et", one).status_code == 302
    back = form(sara, house)
    assert "Fane to" in back
    assert "Fane et" not in back
    assert save(sara, house, "Fane to", back).status_code == 302
    assert "Intet bliver sendt" not in form(sara, house)


def test_a_draft_that_was_taken_up_in_another_tab_is_saved_as_one(house: House) -> None:
    sara = house.client("Sara")
    first = form(sara, house)
    type_(sara, house, KEPT, first)
    again = form(sara, house)
    for tab in (again, first):
        assert save(sara, house, KEPT, tab).status_code == 302
    with house.as_("Sara"):
        assert Statement.objects.filter(text=KEPT).count() == 1
    assert save(sara, house, f"{KEPT} endnu", first).status_code == 409


def test_what_its_own_tab_writes_on_is_not_taken_over(house: House) -> None:
    sara = house.client("Sara")
    first = form(sara, house)
    type_(sara, house, "Et håb", first)
    again = form(sara, house)
    type_(sara, house, "Et håb, skrevet videre", first)
    type_(sara, house, "Noget andet", again)
    assert save(sara, house, "Noget andet", again).status_code == 302
    assert "Et håb, skrevet videre" in form(sara, house)


def test_whoever_has_left_the_family_reads_no_draft_of_it(house: House, superuser_connection: Connection) -> None:
    jens = house.client("Jens")
    type_(jens, house)
    superuser_connection.execute("UPDATE people_teammember SET ends = current_date - 1, starts = current_date - 9")
    with acting_as(house.actor("Jens")):
        assert not Draft.objects.exists()
    assert typed(jens, f"{form_key(house.family, 'hope')}:text", 'name="draft" value="x"', "mere").status_code == 422


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
    address = f"{house.base}topics/{house.rows['work']}/goals/add/"
    typed(sara, f"{key}:steps-1-text", sara.get(address).content.decode(), "Et skridt på vej")
    assert "Et skridt på vej" in sara.get(address).content.decode()


def test_a_draft_of_a_text_that_somebody_changed_since_shows_both(house: House) -> None:
    """Peter has custody of Anton too."""
    sara, school = house.client("Sara"), house.rows["school"]
    address = f"{house.base}topics/{school}/edit/"
    key = f"{form_key(house.family, f'topic:{school}')}:title"
    typed(sara, key, sara.get(address).content.decode(), "Saras kladde")
    assert "conflict" not in sara.get(address).content.decode()
    assert house.client("Peter").post(address, {"title": "Peters ord", "seen": "1"}).status_code == 302
    both = sara.get(address).content.decode()
    assert "conflict" in both
    assert "Saras kladde" in both
    assert "Peters ord" in both


def test_a_key_is_a_key(house: House) -> None:
    sara, whole = house.client("Sara"), f"{form_key(house.family, 'hope')}:text"
    shown = form(sara, house)
    for key in ("x" * 121, "a b", "hope:text", f"{form_key(house.other_family, 'hope')}:text"):
        assert typed(sara, key, shown, "t").status_code == 422, key
    for wrong in ({"draft": "x"}, {"draft": "x y z"}, {"once": "x"}, {"draft": ""}):
        assert sara.post("/drafts/", {"key": whole, "text": "t"} | carried(shown) | wrong).status_code == 422, wrong
    assert sara.get("/drafts/").status_code == 405
