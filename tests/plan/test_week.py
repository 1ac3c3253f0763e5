"""The week has more in it than interventions: school, work, football. And what was agreed once can still be read."""

from datetime import timedelta
from uuid import UUID, uuid4

from familieplan.plan import actions as plan
from familieplan.plan.models import Agreement, WeeklyTime
from tests.plan.house import House

FOOTBALL = {"weekday": "3", "weeks": "every", "starts_at": "16:00", "ends_at": "17:30", "kind": "family_life"}


def plays_football(house: House, **more: str) -> UUID:
    given = FOOTBALL | {"title": "Fodbold", "person": str(house.people["Anton"]), "place": "Bybanen"} | more
    once = uuid4()
    answer = house.client("Sara").post(f"{house.base}times/add/", given | {"once": str(once)})
    assert answer.status_code == 302, answer.content.decode()
    return once


def test_a_time_of_its_own_lies_in_its_own_drawer(house: House) -> None:
    football = plays_football(house)
    with house.as_("Sara"):
        row = WeeklyTime.objects.select_related("scope").get(pk=football)
    assert (row.intervention_id, row.scope.category_id, row.scope.reveals_place) == (None, "family_life", True)
    assert "Bybanen" in house.client("Sara").get(house.base).content.decode()
    assert "Bybanen" in house.client("Peter").get(house.base).content.decode()  # custody
    for name in ("Jens", "Lis", "Emma"):
        assert "Fodbold" not in house.client(name).get(house.base).content.decode()


def test_it_changes_and_stops(house: House) -> None:
    sara, edit = house.client("Sara"), f"{house.base}times/{plays_football(house)}/edit/"
    assert edit in sara.get(house.base).content.decode()
    later = FOOTBALL | {"title": "Fodbold", "starts_at": "16:30"}
    assert sara.post(edit, later | {"seen": "1"}).status_code == 302
    assert "16.30–17.30" in sara.get(house.base).content.decode()
    assert sara.post(edit, later | {"seen": "1", "weekday": "4"}).status_code == 409
    assert sara.post(edit, later | {"seen": "2", "stopped": "on"}).status_code == 302
    assert "Fodbold" not in sara.get(house.base).content.decode()


def test_it_is_not_for_others_to_change(house: House) -> None:
    edit = f"{house.base}times/{plays_football(house)}/edit/"
    for name in ("Jens", "Mette", "Lis", "Olga"):
        assert house.client(name).get(edit).status_code == 404


def test_it_does_not_end_before_it_begins(house: House) -> None:
    given = FOOTBALL | {"title": "Fodbold", "person": str(house.people["Anton"]), "ends_at": "15:00"}
    answer = house.client("Sara").post(f"{house.base}times/add/", given)
    assert answer.status_code == 422
    assert "Det slutter, før det begynder." in answer.content.decode()


def test_a_month_later_an_agreement_is_read_among_the_earlier_ones(house: House) -> None:
    sara, earlier = house.client("Sara"), f"{house.base}agreements/earlier/"
    assert earlier not in sara.get(house.base).content.decode()
    with house.as_("Jens") as by:
        agreement = Agreement.objects.get(pk=house.rows["agreement"])
        long_ago = house.today - timedelta(days=30)
        plan.report(agreement=agreement, status="done", on=long_ago, by=by, word="De sagde ja")
    page = sara.get(house.base).content.decode()
    assert earlier in page
    assert "ringer til butikken" not in page
    assert "De sagde ja" in sara.get(earlier).content.decode()
    lis = house.client("Lis")
    assert earlier not in lis.get(house.base).content.decode()
    assert "ringer til butikken" not in lis.get(earlier).content.decode()
    assert house.client("Olga").get(earlier).status_code == 404
