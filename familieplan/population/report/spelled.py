"""A definition in words: who is counted, and by what, as its file says."""

from collections.abc import Iterable, Iterator

from familieplan.population.definitions.model import Definition, Named
from familieplan.population.words import Words


def spelled(one: Definition, say: Words) -> Iterator[str]:
    """A sentence for each group, each domain and each type."""

    def named(names: Iterable[str]) -> str:
        return "; ".join(_label(one.facts[name], say) for name in names)

    for group in one.groups.values():
        told = _label(group, say) + _aged(group.ages, say)
        if group.facts:
            told += ": " + say("at least {number} of: {facts}", number=group.at_least, facts=named(group.facts))
        if group.without:
            told += ". " + say("Not: {facts}", facts=named(group.without))
        yield told + "."
    for domain in one.domains:
        of = [(say("The child"), domain.child), (say("A parent"), domain.parents)]
        told = ". ".join(f"{who}: {named(facts)}" for who, facts in of if facts)
        yield f"{_label(domain, say)}. {told or say('Registers hold nothing of it')}."


def _label(named: Named, say: Words) -> str:
    return named.label_da if say.language == "da" else named.label_en


def _aged(ages: tuple[int, int | None], say: Words) -> str:
    young, old = ages
    if old is not None:
        return ", " + say("{young}–{old} years", young=young, old=old)
    return ", " + say("{young} years and older", young=young) if young else ""
