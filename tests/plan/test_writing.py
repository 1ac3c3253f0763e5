"""What is written in a form stands on the page, once, with its speaker – and is nobody else's to change."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from familieplan.access.models import Scope
from familieplan.people.models import Person, Staff
from familieplan.plan import actions
from familieplan.plan.models import Agreement, Goal, GoalLink, Intervention, SectorPlan, Statement, Topic, WeeklyTime
from tests.plan.house import House

NO_ROWS = {
    f"{prefix}-{name}": value
    for prefix in ("steps", "times")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


def post(client: Client, house: House, form: str, **data: Any) -> Any:
    """As a browser without scripts posts it."""
    return client.post(house.base + form.format(**house.rows), NO_ROWS | {"once": str(uuid4())} | data)


def page(client: Client, house: House) -> str:
    return client.get(house.base).content.decode()


@pytest.fixture
def sara(house: House) -> Client:
    return house.client("Sara")


@pytest.fixture
def about(house: House) -> dict[str, Any]:
    return {"about": [str(house.people["Sara"])], "kind": "employment"}


def test_a_worry_stands_under_its_topic(house: House, sara: Client, about: dict[str, Any]) -> None:
    answer = post(sara, house, "topics/{work}/statements/add/?kind=worry", text="Bussen går ikke", **about)
    assert answer.status_code == 302
    assert answer["Location"] == f"{house.base}#topic-{house.rows['work']}"
    assert "Bussen går ikke" in page(sara, house)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("hopes/add/", "En hund"),
        ("burning/add/", "Rykkeren"),
        ("wellbeing/add/", "Helt okay"),
        ("interventions/{effort}/idea/", "At møde nogen"),
    ],
)
def test_other_words_stand_in_their_place(
    house: House, sara: Client, about: dict[str, Any], form: str, text: str
) -> None:
    assert post(sara, house, form, text=text, **about).status_code == 302
    assert text in page(sara, house)


def test_a_topic_a_goal_with_steps_and_a_step_reached(house: House, sara: Client, about: dict[str, Any]) -> None:
    assert post(sara, house, "topics/add/", title="Penge", **about).status_code == 302
    with house.as_("Sara"):
        house.rows["money"] = Topic.objects.get(title="Penge").pk
    steps = {"steps-TOTAL_FORMS": "2", "steps-0-text": "Åbne posten", "steps-1-text": "Ringe til banken"}
    goal = {"text": "Ingen rykkere", "horizon": "short", "target_on": house.today + timedelta(30)}
    assert post(sara, house, "topics/{money}/goals/add/", **about, **goal, **steps).status_code == 302
    with house.as_("Sara"):
        made = Goal.objects.get(text="Ingen rykkere")
        first = Goal.objects.get(parent=made, text="Åbne posten")
    assert sara.post(f"{house.base}goals/{made.pk}/steps/{first.pk}/done/").status_code == 302
    with house.as_("Sara"):
        first.refresh_from_db()
        assert first.reached_on == house.today
    shown = page(sara, house)
    assert "Ingen rykkere" in shown
    assert "Ringe til banken" in shown


def test_what_becomes_easier(house: House, sara: Client, about: dict[str, Any]) -> None:
    post(sara, house, "topics/{work}/goals/add/", text="Sove igennem", horizon="long", **about)
    with house.as_("Sara"):
        other = Goal.objects.get(text="Sove igennem").pk
    assert post(sara, house, "goals/{goal}/helps/add/", helps=str(other), why="Sara har mere ro").status_code == 302
    assert "Sara har mere ro" in page(sara, house)


def test_an_agreement_and_how_it_went(house: House, sara: Client, about: dict[str, Any]) -> None:
    due = house.today + timedelta(3)
    assert (
        post(
            sara, house, "agreements/add/", what="køber en cykel", doer=str(house.people["Sara"]), due_on=due, **about
        ).status_code
        == 302
    )
    with house.as_("Sara"):
        house.rows["bike"] = Agreement.objects.get(what="køber en cykel").pk
    assert post(sara, house, "agreements/{bike}/done/", status="done", word="Det gik let", seen="1").status_code == 302
    assert "Det gik let" in page(sara, house)


def test_the_doer_of_another_units_agreement_only_reports(house: House) -> None:
    with house.as_("Mette") as by:
        agreed = _agreement_of_mette(house, by)
    jens = house.client("Jens")
    house.rows["mettes"] = agreed
    assert post(jens, house, "agreements/{mettes}/edit/", what="noget andet").status_code == 403
    assert post(jens, house, "agreements/{mettes}/done/", status="done", word="ringet", seen="1").status_code == 302


def _agreement_of_mette(house: House, by: Any) -> UUID:
    place = actions.Place(house.family, (house.people["Sara"],), "employment")
    doer = Staff.objects.get(pk=house.staff["Jens"])
    return actions.agree(place=place, what="ringer", doer=doer, due_on=house.today, by=by).pk


def test_an_intervention_with_its_times(house: House, about: dict[str, Any]) -> None:
    jens = house.client("Jens")
    times = {
        "times-TOTAL_FORMS": "1",
        "times-0-person": about["about"][0],
        "times-0-weekday": "4",
        "times-0-weeks": "even",
        "times-0-starts_at": "10:00",
        "times-0-ends_at": "11:30",
        "times-0-place": "Rådhuset",
    }
    unit = str(house.units["Jobcentret"])
    answer = post(jens, house, "interventions/add/", title="Mentor", unit=unit, starts=house.today, **about, **times)
    assert answer.status_code == 302
    with house.as_("Jens"):
        made = Intervention.objects.get(title="Mentor")
        time = WeeklyTime.objects.get(intervention=made)
    house.rows["mentor"] = made.pk
    assert "Rådhuset" in page(jens, house)
    answer = post(
        jens,
        house,
        "interventions/{mentor}/edit/",
        title="Mentorstøtte",
        starts=house.today,
        stopped=[str(time.pk)],
        seen="1",
    )
    assert answer.status_code == 302
    assert "Mentorstøtte" in page(jens, house)
    assert "Rådhuset" not in page(jens, house)


def test_a_plan_and_a_person_of_the_network(house: House, sara: Client, about: dict[str, Any]) -> None:
    jens = house.client("Jens")
    unit, person = str(house.units["Jobcentret"]), about["about"][0]
    assert (
        post(jens, house, "plans/add/", name="Min plan", unit=unit, person=person, starts=house.today).status_code
        == 302
    )
    with house.as_("Jens"):
        house.rows["plan"] = SectorPlan.objects.get(name="Min plan").pk
    assert post(jens, house, "plans/{plan}/edit/", name="Min nye plan", starts=house.today, seen="1").status_code == 302
    assert "Min nye plan" in page(jens, house)
    assert post(sara, house, "network/add/", name="Farmor Grethe", person=person, may_contact="on").status_code == 302
    assert "Farmor Grethe" in page(sara, house)
    assert "Farmor Grethe" not in page(jens, house)


# --- whose words ---


def test_new_words_leave_the_old_to_be_read(house: House, sara: Client) -> None:
    assert post(sara, house, "statements/{worry}/edit/", text="Tirsdag går bedre nu").status_code == 302
    shown = page(sara, house)
    assert "Tirsdag går bedre nu" in shown
    assert "Tirsdag er for tidligt" not in shown
    with house.as_("Sara"):
        newest = Statement.objects.get(text="Tirsdag går bedre nu").pk
    assert "Tirsdag er for tidligt" in sara.get(f"{house.base}earlier/{newest}/").content.decode()


def test_new_words_that_are_private_leave_the_old_to_the_others(house: House) -> None:
    with house.as_("Sara") as by:
        old = Statement.objects.get(pk=house.rows["worry"])
        place = actions.Place(house.family, (house.people["Sara"],), "employment")
        actions.say(
            place=place,
            kind=old.kind,
            text="Det hemmelige",
            speaker=Person.objects.get(pk=by.id),
            said_on=house.today,
            private=True,
            replaces=old,
            by=by,
        )
    assert "Det hemmelige" in page(house.client("Sara"), house)
    assert "Tirsdag er for tidligt" not in page(house.client("Sara"), house)
    assert "Tirsdag er for tidligt" in page(house.client("Jens"), house)


def test_an_agreement_of_somebody_one_may_not_know_can_still_be_changed(house: House) -> None:
    with house.as_("Peter") as by:
        place = actions.Place(house.family, (house.people["Anton"],), "school")
        peter = Person.objects.get(pk=by.id)
        made = actions.agree(place=place, what="henter", doer=peter, due_on=house.today, by=by)
    sara, form = house.client("Sara"), f"agreements/{made.pk}/edit/"
    assert "Den samme som nu" in sara.get(house.base + form).content.decode()
    data = {"what": "henter fredag", "doer": str(house.people["Peter"]), "due_on": house.today, "status": "open"}
    assert post(sara, house, form, seen="1", **data).status_code == 302


@pytest.mark.parametrize("name", ["Jens", "Mette"])
def test_the_familys_words_are_not_for_others_to_change(house: House, name: str) -> None:
    """They can read them: the near miss."""
    client = house.client(name)
    assert "Tirsdag er for tidligt" in page(client, house)
    assert post(client, house, "statements/{worry}/edit/", text="Noget pænere").status_code == 403
    assert "Noget pænere" not in page(house.client("Sara"), house)


def test_the_coordinator_writes_down_what_is_said(house: House, about: dict[str, Any]) -> None:
    mette = house.client("Mette")
    answer = post(mette, house, "hopes/add/", text="En kolonihave", speaker=about["about"][0], **about)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    with house.as_("Sara"):
        said = Statement.objects.get(text="En kolonihave")
        assert said.speaker_person_id == house.people["Sara"]
        assert Scope.objects.get(pk=said.scope_id).source is None


def test_others_may_not_choose_a_speaker(house: House, about: dict[str, Any]) -> None:
    post(house.client("Jens"), house, "burning/add/", text="Sagt af?", speaker=about["about"][0], **about)
    with house.as_("Jens"):
        assert Statement.objects.get(text="Sagt af?").speaker_staff_id == house.staff["Jens"]


def test_private_words_are_between_the_two(house: House, about: dict[str, Any]) -> None:
    post(house.client("Sara"), house, "topics/{work}/statements/add/?kind=worry", text="Kun her", private="on", **about)
    assert "Kun her" in page(house.client("Sara"), house)
    for name in ("Jens", "Mette", "Peter", "Emma"):
        assert "Kun her" not in page(house.client(name), house)


def test_one_writes_about_oneself_and_ones_children(house: House, sara: Client) -> None:
    answer = post(sara, house, "hopes/add/", text="Om Peter", about=[str(house.people["Peter"])], kind="plan")
    assert answer.status_code == 422
    assert "Om Peter" in answer.content.decode()


def test_a_young_person_of_15_speaks_for_their_own_health(house: House, sara: Client) -> None:
    """The near miss: custody, but not for this kind any more."""
    emma = {"about": [str(house.people["Emma"])], "text": "Om Emma"}
    assert post(sara, house, "hopes/add/", kind="school", **emma).status_code == 302
    answer = post(sara, house, "hopes/add/", kind="mental_health", **emma)
    assert answer.status_code == 422
    assert "Om Emma" in answer.content.decode()


# --- nothing typed is lost, nothing is written twice ---


def test_a_form_that_is_sent_twice_is_saved_once(house: House, sara: Client, about: dict[str, Any]) -> None:
    again = {
        "once": str(uuid4()),
        "text": "Mål",
        "horizon": "short",
        "steps-TOTAL_FORMS": "1",
        "steps-0-text": "Skridt",
        **about,
    }
    for _ in range(2):
        assert post(sara, house, "topics/{work}/goals/add/", **again).status_code == 302
    with house.as_("Sara"):
        assert Goal.objects.filter(text="Mål").count() == 1
        assert Goal.objects.filter(text="Skridt").count() == 1


def test_words_added_before_a_form_is_sent_again_are_not_lost(
    house: House, sara: Client, about: dict[str, Any]
) -> None:
    """The answer got lost on the way; she wrote on, and saved once more."""
    again = {"once": str(uuid4()), **about}
    assert post(sara, house, "hopes/add/", text="Et håb", **again).status_code == 302
    answer = post(sara, house, "hopes/add/", text="Et håb, og et til", **again)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Et håb, og et til" in shown
    once = shown.partition('name="once" value="')[2].partition('"')[0]
    assert once != again["once"]
    assert post(sara, house, "hopes/add/", text="Et håb, og et til", **again | {"once": once}).status_code == 302
    assert "Et håb, og et til" in page(sara, house)


def test_new_words_sent_twice_are_said_once(house: House, sara: Client) -> None:
    again = {"once": str(uuid4()), "text": "Nye ord"}
    for _ in range(2):
        assert post(sara, house, "statements/{worry}/edit/", **again).status_code == 302


def test_a_change_sent_twice_is_no_conflict(house: House, sara: Client) -> None:
    for _ in range(2):
        assert post(sara, house, "topics/{work}/edit/", title="Praktik og ro", seen="1").status_code == 302


def test_two_who_change_the_same_see_both_texts(house: House, sara: Client) -> None:
    assert post(sara, house, "topics/{work}/edit/", title="Det første", seen="1").status_code == 302
    answer = post(sara, house, "topics/{work}/edit/", title="Det andet", seen="1")
    assert answer.status_code == 409
    both = answer.content.decode()
    assert "Det første" in both
    assert "Det andet" in both
    assert 'name="seen" value="2"' in both
    assert post(sara, house, "topics/{work}/edit/", title="Begge dele", seen="2").status_code == 302


def test_words_that_were_replaced_meanwhile_are_a_conflict(house: House, sara: Client) -> None:
    assert post(sara, house, "statements/{worry}/edit/", text="Fra telefonen").status_code == 302
    answer = post(sara, house, "statements/{worry}/edit/", text="Fra tabletten")
    assert answer.status_code == 409
    assert "Fra telefonen" in answer.content.decode()
    with house.as_("Sara"):
        newest = Statement.objects.get(text="Fra telefonen").pk
    assert f'name="seen" value="{newest}"' in answer.content.decode()
    assert post(sara, house, "statements/{worry}/edit/", text="Fra tabletten", seen=str(newest)).status_code == 302
    assert "Fra tabletten" in page(sara, house)


def test_a_hundred_thousand_characters_are_refused_and_kept(house: House, sara: Client, about: dict[str, Any]) -> None:
    text = "æ" * 100_000
    answer = post(sara, house, "hopes/add/", text=text, **about)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert text in shown
    assert "100000" in shown
    assert "10000" in shown


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\u202e"])
def test_signs_that_cannot_be_seen_are_refused(house: House, sara: Client, about: dict[str, Any], sign: str) -> None:
    answer = post(sara, house, "hopes/add/", text=f"Et{sign}håb", **about)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("form", "data", "said"),
    [
        ("interventions/add/", {"title": "T", "starts": "2026-05-02", "ends": "2026-05-01"}, "før den første"),
        ("agreements/add/", {"what": "noget", "due_on": "2020-01-01"}, "passeret"),
        ("agreements/add/", {"what": "noget", "due_on": "20226-01-01"}, "kalenderen"),
        ("plans/add/", {"name": "P", "starts": "2026-05-02", "ends": "2026-05-01"}, "før den første"),
        (
            "interventions/add/",
            {"title": "T", "starts": "2026-05-02", "times-TOTAL_FORMS": "1", "times-0-weekday": "1"},
            "mangler",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_danish(house: House, form: str, data: dict[str, str], said: str) -> None:
    mette = house.client("Mette")
    person = str(house.people["Sara"])
    answer = post(
        mette,
        house,
        form,
        about=[person],
        person=person,
        kind="plan",
        unit=str(house.units["Jobcentret"]),
        doer=person,
        **data,
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_link_of_someone_elses_goal_counts_as_none(house: House) -> None:
    jens = house.client("Jens")
    assert post(jens, house, "goals/{goal}/helps/add/", helps=str(uuid4()), why="x").status_code == 422
    with house.as_("Jens"):
        assert GoalLink.objects.count() == 0
