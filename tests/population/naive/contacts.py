"""Figures 6 and 7: what somebody in the target group was in contact with in the year. Person → names of contacts."""

from typing import Any

from tests.population.naive.time import Tables, covers, in_year, last_day, overlaps

TEMPORARY = {  # footnote 5
    *("unemployment_benefit", "sickness_benefit", "integration_benefit", "rehabilitation", "job_clarification"),
    *("resource_course", "leave_unemployment", "other_temporary"),
}


def of_children(tables: Tables, year: int, children: set[Any]) -> dict[Any, set[str]]:
    """``children``: those of the target group. Crime only from 15 years on: younger ones are not counted among."""
    found: dict[Any, set[str]] = {child: set() for child in children}
    born = {person["person_id"]: person["born"] for person in tables["persons"]}

    def met(who: Any, contact: str) -> None:
        if who in found:
            found[who].add(contact)

    for row in tables["social_children"]:
        if overlaps(row, year) and row["measure"] in ("home_based", "youth_support", "relief"):
            met(row["person_id"], row["measure"])
    for row in tables["placements"]:
        if overlaps(row, year):
            met(row["person_id"], "placed")
    for row in tables["notifications"]:
        if in_year(row["received"], year):
            met(row["person_id"], "notified")
            if row["about"] == "parent":
                met(row["person_id"], "notified_parent")
    for who in _police(tables, year):
        if who in found and 15 <= year - born[who].year <= 23:
            met(who, "decided_or_served")
    return found


def of_adults(tables: Tables, year: int, adults: set[Any]) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = {adult: set() for adult in adults}

    def met(who: Any, contact: str) -> None:
        if who in found:
            found[who].add(contact)

    for row in tables["employment"]:
        if row["state"] == "employed" and covers(row, last_day(year)):
            met(row["person_id"], "employed")
    for row in tables["income_support"]:
        if overlaps(row, year):
            if row["benefit"] in ("disability_pension", "cash_assistance", "education_assistance"):
                met(row["person_id"], row["benefit"])
            if row["benefit"] in TEMPORARY:
                met(row["person_id"], "temporary_support")
            if row["benefit"] == "flexjob":
                met(row["person_id"], "employment_measures")
    for row in tables["employment_measures"]:
        if overlaps(row, year):
            met(row["person_id"], "employment_measures")
    for row in tables["social_adults"]:
        if overlaps(row, year):
            met(row["person_id"], "any_social_service")
            if row["service"] in ("home_support", "accommodation"):
                met(row["person_id"], row["service"])
    for row in tables["substance_treatment"]:
        if overlaps(row, year):
            met(row["person_id"], row["substance"])
            met(row["person_id"], "any_social_service")
    for row in tables["shelters"]:
        if overlaps(row, year):
            met(row["person_id"], "any_social_service")
            met(row["person_id"], "homeless" if row["kind"] == "homeless_110" else "crisis_centre")
            if row["kind"] == "crisis_centre_109":
                met(row["person_id"], "violence_victim")
    for row in tables["victims"]:
        if row["offence"] == "violence" and in_year(row["reported"], year):
            met(row["person_id"], "violence_victim")
    for row in tables["psychiatry"]:
        if overlaps(row, year):
            met(row["person_id"], "psychiatric_hospital")
    for who in _police(tables, year):
        met(who, "decided_or_served")
    return found


def _police(tables: Tables, year: int) -> set[Any]:
    """A decision in the year, or in prison for some of it; not for traffic."""
    return {
        row["person_id"]
        for row in tables["convictions"]
        if row["offence"] != "traffic"
        and (in_year(row["decided"], year) or overlaps(row, year, "served_from", "served_to"))
    }
