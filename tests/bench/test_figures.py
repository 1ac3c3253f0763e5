"""The figures themselves: what a row holds, and that a budget missed is said."""

import json
from pathlib import Path

from familieplan.bench.clock import in_turns
from familieplan.bench.figures import BUDGETS, beside, line, proportion, write


def test_a_figure_stands_beside_another_of_the_same_run(tmp_path: Path) -> None:
    page = beside("P1.cpu_ms", 9.0, "ms", 3.0, n=30, seed=1)
    write(tmp_path / "figures.json", [page, proportion("P4.ratio", 1.05, 1.0, n=10, seed=1)])
    first, second = json.loads((tmp_path / "figures.json").read_text())
    assert first == {
        "id": "P1.cpu_ms",
        "value": 9.0,
        "unit": "ms",
        "reference": 3.0,
        "ratio": 3.0,
        "n": 30,
        "seed": 1,
    }
    assert second["value"] == second["ratio"] == 1.05


def test_what_is_over_its_budget_says_so() -> None:
    budget = BUDGETS["P1.cpu_ms"]
    assert line(beside("P1.cpu_ms", budget, "ms", 3.0, n=1, seed=1)).endswith(" held")
    assert line(beside("P1.cpu_ms", budget + 0.1, "ms", 3.0, n=1, seed=1)).endswith("NOT HELD")


def test_turns_are_taken_and_the_median_is_told() -> None:
    """A clock that only moves when somebody works: the second works three times as long."""
    order, now = [], [0.0]

    def work(name: str, seconds: float) -> None:
        order.append(name)
        now[0] += seconds

    def clock() -> float:
        return now[0]

    spent = in_turns((clock, lambda: work("a", 1)), (clock, lambda: work("b", 3)), rounds=2, warm_up=1)
    assert [round(ms) for ms in spent] == [1000, 3000]
    assert order == ["a", "b", "a", "b", "a", "b"]
