"""The pages, as Grete, Maja, Bo and Mette meet them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from familieplan.early.actions import Child
from familieplan.early.reading import EarlyPage, standing_of
from familieplan.people.models import Draft
from tests.early.conftest import Daycare, SignIn, begin
from tests.street import years_ago

pytestmark = pytest.mark.django_db(transaction=True)


def post(client: Client, path: str, **given: Any) -> str:
    """Where it leads."""
    answer = client.post(path, given)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def child_and_parents(daycare: Daycare, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "once": str(daycare.family), "unit": str(daycare.street.units["Børnehuset"]), "given_name": "Ida",
        "surname": "Lind", "child_born": years_ago(4).isoformat(), "custody": "joint",
        "first_name": "Maja", "first_words": "mor", "first_talk": today,
        "second_name": "Bo", "second_words": "far", "second_talk": today,
    } | changes  # fmt: skip


def test_from_the_first_talk_to_the_meeting(before: Daycare, at_page: SignIn) -> None:
    grete = at_page("Grete")
    assert "/early/new/" in grete.get("/").content.decode()
    assert post(grete, "/early/new/", answer="yes") == "/early/new/child/"
    here = post(grete, "/early/new/child/", **child_and_parents(before))
    assert here == f"{before.base}early/"
    assert post(grete, "/early/new/child/", **child_and_parents(before)) == here  # sent twice
    with before.as_("Grete") as by:
        page = EarlyPage(before.family, by, standing_of(before.family))  # type: ignore[arg-type]
        before.persons = {row.given_name: id for id, row in page.persons.items()}
        assert page.next_step == "ask"
    assert grete.get(before.base)["Location"] == here  # no plan: its own page stands there
    signed = {"signed": str(before.persons["Maja"]), "purpose": "Søvn", "consequence": "Intet møde"}
    post(grete, f"{here}yes/", kinds="daycare", once=str(uuid4()), **signed)
    bo = at_page("Bo")
    front = bo.get("/").content.decode()
    for path in {line.split('"')[0] for line in front.split('href="') if "/sign/" in line.split('"')[0]}:
        post(bo, path)
    with before.as_("Grete") as by:
        assert EarlyPage(before.family, by, standing_of(before.family)).next_step == "meet"  # type: ignore[arg-type]
    form = grete.get(f"{before.base}meetings/add/").content.decode()
    assert 'value="60"' in form
    starts = timezone.localdate() + timedelta(days=9)
    both = [str(before.persons["Maja"]), str(before.persons["Bo"])]
    post(
        grete,
        f"{before.base}meetings/add/",
        for_=both,
        day=starts.isoformat(),
        at="10:00",
        minutes=60,
        board="halsnaes",
        once=str(uuid4()),
    )
    assert "Tidligt møde" in bo.get(here).content.decode()


def test_a_no_leaves_nothing(before: Daycare, at_page: SignIn) -> None:
    answer = at_page("Grete").post("/early/new/", {"answer": "no"})
    assert answer.status_code == 200
    with before.as_("Grete"):
        assert not Draft.objects.exists()
        assert standing_of(before.family) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"second_talk": ""}, "Ved fælles forældremyndighed"),
        ({"first_talk": "2199-01-01"}, "Den dag er ikke kommet endnu"),
        ({"child_born": "1990-01-01"}, "Et tidligt møde handler om et barn"),
    ],
)
def test_what_is_refused_is_said(before: Daycare, at_page: SignIn, given: dict[str, str], said: str) -> None:
    answer = at_page("Grete").post("/early/new/child/", child_and_parents(before, **given))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_there_is_no_such_page_for_the_others(daycare: Daycare, at_page: SignIn) -> None:
    daycare.yes("Maja", "Bo")
    for who in ("Nina", "Mette", "Jens", "Stine", "Sara"):
        client = at_page(who)
        assert client.get(f"{daycare.base}early/").status_code == 404
    assert at_page("Mette").get("/early/new/").status_code == 404
    assert at_page("Mette").get(f"{daycare.street.base}early/").status_code == 404  # an ordinary course


def test_an_early_course_does_not_have_these_pages(daycare: Daycare, at_page: SignIn) -> None:
    grete, ida = at_page("Grete"), daycare.persons["Ida"]
    for path in (
        *("people/add/", "people/homes/add/", f"people/{ida}/protection/add/", f"people/{ida}/relations/add/"),
        *("sharing/new/", "emergency/"),
    ):
        assert grete.get(daycare.base + path).status_code == 404, path
    for path in (
        "consents/new/",
        f"consents/new/{ida}/",
    ):  # a page that finds a yes missing leads there: to the small one
        assert grete.get(daycare.base + path)["Location"] == f"{daycare.base}early/yes/"


def test_the_team_page_offers_the_sphere_only(daycare: Daycare, at_page: SignIn) -> None:
    page = at_page("Grete").get(f"{daycare.base}people/team/add/").content.decode()
    assert "Stine" in page
    assert "Jens" not in page


def test_well_and_back_with_a_clip(daycare: Daycare, at_page: SignIn) -> None:
    daycare.yes("Maja", "Bo")
    grete, maja = at_page("Grete"), at_page("Maja")
    post(grete, f"{daycare.base}early/end/")
    assert grete.get(f"{daycare.base}early/").status_code == 404
    assert f"{daycare.base}early/back/" in maja.get(f"{daycare.base}early/").content.decode()
    post(maja, f"{daycare.base}early/back/", once=str(uuid4()))
    assert grete.get(f"{daycare.base}early/").status_code == 200


def test_into_a_course(daycare: Daycare, at_page: SignIn) -> None:
    daycare.yes("Maja", "Bo")
    grete = at_page("Grete")
    both = [str(daycare.persons[one]) for one in ("Maja", "Bo")]
    once, unit = str(uuid4()), str(daycare.street.units["Familieteam"])
    given = {
        "unit": unit,
        "follows": "daycare",
        "purpose": "Én at ringe til",
        "consequence": "Vi mødes her",
        "signed": both,
    }
    post(grete, f"{daycare.base}early/course/", once=once, **given)
    mette = str(daycare.street.staff["Mette"])
    post(grete, f"{daycare.base}early/course/{once}/begin/", coordinator=mette, once=str(uuid4()))
    assert at_page("Mette").get(daycare.base).status_code == 200
    assert grete.get(f"{daycare.base}early/").status_code == 404


def test_a_begun_course_of_15(before: Daycare) -> None:
    """The young person signs alone, and is talked with first."""
    today = timezone.localdate()
    begin(before, child=Child("Ida", "Lind", years_ago(15), today))
    before.yes("Ida")
    assert before.topic().pk
