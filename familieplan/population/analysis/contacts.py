"""What the vulnerable are in contact with, and what it costs: figures 6 and 7 of Social- og Boligstyrelsen 2024."""

import narwhals as nw

from familieplan.population.analysis.counting import Measure
from familieplan.population.analysis.facts import PERSON, aged, holds, of_persons
from familieplan.population.definitions.model import Contact, Definition, Sum
from familieplan.population.engine import Frame
from familieplan.population.source import Source


def told(source: Source, definition: Definition, group: str, persons: Frame, year: int) -> Frame:
    """The persons with a column `contact_…` for each contact of their group and `sum_…` for each sum."""
    names = [contact.fact for contact in definition.contacts.get(group, ())]
    facts = [definition.facts[name] for name in dict.fromkeys(names)]
    if facts:
        found = of_persons(source, facts, year, among=persons)
        flags = [(~nw.col(fact.name) if fact.absent else nw.col(fact.name)).alias(_column(fact.name)) for fact in facts]
        persons = persons.join(found.select(PERSON, *flags), on=PERSON, how="left").with_columns(
            *(nw.col(_column(fact.name)).fill_null(fact.absent).alias(_column(fact.name)) for fact in facts)
        )
    for each in _sums_of(definition, group):
        rows = source.frame(each.criterion.table).filter(holds(each.criterion, year))
        value = nw.col(each.column).sum() if each.column else nw.len()
        by_person = rows.join(persons.select(PERSON), on=PERSON, how="semi").group_by(PERSON)
        persons = persons.join(by_person.agg(value.alias(f"sum_{each.name}")), on=PERSON, how="left")
    return persons


def measures(definition: Definition, group: str) -> list[Measure]:
    return [
        Measure(contact.fact, nw.col(_column(contact.fact)), _of_age(contact))
        for contact in definition.contacts.get(group, ())
    ]


def sums(definition: Definition, group: str) -> list[Measure]:
    """`persons` counts those with anything at all."""
    return [
        Measure(each.name, ~nw.col(f"sum_{each.name}").is_null(), total=f"sum_{each.name}")
        for each in _sums_of(definition, group)
    ]


def _of_age(contact: Contact) -> nw.Expr | None:
    return None if contact.ages == (0, None) else aged(contact.ages)


def _column(fact: str) -> str:
    return f"contact_{fact}"


def _sums_of(definition: Definition, group: str) -> list[Sum]:
    return [each for each in definition.sums if group in each.groups]
