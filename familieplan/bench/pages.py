"""P1–P3: the processor time and the statements of three pages, beside a signed-in page with nothing in it."""

from collections.abc import Callable, Iterator

from familieplan.bench import clock, wire
from familieplan.bench.figures import Figure, beside
from familieplan.bench.visitor import Visitor
from familieplan.demo.municipality import id_of

NOTHING = "/principles/"  # frame, session and actor, and no family's data


def measured(seed: int, rounds: int) -> Iterator[Figure]:
    """Eight meeting places, as their coordinator sees them; the list of somebody with three hundred families."""
    mette, adviser = Visitor("mette"), Visitor("bench-adviser")
    home = f"/families/{id_of('family', 'eight_places')}/"
    pages = (
        ("P1", mette.asks(home)),
        ("P2", adviser.asks("/families/")),
        ("P3", mette.asks(f"{home}fridge-plan.pdf")),
    )
    for name, page in pages:
        yield from _page(name, page, mette.asks(NOTHING), seed, rounds)


def _page(
    name: str, page: Callable[[], bytes], nothing: Callable[[], bytes], seed: int, rounds: int
) -> Iterator[Figure]:
    here = clock.of_this_process
    spent, reference = clock.in_turns((here, page), (here, nothing), rounds=rounds, batch=3)
    yield beside(f"{name}.cpu_ms", spent, "ms", reference, n=3 * rounds, seed=seed)
    if name != "P3":
        yield beside(f"{name}.queries", wire.statements(page), "statements", wire.statements(nothing), n=1, seed=seed)
