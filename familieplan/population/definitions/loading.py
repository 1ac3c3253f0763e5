"""Reading a definition from its file. What is wrong in it is said with file, line and reason."""

import hashlib
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from familieplan.population.definitions.changes import changes
from familieplan.population.definitions.model import (
    Contact,
    Definition,
    Domain,
    Fact,
    Group,
    Sum,
    Type,
    Variant,
)
from familieplan.population.definitions.tree import Keys, Node, Tree
from familieplan.population.tables import DERIVED, TABLES, Kind
from familieplan.population.trouble import Trouble

SHIPPED = Path(str(files("familieplan.population.definitions")))
KINDS = ("target", "risk", "domains")
TOP = {"name", "kind", "label_da", "label_en", "source", "groups", "variants", "facts"} | {
    *("households", "contacts", "sums", "domains", "types")
}
LINKS = ("", "legal_parent", "household", "mother")


def shipped() -> dict[str, Path]:
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load(asked: str | Path, variant: str | None = None) -> Definition:
    """A shipped definition by its name, or one of your own by its path. Without `variant`, its first."""
    path = shipped().get(str(asked), Path(asked))
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        tree = tomllib.loads(text)
    except FileNotFoundError as problem:
        raise Trouble(
            "There is no definition “{asked}”. Shipped: {known}; or name a file.",
            asked=asked,
            known=", ".join(shipped()),
        ) from problem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Trouble("{path}: the definition cannot be read: {problem}", path=path, problem=problem) from problem
    return _Reader(path, text, tree).definition(raw, variant)


def variants(asked: str | Path) -> list[str]:
    """The names of all variants, in the file's order."""
    return list(tomllib.loads(load(asked).path.read_text(encoding="utf-8"))["variants"])


class _Reader(Tree):
    """The parts of a definition, each held to what it may say."""

    facts: dict[str, Fact]

    def definition(self, raw: bytes, asked: str | None) -> Definition:
        self.only((), TOP)
        if self.tree.get("kind") not in KINDS:
            raise self.wrong(("kind",), "kind is to be one of {known}.", known=", ".join(KINDS))
        variant = self.variant(asked)
        facts = {name: self.fact(name) for name in self.part(("facts",))}
        for factor, instead in self.part(("variants", variant.name, "replace"), {}).items():
            keys = ("variants", variant.name, "replace")
            facts[factor] = replace(facts[self.known(keys, instead, facts)], name=factor)
        self.facts = facts
        own = shipped().get(str(self.tree.get("name")))
        return Definition(
            **self.named(()),
            kind=self.tree["kind"],
            variant=variant,
            facts=facts,
            groups={name: self.group(name, variant.name) for name in self.part(("groups",))},
            contacts={group: self.contacts(group) for group in self.part(("contacts",), {})},
            sums=tuple(self.sum(n) for n in range(len(self.tree.get("sums", [])))),
            households_without=self.fact_names(("households", "without")),
            domains=tuple(self.domain(n) for n in range(len(self.tree.get("domains", [])))),
            types=tuple(self.type(n) for n in range(len(self.tree.get("types", [])))),
            path=self.path,
            sha256=hashlib.sha256(raw).hexdigest(),
            changed=own is None or own.read_bytes() != raw,
            changes=changes(self.shipped(own), self.tree),
        )

    def shipped(self, own: Path | None) -> Node:
        """What this one is held up against."""
        trees = (tomllib.loads(path.read_text("utf-8")) for path in ([own] if own else shipped().values()))
        return next(tree for tree in trees if tree["kind"] == self.tree["kind"])

    def variant(self, asked: str | None) -> Variant:
        there = self.part(("variants",))
        name = asked or next(iter(there), "")
        if name not in there:
            raise Trouble(
                "{path} has no variant “{name}”. Variants: {known}.", path=self.path, name=name, known=", ".join(there)
            )
        node = there[name]
        self.only(("variants", name), {"label_da", "label_en", "groups", "replace"})
        return Variant(name, str(node.get("label_da", name)), str(node.get("label_en", name)))

    def group(self, name: str, variant: str) -> Group:
        keys: Keys = ("groups", name)
        node = dict(self.only(keys, {"label_da", "label_en", "source", "ages", "facts", "at_least", "without", "link"}))
        changes = self.part(("variants", variant, "groups", name), {})
        if changes:
            keys = ("variants", variant, "groups", name)
            node |= changes
        facts = tuple(self.known((*keys, "facts"), fact, self.facts) for fact in node.get("facts", []))
        at_least = node.get("at_least", 0)
        if not isinstance(at_least, int) or not (1 if facts else 0) <= at_least <= len(facts):
            raise self.wrong(
                (*keys, "at_least"),
                "at_least is {at_least}; it is to be from 1 to {most}, the facts.",
                at_least=at_least,
                most=len(facts),
            )
        if node.get("link", "") not in LINKS:
            raise self.wrong((*keys, "link"), "link is to be one of {known}.", known=", ".join(filter(None, LINKS)))
        return Group(
            **self.named(("groups", name)),
            ages=self.ages((*keys, "ages"), node.get("ages", [0])),
            facts=facts,
            at_least=at_least,
            without=self.fact_names((*keys, "without")),
            link=node.get("link", ""),
        )

    def contacts(self, group: str) -> tuple[Contact, ...]:
        keys: Keys = ("contacts", group)
        if group not in {"children", "adults"}:
            raise self.wrong(keys, "contacts are of children or adults.")
        found = []
        for each in self.at(("contacts",))[group]:
            node = each if isinstance(each, dict) else {"fact": each}
            ages = self.ages(keys, node.get("ages", [0]))
            found.append(Contact(self.known(keys, node.get("fact"), self.facts), ages))
        return tuple(found)

    def sum(self, number: int) -> Sum:
        keys: Keys = ("sums", number)
        more = frozenset({"name", "label_da", "label_en", "source", "groups", "column"})
        criterion = self.criterion(keys, more)
        node = self.at(keys)
        column = node.get("column", "")
        found = (TABLES | DERIVED)[criterion.table].column(column)
        if column and (found is None or found.kind is not Kind.AMOUNT):
            raise self.wrong(
                (*keys, "column"),
                "“{column}” is no column of {table} that can be added up.",
                column=column,
                table=criterion.table,
            )
        return Sum(**self.named(keys), groups=tuple(node.get("groups", [])), criterion=criterion, column=column)

    def domain(self, number: int) -> Domain:
        keys: Keys = ("domains", number)
        node = self.only(keys, {"name", "label_da", "label_en", "source", "child", "parents", "no_data"})
        child, parents = self.fact_names((*keys, "child")), self.fact_names((*keys, "parents"))
        if bool(child or parents) == bool(node.get("no_data")):
            raise self.wrong(keys, "a domain has facts of child or parents, or says by no_data why it has none.")
        return Domain(**self.named(keys), child=child, parents=parents, no_data=node.get("no_data", ""))

    def type(self, number: int) -> Type:
        keys: Keys = ("types", number)
        node = self.only(keys, {"name", "label_da", "label_en", "source", "at_least", "any_of", "none_of"})
        there = {domain["name"]: domain for domain in self.tree.get("domains", [])}
        with_data = sum("no_data" not in domain for domain in there.values())
        if not 0 <= node.get("at_least", 0) <= with_data:
            raise self.wrong(
                (*keys, "at_least"),
                "at_least is {at_least}; {with_data} domains have data.",
                at_least=node["at_least"],
                with_data=with_data,
            )
        any_of, none_of = (
            tuple(self.known((*keys, which), name, there) for name in node.get(which, []))
            for which in ("any_of", "none_of")
        )
        return Type(**self.named(keys), at_least=node.get("at_least", 0), any_of=any_of, none_of=none_of)

    def fact_names(self, keys: Keys) -> tuple[str, ...]:
        try:
            names = self.at(keys)
        except KeyError:
            return ()
        return tuple(self.known(keys, name, self.facts) for name in names)
