"""Where people live on 31 December, and with whom."""

import narwhals as nw

from familieplan.population.analysis.facts import PERSON, covers, last_day
from familieplan.population.engine import Frame
from familieplan.population.source import Source

PLACE = ("municipality", "housing_area_id", "vulnerable_area")


def residences(source: Source, year: int, among: Frame | None = None) -> Frame:
    """person_id, household_id, address_id of everybody alive and registered on 31 December; `among`: of these only."""
    dead = source.frame("persons").filter(nw.col("died") < last_day(year)).select(PERSON)
    there = source.frame("residence").filter(covers(last_day(year)))
    if among is not None:
        there = there.join(among.select(PERSON), on=PERSON, how="semi")
    return there.select(PERSON, "household_id", "address_id").join(dead, on=PERSON, how="anti")


def homes(source: Source, living_there: Frame, year: int) -> Frame:
    """`tables.DERIVED["homes"]` of those in `living_there` (of `residences`)."""
    areas = source.frame("housing_areas").filter(covers(last_day(year), "vulnerable_from", "vulnerable_to"))
    on_list = areas.select("housing_area_id", nw.lit(True).alias("vulnerable_area")).unique("housing_area_id")
    return (
        living_there.join(source.frame("addresses"), on="address_id", how="left")
        .join(on_list, on="housing_area_id", how="left")
        .with_columns(nw.col("vulnerable_area").fill_null(False))
        .drop("address_id")
    )


def placed_at(persons: Frame, homes: Frame) -> Frame:
    """The persons with the columns of PLACE; empty where nobody knows."""
    return persons.join(homes.select(PERSON, *PLACE), on=PERSON, how="left").with_columns(
        nw.col("vulnerable_area").fill_null(False)
    )
