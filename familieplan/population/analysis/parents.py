"""Who is parent of whom by law. Foster parents are none."""

import narwhals as nw

from familieplan.population.analysis.facts import PERSON, covers, last_day
from familieplan.population.engine import Frame
from familieplan.population.source import Source


def by_law(source: Source, children: Frame, living: Frame, year: int) -> Frame:
    """child_id, parent_id, role, sex (of the parent): on 31 December, or on the day of the first death in the year.

    `children` holds person_id and died; parents are among `living`. One row for each stretch that holds the day.
    """
    to_child = children.select(nw.col(PERSON).alias("child_id"), nw.col("died").alias("child_died"))
    to_parent = living.select(nw.col(PERSON).alias("parent_id"), nw.col("died").alias("parent_died"), "sex")
    end = nw.lit(last_day(year))
    day = nw.min_horizontal(nw.col("child_died").fill_null(end), nw.col("parent_died").fill_null(end), end)
    return (
        source.frame("parents")
        .filter(nw.col("valid_from") <= last_day(year))
        .join(to_child, on="child_id", how="inner")
        .join(to_parent, on="parent_id", how="inner")
        .filter(covers(day))
        .select("child_id", "parent_id", "role", "sex")
    )
