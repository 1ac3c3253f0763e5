"""The same two counts as a pandas user writes them: only the columns needed, vectors, merges, no loops over rows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import pyarrow.parquet

Frame: TypeAlias = pd.DataFrame
CODES = {
    *("sex", "origin", "role", "tenure", "municipality", "level", "benefit", "readiness", "offence", "outcome"),
    *("service", "reason", "measure", "housing_area_id"),
}


class Year:
    """The extract, one year, and what every question about it begins with."""

    def __init__(self, folder: Path, year: int) -> None:
        self.folder, self.year = folder, year
        self.first, self.last = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)

    def read(self, table: str, columns: Sequence[str]) -> Frame:
        """Codes as categories, dates as numbers: the quickest pandas knows."""
        codes = [column for column in columns if column in CODES]
        read = pyarrow.parquet.read_table(
            self.folder / f"{table}.parquet", columns=list(columns), read_dictionary=codes
        )
        return read.to_pandas(date_as_object=False)

    def in_year(self, rows: Frame) -> pd.Series:
        return (rows["valid_from"] <= self.last) & (rows["valid_to"].isna() | (rows["valid_to"] >= self.first))

    def happened(self, days: pd.Series) -> pd.Series:
        return days.between(self.first, self.last)

    def here(self) -> Frame:
        """Everybody alive in the year, and until when in it."""
        persons = self.read("persons", ["person_id", "born", "died", "sex", "origin"])
        alive = (persons["born"] <= self.last) & (persons["died"].isna() | (persons["died"] >= self.first))
        persons = persons[alive].copy()
        persons["last_day"] = persons["died"].clip(upper=self.last).fillna(self.last)
        return persons

    def homes(self, here: Frame) -> Frame:
        columns = ["person_id", "address_id", "household_id", "valid_from", "valid_to"]
        residence = self.read("residence", columns)
        there = (residence["valid_from"] <= self.last) & (
            residence["valid_to"].isna() | (residence["valid_to"] >= self.last)
        )
        there &= residence["person_id"].isin(here.loc[here["last_day"] == self.last, "person_id"])
        addresses = self.read("addresses", ["address_id", "municipality", "housing_area_id", "tenure", "defects"])
        areas = self.read("housing_areas", ["housing_area_id", "vulnerable_from", "vulnerable_to"])
        listed = (areas["vulnerable_from"] <= self.last) & (
            areas["vulnerable_to"].isna() | (areas["vulnerable_to"] >= self.last)
        )
        addresses["vulnerable"] = addresses["housing_area_id"].isin(areas.loc[listed, "housing_area_id"])
        return residence.loc[there, ["person_id", "address_id", "household_id"]].merge(addresses, on="address_id")

    def links(self, children: Frame, adults: Frame) -> Frame:
        """Parents by law of these children among these adults, on the last day both lived in the year."""
        parents = self.read("parents", ["child_id", "parent_id", "role", "valid_from", "valid_to"])
        parents = parents.merge(_ends(children, "child_id", "child_end"), on="child_id")
        parents = parents.merge(_ends(adults, "parent_id", "parent_end"), on="parent_id")
        day = parents["child_end"].where(parents["child_end"] <= parents["parent_end"], parents["parent_end"])
        valid = (parents["valid_from"] <= day) & (parents["valid_to"].isna() | (parents["valid_to"] >= day))
        return parents.loc[valid, ["child_id", "parent_id", "role"]]


def risk(folder: Path, year: int) -> list[tuple[Any, ...]]:
    """The rows of risk.sql."""
    of = Year(folder, year)
    here = of.here()
    kids = here[here["born"] >= pd.Timestamp(date(year - 17, 1, 1))]
    links = of.links(kids, here).merge(
        here[["person_id", "sex"]].rename(columns={"person_id": "parent_id"}), on="parent_id"
    )
    mothers = _mothers(links)
    family = pd.concat([kids["person_id"], links["parent_id"]])
    homes = of.homes(here[here["person_id"].isin(family)])
    judged = kids[["person_id", "origin"]].rename(columns={"person_id": "child_id"}).merge(mothers, "left", "child_id")
    known = judged["mother"].notna()
    judged["not_nuclear"] = known & ~judged["child_id"].isin(_nuclear(links, mothers, homes))
    judged["convicted"] = known & judged["mother"].isin(_convicted(of))
    judged["benefits"] = known & judged["mother"].isin(_on_benefits(of))
    judged["no_education"] = known & ~judged["mother"].isin(_educated(of))
    poor = ((homes["tenure"] == "private_rental") & (homes["defects"] == True)) | (homes["tenure"] == "other")  # noqa: E712
    judged["housing"] = known & judged["mother"].isin(homes.loc[poor | homes["vulnerable"], "person_id"])
    return _counted(judged, homes, known)


def _mothers(links: Frame) -> Frame:
    """Child → the one who has the role; else the one woman who has adopted."""
    by_role = links[links["role"] == "mother"]
    adopting = links[(links["role"] == "adoptive_parent") & (links["sex"] == "female")]
    adopting = adopting[~adopting["child_id"].isin(by_role["child_id"])]
    both = pd.concat([by_role, adopting])
    both = both[~both["child_id"].duplicated(keep=False)]
    return both[["child_id", "parent_id"]].rename(columns={"parent_id": "mother"})


def _nuclear(links: Frame, mothers: Frame, homes: Frame) -> pd.Series:
    others = links.merge(mothers, on="child_id")
    others = others[others["parent_id"] != others["mother"]]
    household = homes.set_index("person_id")["household_id"]
    together = others["parent_id"].map(household) == others["mother"].map(household)
    return others.loc[together, "child_id"]


def _convicted(of: Year) -> pd.Series:
    rows = of.read("convictions", ["person_id", "decided", "offence"])
    return rows.loc[of.happened(rows["decided"]) & (rows["offence"] != "traffic"), "person_id"]


def _on_benefits(of: Year) -> pd.Series:
    rows = of.read("income_support", ["person_id", "benefit", "valid_from", "valid_to"])
    wanted = rows["benefit"].isin(["cash_assistance", "education_assistance", "disability_pension"])
    return rows.loc[wanted & of.in_year(rows), "person_id"]


def _educated(of: Year) -> pd.Series:
    rows = of.read("education", ["person_id", "completed", "level"])
    return rows.loc[(rows["level"] != "basic") & (rows["completed"] <= of.last), "person_id"]


def _counted(judged: Frame, homes: Frame, known: pd.Series) -> list[tuple[Any, ...]]:
    names = ["not_nuclear", "convicted", "benefits", "no_education", "housing"]
    factors = judged[names].sum(axis=1)
    judged = judged.merge(
        homes[["person_id", "municipality", "housing_area_id", "vulnerable"]].rename(columns={"person_id": "child_id"}),
        "left",
        "child_id",
    )
    judged["municipality"] = judged["municipality"].astype(object).fillna("unknown")
    judged["vulnerable"] = judged["vulnerable"].astype("boolean").fillna(False).astype(bool)
    counts = Frame({"children": 1, "with_mother": known, "special_risk": known & (factors >= 3)})
    counts = counts.join(judged[names]).join(Frame({f"factors_{n}": known & (factors == n) for n in range(6)}))
    keys = [judged[name] for name in ("municipality", "housing_area_id", "vulnerable", "origin")]
    found = counts.groupby(keys, dropna=False, observed=True).sum()
    rows = found.reset_index().astype(object).where(lambda frame: frame.notna(), None)
    return [tuple(row) for row in rows.itertuples(index=False)]


def target(folder: Path, year: int) -> list[tuple[Any, ...]]:
    """The rows of target.sql."""
    of = Year(folder, year)
    here = of.here()
    children = here[here["person_id"].isin(_helped(of)) & (here["born"] >= pd.Timestamp(date(year - 23, 1, 1)))]
    adults = here[here["person_id"].isin(_challenged(of)) & (here["born"] < pd.Timestamp(date(year - 17, 1, 1)))]
    links = of.links(children, adults)
    homes = of.homes(pd.concat([children, adults]).drop_duplicates("person_id"))
    rows = []
    for who, people, linked in (("children", children, links["child_id"]), ("adults", adults, links["parent_id"])):
        placed = people[["person_id"]].merge(homes[["person_id", "municipality"]], "left", "person_id")
        placed["in_target"] = placed["person_id"].isin(linked)
        placed["municipality"] = placed["municipality"].astype(object).fillna("unknown")
        counted = placed.groupby("municipality")["in_target"].agg(["sum", "size"])
        rows += [(who, place, int(inside), int(all_)) for place, inside, all_ in counted.itertuples()]
    return rows


def _helped(of: Year) -> pd.Series:
    measures = of.read("social_children", ["person_id", "measure", "valid_from", "valid_to"])
    placements = of.read("placements", ["person_id", "valid_from", "valid_to"])
    at_home = measures[(measures["measure"] == "home_based") & of.in_year(measures)]
    return pd.concat([at_home["person_id"], placements.loc[of.in_year(placements), "person_id"]])


def _challenged(of: Year) -> pd.Series:
    period = ["valid_from", "valid_to"]
    support = of.read("income_support", ["person_id", "benefit", "readiness", *period])
    far = support["benefit"].isin(["disability_pension", "resource_course"])
    far |= (support["benefit"] == "cash_assistance") & (support["readiness"] == "activity")
    crimes = of.read("convictions", ["person_id", "decided", "offence", "outcome"])
    sentenced = crimes["outcome"].isin(["prison", "suspended"]) & (crimes["offence"] != "traffic")
    sentenced |= crimes["offence"] == "violence"
    services = of.read("social_adults", ["person_id", "service", "reason", *period])
    selected = services["service"].isin(["preventive", "home_support", "accommodation"]) & services["reason"].notna()
    victims = of.read("victims", ["person_id", "reported", "offence"])
    hit = (victims["offence"] == "violence") & of.happened(victims["reported"])
    disorders = of.read("psychiatry", ["person_id", "diagnosis", *period])
    mental = disorders["diagnosis"].str.startswith("F")
    stays = of.read("shelters", ["person_id", *period])
    treated = of.read("substance_treatment", ["person_id", *period])
    return pd.concat(
        [
            support.loc[far & of.in_year(support), "person_id"],
            crimes.loc[sentenced & of.happened(crimes["decided"]), "person_id"],
            services.loc[selected & of.in_year(services), "person_id"],
            victims.loc[hit, "person_id"],
            disorders.loc[mental & of.in_year(disorders), "person_id"],
            stays.loc[of.in_year(stays), "person_id"],
            treated.loc[of.in_year(treated), "person_id"],
        ]
    )


def _ends(people: Frame, who: str, end: str) -> Frame:
    return people[["person_id", "last_day"]].rename(columns={"person_id": who, "last_day": end})
