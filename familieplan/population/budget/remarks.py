"""What has to be said beside the figures, so that nobody reads more out of them than they hold."""

from collections.abc import Iterator

from familieplan.population.budget.parameters import Parameters, Payer
from familieplan.population.budget.potential import Potential
from familieplan.population.definitions.changes import told
from familieplan.population.words import Words

NEVER_ALONE = (
    "This is a potential, not a saving: fewer expenses and more income that may come where help succeeds. It never "
    "stands alone – read it together with how families fare and what they say themselves."
)
WITHOUT_COSTS = "What the effort costs is not in the figures."


def remarks(potential: Potential, say: Words) -> Iterator[str]:
    """Sentences for this case, the most important first."""
    yield say(NEVER_ALONE)
    if potential.parameters.changed:
        yield say("The parameters are not the shipped ones.") + " " + told(potential.parameters.changes, say)
    yield from _of_the_case(potential, say)
    yield from _of_the_payers(potential, say)
    yield _of_the_figures(potential.parameters, say)


def _of_the_case(potential: Potential, say: Words) -> Iterator[str]:
    case, even = potential.case, potential.break_even()
    if case.difference < 0:
        yield say(
            "p is lower than p0: fewer come into work than would have anyway, so the effort itself brings a loss."
        )
    if case.difference == 0:
        yield say("p equals p0: nothing has changed by the effort, and there is no potential.")
    if not potential.costed:
        yield say(
            "What the effort costs is not given, and not in these figures: they show what success brings, not what is "
            "left when it is paid for. Nor can a break-even be found."
        )
    elif even is not None and even > 1:
        yield say("Even if all of them came into work, the costs would not be covered within these years.")


def _of_the_payers(potential: Potential, say: Words) -> Iterator[str]:
    """S4's challenge in figures: who pays is not always who gains."""
    mine = potential.summed(lambda cell: cell.payer).get(Payer.MUNICIPALITY, 0.0)
    if potential.cost and mine < 0 < potential.net:
        yield say(
            "All together gain, but the municipality does not: it lacks {amount} within these years, while state and "
            "region gain.",
            amount=say.kr(-mine),
        )


def _of_the_figures(parameters: Parameters, say: Words) -> str:
    figures = list(parameters.numbers.values())
    assumed = [one for one in figures if parameters.sources[one.source].kind == "assumption"]
    told = say("Of the {all} figures behind this, {assumed} are assumptions.", all=len(figures), assumed=len(assumed))
    if not (assumed and parameters.published):
        return told
    return f"{told} " + say(
        "Only the sums are published; how they fall on years, areas and payers is not, and is assumed so that the sums "
        "come out."
    )


def foot(parameters: Parameters, say: Words) -> str:
    """On every page: which parameters, whether they are the shipped ones, and whether costs are in it."""
    changed = say("changed from the shipped one") if parameters.changed else say("as shipped")
    told = say(
        "Potential, not saving. Parameters: {name}, {digest} ({changed}); prices of {year}.",
        name=parameters.name, digest=parameters.digest[:10], changed=changed, year=parameters.year,
    )  # fmt: skip
    return told if parameters.costs else f"{told} {say(WITHOUT_COSTS)}"


def assumptions(parameters: Parameters, say: Words) -> Iterator[list[str]]:
    """Every figure: what, its value, from–to, source number."""
    order = list(parameters.sources)
    for label, unit, key in _named(parameters, say):
        number = parameters.numbers[key]
        low, high = number.ends or ((), ())
        ends = [_written(end, say) if end else "–" for end in (low, high)]
        yield [label, unit, _written(number.value, say), *ends, str(order.index(number.source) + 1)]


def _named(parameters: Parameters, say: Words) -> Iterator[tuple[str, str, str]]:
    for key, label in (
        ("discount", "Discount rate"),
        ("persistence", "How much lasts, by year"),
        ("beyond", "Of each further year, how much of the year before"),
        ("children_per_parent", "Children per parent"),
    ):
        yield say(label), "", key
    for one in parameters.consequences:
        label = one.label.in_(say.language)
        yield label, say("units a year"), one.units
        for price in one.prices:
            yield label, say("kr., {payer}", payer=say(price.payer.capitalize()).lower()), price.amount
    for cost in parameters.costs:
        yield (
            cost.label.in_(say.language),
            say("kr. per parent, {payer}", payer=say(cost.payer.capitalize()).lower()),
            cost.amount,
        )


def _written(values: tuple[float, ...], say: Words) -> str:
    return "; ".join(say.number(one, _decimals(one)) for one in values)


def _decimals(value: float) -> int:
    """As many as it needs, three at most."""
    return next((places for places in range(3) if round(value, places) == value), 3)


def sources(parameters: Parameters, say: Words) -> list[list[str]]:
    kinds = {"published": say("published"), "assumption": say("assumption"), "own": say("own")}
    return [
        [str(number), one.title, str(one.year), one.owner, kinds[one.kind]]
        for number, one in enumerate(parameters.sources.values(), 1)
    ]
