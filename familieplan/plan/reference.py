"""The municipality's common strategic goals."""

from familieplan.access.reference import read_toml, reference
from familieplan.plan.models import StrategicGoal


@reference
def load_strategic_goals(using: str) -> None:
    for order, row in enumerate(read_toml(__file__, "strategic_goals.toml")["goal"]):
        StrategicGoal.objects.using(using).update_or_create(id=row["id"], defaults=row | {"order": order})
