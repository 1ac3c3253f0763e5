"""What it could be worth when parents come into work: a budget potential after SØM. A potential, never a saving.

As a library: `Potential(shipped(), Case(parents=15, success=0.4, anyway=0.25)).net`; p0 (`anyway`) has no default.
"""

from familieplan.population.budget.command import add_arguments, run
from familieplan.population.budget.loading import load, shipped
from familieplan.population.budget.potential import Case, CaseFault, Potential
from familieplan.population.budget.sheet import Sheet

__all__ = ["Case", "CaseFault", "Potential", "Sheet", "add_arguments", "load", "run", "shipped"]
