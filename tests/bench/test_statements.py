"""How many statements a page may ask: a budget that does not depend on the machine, so it is held by a test."""

from familieplan.bench.figures import BUDGETS
from familieplan.demo.municipality import id_of


def test_statements_of_the_family_page_and_the_list(demo_db: None) -> None:
    from familieplan.bench import wire  # the application that pages come from wants a database to load
    from familieplan.bench.visitor import Visitor

    mette = Visitor("mette")
    family = wire.statements(mette.asks(f"/families/{id_of('family', 'eight_places')}/"))
    families = wire.statements(mette.asks("/families/"))
    empty = wire.statements(mette.asks("/principles/"))
    assert 3 <= empty < family <= BUDGETS["P1.queries"]
    assert empty < families <= BUDGETS["P2.queries"]
