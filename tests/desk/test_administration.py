"""The administrator keeps the directory and the accounts; everybody else meets nothing there."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.audit import log
from familieplan.desk.administration.reading import accounts
from familieplan.people.models import Department, Staff, StaffRole, Unit
from tests.plan.house import House


def account_of(house: House, name: str) -> str:
    with acting_as(house.actor("Ada")):
        return str(next(one.id for one in accounts() if one.holder == house.actor(name).id))


def ada(house: House) -> Client:
    return house.client("Ada")


def read(house: House, model: type, **where: object) -> list:  # type: ignore[type-arg]
    with acting_as(house.actor("Ada")):
        return list(model.objects.filter(**where))  # type: ignore[attr-defined]


def test_a_department_with_a_unit_which_closes_again(house: House) -> None:
    client = ada(house)
    once = {"once": str(uuid4())}
    assert client.post("/admin/departments/add/", {"name": "Social og Voksen"} | once).status_code == 302
    (department,) = read(house, Department, name="Social og Voksen")
    add = reverse("desk:add_unit", kwargs={"department": department.pk})
    assert client.post(add, {"name": "Bostøtten", "category": "housing", "phone": "11 22"} | once).status_code == 302
    (unit,) = read(house, Unit, name="Bostøtten")
    close = reverse("desk:close_unit", kwargs={"unit": unit.pk})
    assert client.post(close, {"first_day_closed": house.today.isoformat()}).status_code == 302
    assert "lukket fra" in client.get("/admin/").content.decode()
    again = reverse("desk:reopen_unit", kwargs={"unit": unit.pk})
    assert client.post(again).status_code == 302
    assert "lukket fra" not in client.get("/admin/").content.decode()
    assert client.get(again).status_code == 404


def test_what_a_closed_unit_could_read_opens_with_it_again(house: House) -> None:
    unit, jens = house.units["Jobcentret"], house.client("Jens")
    ada(house).post(reverse("desk:close_unit", kwargs={"unit": unit}), {"first_day_closed": house.today.isoformat()})
    assert jens.get(house.base).status_code == 404
    ada(house).post(reverse("desk:reopen_unit", kwargs={"unit": unit}))
    assert "Tirsdag er for tidligt" in jens.get(house.base).content.decode()


@pytest.mark.parametrize(
    ("data", "said"), [({"name": ""}, "Én ting skal rettes"), ({"name": "børn og familie"}, "allerede")]
)
def test_a_name_is_needed_and_is_nobody_elses(house: House, data: dict[str, str], said: str) -> None:
    answer = ada(house).post("/admin/departments/add/", data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_colleague_from_the_first_day_to_the_last(house: House) -> None:
    client = ada(house)
    client.post("/admin/staff/add/", {"name": "Bo Holm", "title": "rådgiver"})
    (bo,) = read(house, Staff, name="Bo Holm")
    page = f"/admin/staff/{bo.pk}/"
    role = {"role": "professional", "unit": house.units["Jobcentret"], "starts": house.today.isoformat()}
    wrong = client.post(page + "roles/add/", role | {"ends": (house.today - timedelta(1)).isoformat()})
    assert (wrong.status_code, "ligger før" in wrong.content.decode()) == (422, True)
    assert client.post(page + "roles/add/", role).status_code == 302
    (given,) = read(house, StaffRole, staff_id=bo.pk)
    invited = client.post(page + "invite/", {"login": "Bo"}).content.decode()
    assert re.search(r'value="http://testserver/account/welcome/[\w-]+/"', invited)
    assert client.post(f"/admin/roles/{given.pk}/end/", {"last_day": house.today.isoformat()}).status_code == 302
    (given,) = read(house, StaffRole, staff_id=bo.pk)
    assert given.ends == house.today


def test_closing_an_account_ends_everything_at_once(house: House) -> None:
    jens = house.client("Jens")
    assert jens.get(house.base).status_code == 200
    address = f"/admin/accounts/{account_of(house, 'Jens')}/"
    assert "Skal kontoen lukkes?" in ada(house).get(address + "close/").content.decode()
    assert ada(house).post(address + "close/").status_code == 302
    assert jens.get(house.base).status_code == 302  # to the sign-in
    with acting_as(house.actor("Jens")):
        assert not User.objects.filter(login="mette").exists()
        assert log.open_family(house.family, "test") != "full"
    assert ada(house).post(address + "open/").status_code == 302


def test_ones_own_account_is_another_administrators(house: House) -> None:
    for what in ("close", "open", "forget-code-app"):
        assert ada(house).post(f"/admin/accounts/{account_of(house, 'Ada')}/{what}/").status_code == 404


def test_a_familys_account_is_found_by_its_whole_name_only(house: House) -> None:
    client = ada(house)
    assert "Luk kontoen" in client.get("/admin/accounts/?login=Sara").content.decode()
    assert "Luk kontoen" not in client.get("/admin/accounts/?login=sar").content.decode()
    assert "sara" not in client.get("/admin/staff/").content.decode().lower()


@pytest.mark.parametrize("name", ["Mette", "Lena", "Sara"])
def test_nobody_else_keeps_the_directory(house: House, name: str) -> None:
    client = house.client(name)
    unit, account = house.units["Jobcentret"], account_of(house, "Jens")
    for address in (
        "departments/add/",
        f"units/{unit}/close/",
        "staff/add/",
        f"staff/{house.staff['Jens']}/",
        f"staff/{house.staff['Jens']}/roles/add/",
        f"staff/{house.staff['Jens']}/invite/",
        f"accounts/{account}/close/",
        f"accounts/{account}/forget-code-app/",
        "accounts/?login=sara",
    ):
        assert client.get(f"/admin/{address}").status_code == 404, address
        assert client.post(f"/admin/{address}", {"name": "x", "login": "x"}).status_code in (404, 405), address
