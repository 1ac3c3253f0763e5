"""Symmetric where the potential is linear in a figure, and not where it should not be."""

import pytest

from familieplan.population.budget.loading import shipped
from familieplan.population.budget.potential import Case, Potential
from familieplan.population.budget.sensitivity import drawn, ranged, tornado
from tests.population.budget.test_potential import small

CASE = Case(15, 0.5, 0.2)
STRAIGHT = {"success", "anyway", "persistence", "children_per_parent", "units.tax", "units.placement", "cost.effort"}


def shifts(years: int = 4, case: Case = CASE) -> dict[str, tuple[float, float]]:
    """How far net moves when a figure is 20 % lower, and higher."""
    parameters = shipped().with_cost((30_000.0,))
    case = Case(case.parents, case.success, case.anyway, years)
    net = Potential(parameters, case).net
    return {bar.key: (bar.lower - net, bar.higher - net) for bar in tornado(parameters, case)}


def test_what_is_linear_moves_as_far_down_as_up() -> None:
    moved = shifts()
    for key in STRAIGHT:
        assert moved[key][0] == pytest.approx(-moved[key][1]), key
        assert moved[key][0] != 0


def test_what_is_compounded_does_not() -> None:
    moved = shifts(years=10)
    assert abs(moved["discount"][0]) > abs(moved["discount"][1]) * 1.01
    assert moved["beyond"][0] < 0 < moved["beyond"][1] != pytest.approx(-moved["beyond"][0])


def test_a_share_stops_at_all_of_them_and_says_so() -> None:
    bars = {bar.key: bar for bar in tornado(shipped(), Case(15, 0.9, 0.2))}
    net = Potential(shipped(), Case(15, 0.9, 0.2)).net
    assert bars["success"].capped
    assert bars["success"].higher - net == pytest.approx((net - bars["success"].lower) * 10 / 18)
    assert not bars["anyway"].capped


def test_the_widest_comes_first_and_a_price_moves_as_its_units_do() -> None:
    widths = [bar.width for bar in tornado(shipped(), CASE)]
    assert widths == sorted(widths, reverse=True)
    net = Potential(shipped(), CASE).net
    prices = [one.amount for one in shipped().consequences[0].prices]
    dearer = shipped().with_values({key: tuple(1.2 * one for one in shipped().numbers[key].value) for key in prices})
    bar = next(bar for bar in tornado(shipped(), CASE) if bar.key == shipped().consequences[0].units)
    assert Potential(dearer, CASE).net == pytest.approx(bar.higher) != net


def test_the_range_holds_every_draw_and_the_same_seed_draws_the_same() -> None:
    found = ranged(shipped(), CASE, draws=200)
    assert found is not None
    assert found.worst < found.p5 < found.p50 < found.p95 < found.best
    assert found.worst < Potential(shipped(), CASE).net < found.best
    assert found == ranged(shipped(), CASE, draws=200)
    assert found != ranged(shipped(), CASE, draws=200, seed=7)


def test_no_range_without_ends() -> None:
    assert ranged(small(), CASE) is None


def test_a_draw_lies_between_its_ends() -> None:
    units = shipped().numbers["units.placement"]
    assert drawn(units, 0.0) == units.low
    assert drawn(units, 1.0) == pytest.approx(units.high)
    assert units.low is not None
    assert units.low[0] < drawn(units, 0.4)[0] < drawn(units, 0.6)[0]
