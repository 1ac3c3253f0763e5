"""The potential against plain cells of a spreadsheet, and against the sums that were published."""

import pytest

from familieplan.population.budget.loading import read, shipped
from familieplan.population.budget.parameters import Parameters, Payer, Person
from familieplan.population.budget.potential import Case, CaseFault, Potential, every_success, fit

SMALL = """
name = "small"
label_da = "Lille"
label_en = "Small"
year = 2024
years = 3
discount = {value = 0.10, source = "me"}
persistence = {value = [1.0, 0.5], source = "me"}
beyond = {value = 0.8, source = "me"}
children_per_parent = {value = 2, source = "me"}
[sources.me]
title = "Mine"
year = 2024
owner = "Me"
kind = "own"
[[consequence]]
id = "weeks"
label_da = "Uger"
label_en = "Weeks"
person = "adult"
units = {value = [10, 20], source = "me"}
price = [
  {area = "employment", payer = "municipality", value = 1000, source = "me"},
  {area = "health", payer = "region", value = 100, source = "me"},
]
[[consequence]]
id = "days"
label_da = "Dage"
label_en = "Days"
person = "child"
units = {value = [-1], source = "me"}
price = [{area = "social", payer = "state", value = 500, source = "me"}]
[[cost]]
id = "mentor"
label_da = "Mentor"
label_en = "Mentor"
area = "employment"
payer = "municipality"
amount = {value = [3000, 1000], source = "me"}
"""


def small() -> Parameters:
    return read(SMALL, "small.toml")


def test_the_published_sums_come_out_of_the_shipped_parameters() -> None:
    """Social- og Boligstyrelsen, "Familiens vej", 2024: 220,000 kr.; nearly 50,000; 1 million; 3 million."""
    found = {(one.parents, one.first_years, one.person): (ours, fits) for one, ours, fits in fit(shipped())}
    assert all(fits for _ours, fits in found.values())
    per_pair = Potential(shipped().with_values({"discount": (0.0,)}), Case(1, 1.0, 0.0)).net
    fifteen = Potential(shipped().with_values({"discount": (0.0,)}), Case(15, 1.0, 0.0, years=1)).net
    assert 220_000 < per_pair < 230_000
    assert 950_000 < fifteen < 1_050_000
    assert 3_000_000 < 15 * per_pair < 4_000_000
    assert 45_000 < found[1, 4, Person.CHILD][0] < 50_000


def test_a_fit_that_no_longer_holds_is_seen() -> None:
    dearer = shipped().with_values({"units.placement": (5.0, 10.0, 12.0, 14.0)})
    assert [fits for _one, _ours, fits in fit(dearer)] == [True, False, True, True]


def test_net_is_benefits_minus_costs_as_a_spreadsheet_has_it() -> None:
    """Rows are years; columns B, C: weeks for municipality and region, D: days for the state, E: mentor."""
    people = 8 * (0.75 - 0.25)  # 4 more than would have
    sheet = [
        # year   B: 10, 20, 20 weeks at 1000   C: at 100            D: 2 children, 1 day more at 500   E: all 8 of them
        (1.00, people * 10 * 1000 * 1.0, people * 10 * 100 * 1.0, people * 2 * -1 * 500 * 1.0, 8 * 3000),
        (1.10, people * 20 * 1000 * 0.5, people * 20 * 100 * 0.5, people * 2 * -1 * 500 * 0.5, 8 * 1000),
        (1.21, people * 20 * 1000 * 0.4, people * 20 * 100 * 0.4, people * 2 * -1 * 500 * 0.4, 0),
    ]
    found = Potential(small(), Case(8, 0.75, 0.25))
    assert found.net == pytest.approx(sum((b + c + d - e) / over for over, b, c, d, e in sheet))
    assert found.net == pytest.approx(found.benefit - found.cost)
    assert found.cost == pytest.approx(8 * 3000 + 8 * 1000 / 1.1)
    by_payer = found.summed(lambda cell: cell.payer)
    assert by_payer[Payer.REGION] == pytest.approx(sum(c / over for over, _b, c, _d, _e in sheet))
    assert by_payer[Payer.STATE] == pytest.approx(sum(d / over for over, _b, _c, d, _e in sheet))
    assert found.summed(lambda cell: cell.year)[2] == pytest.approx(sum([40000, 4000, -2000, -8000]) / 1.1)


def test_what_lasts_beyond_the_known_years_fades() -> None:
    longer = Potential(small(), Case(1, 1.0, 0.0, years=5)).summed(lambda cell: cell.year, lambda cell: cell.benefit)
    assert longer[4] / longer[3] == pytest.approx(0.8) == pytest.approx(longer[5] / longer[4])


@pytest.mark.parametrize("payer", [None, Payer.MUNICIPALITY])
def test_at_break_even_nothing_is_left(payer: Payer | None) -> None:
    asked = Potential(small(), Case(8, 0.9, 0.25))
    even = asked.break_even(payer)
    assert even is not None
    assert 0.25 < even < 1
    cells = Potential(small(), Case(8, even, 0.25)).cells
    assert sum(cell.present for cell in cells if payer in (None, cell.payer)) == pytest.approx(0, abs=1e-6)


def test_who_only_pays_never_breaks_even() -> None:
    assert Potential(small(), Case(8, 0.9, 0.25)).break_even(Payer.STATE) is None


def test_payback_is_the_year_after_which_nothing_is_owed() -> None:
    assert Potential(small().with_cost((25_000.0,)), Case(1, 1.0, 0.0)).payback == 3
    assert Potential(small().with_cost((5_000.0,)), Case(1, 1.0, 0.0)).payback == 1
    assert Potential(small().with_cost((5_000.0, 0.0, 90_000.0)), Case(1, 1.0, 0.0)).payback is None


def test_fewer_than_anyway_is_allowed_and_costs() -> None:
    worse, better = (Potential(small(), Case(8, *shares)) for shares in ((0.2, 0.4), (0.4, 0.2)))
    assert worse.benefit == pytest.approx(-better.benefit) != 0
    assert worse.cost == better.cost
    assert every_success(worse.parameters, worse.case).benefit > 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ((15, 0.4, None), "p0"),
        ((-1, 0.4, 0.2), "at least 1"),
        ((0, 0.4, 0.2), "at least 1"),
        ((15, 1.01, 0.2), "between 0 and 1"),
        ((15, 0.4, float("nan")), "between 0 and 1"),
        ((15, 0.4, 0.2, 51), "between 1 and 50"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_give(asked: tuple[int, float, float], says: str) -> None:
    with pytest.raises(CaseFault, match=says):
        Case(*asked)
