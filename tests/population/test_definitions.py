"""Definitions: what is shipped holds together; what is wrong in one is said with file, line and reason."""

from pathlib import Path

import pytest

from familieplan.population.definitions.lines import line_of
from familieplan.population.definitions.loading import load, shipped, variants
from familieplan.population.tables import DERIVED, TABLES
from familieplan.population.trouble import Trouble


def changed(tmp_path: Path, before: str, after: str, name: str = "target_2022") -> Path:
    text = shipped()[name].read_text(encoding="utf-8")
    assert text.count(before) >= 1
    path = tmp_path / "own.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_definitions_load_in_every_variant(name: str) -> None:
    for variant in variants(name):
        definition = load(name, variant)
        assert not definition.changed
        assert definition.tables() <= TABLES.keys() | DERIVED.keys()


def test_a_variant_changes_what_it_says_and_no_more() -> None:
    one, two = load("target_2022", "one_challenge"), load("target_2022", "two_challenges")
    assert (one.groups["parent"].at_least, two.groups["parent"].at_least) == (1, 2)
    assert one.groups["child"] == two.groups["child"]
    assert (
        load("special_risk", "sfi").facts["housing"].criteria != load("special_risk", "cfbu").facts["housing"].criteria
    )


def test_a_changed_definition_says_so(tmp_path: Path) -> None:
    own = load(changed(tmp_path, "ages = [0, 23]", "ages = [0, 17]"))
    assert own.changed
    assert own.groups["child"].ages == (0, 17)
    assert "changed from the shipped one" in own.stamp
    assert "changed" not in load("target_2022").stamp


def test_what_was_changed_is_named_as_it_was_and_as_it_is(tmp_path: Path) -> None:
    own = load(changed(tmp_path, "ages = [0, 23]", "ages = [0, 17]  # as in the other report"))
    assert own.changes == (("groups.child.ages", "[0, 23]", "[0, 17]"),)
    other = load(changed(tmp_path, '"target_2022"', '"ours"'))  # of the same kind
    assert other.changes == (("name", '"target_2022"', '"ours"'),)
    assert not load("target_2022", "two_challenges").changes  # a variant that is shipped is no change


def test_a_criterion_that_is_new_gone_or_another_is_a_change(tmp_path: Path) -> None:
    less = load(changed(tmp_path, ', readiness = ["activity"]', ""))
    assert less.changes == (("facts.far_from_work.any_of.2.where.readiness", '["activity"]', "–"),)
    more = load(changed(tmp_path, '"youth_support", "relief", "notified",', '"youth_support", "notified",'))
    assert {change.what for change in more.changes} >= {"contacts.children.relief"}


def test_remarks_alone_are_no_change_of_what_is_counted(tmp_path: Path) -> None:
    own = load(changed(tmp_path, "# Figures 4 and 5", "# Figures 4 and 5 (ours)"))
    assert (own.changed, own.changes) == (True, ())


@pytest.mark.parametrize(
    ("before", "after", "line_with", "reason"),
    [
        ('table = "social_children"', 'table = "social_child"', "social_child", "there is no table “social_child”"),
        ("payer =", "pays =", "pays =", "costs has no column “pays”"),
        ('measure = ["home_based"]', 'measure = ["at_home"]', "at_home", "measure has no code “at_home”"),
        ('readiness = ["activity"]', 'readiness = ["active"]', '"active"', "readiness has no code “active”"),
        ('facts = ["home_based", "placed"]', 'facts = ["home_based", "plased"]', "plased", "there is no “plased”"),
        ("at_least = 1", "at_least = 3", "at_least = 3", "at_least is 3; it is to be from 1 to 2"),
        ("groups.parent.at_least = 1", "groups.parent.at_least = 10", "at_least = 10", "from 1 to 9"),
        ('period = "served"', 'period = "prison"', "prison", "no period “prison”. Periods: decided, served"),
        ('window = "on_date"', 'window = "sometimes"', "sometimes", "window is to be one of in_year, on_date"),
        ("ages = [0, 23]", "ages = [23, 0]", "[23, 0]", "ages are [first, last]"),
        ("at_least = 1", "atleast = 1", "atleast", "“atleast” means nothing here"),
        ('label_en = "Alcohol use in treatment"\n', "", "[facts.alcohol]", "“alcohol” needs label_en"),
        ('column = "amount"', 'column = "payer"', 'column = "payer"', "no column of costs that can be added up"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, before: str, after: str, line_with: str, reason: str
) -> None:
    path = changed(tmp_path, before, after)
    with pytest.raises(Trouble) as trouble:
        load(path)
    said = str(trouble.value)
    assert said.startswith(f"{path}, line ")
    assert reason in said
    number = int(said.split("line ")[1].split(":")[0])
    assert line_with in path.read_text(encoding="utf-8").splitlines()[number - 1]


def test_an_unknown_definition_or_variant_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="Shipped: domains, special_risk, target_2022"):
        load("target_2032")
    with pytest.raises(Trouble, match="Variants: cfbu, sfi"):
        load("special_risk", "sfu")
    (tmp_path / "x.toml").write_text('name = "x\n')
    with pytest.raises(Trouble, match=r"x\.toml: the definition cannot be read: .*line 1"):
        load(tmp_path / "x.toml")


def test_a_group_may_not_name_a_table_that_is_worked_out_for_another_day(tmp_path: Path) -> None:
    path = changed(
        tmp_path, 'tenure = ["other"] }, window = "on_date"', 'tenure = ["other"] }, window = "in_year"', "special_risk"
    )
    with pytest.raises(Trouble, match="homes is as things are on 31 December"):
        load(path)


def test_lines_of_lists_that_are_written_line_by_line() -> None:
    text = (
        "[a]\nb = [\n    { c = 1 },\n    { c = 2 },\n]\n[[d]]\ne = 1\n[[d]]\ne = [{ c = 1 }]\n[f]\ng = [\n    {},\n]\n"
    )
    assert line_of(text, ("a", "b", 1, "c")) == 4
    assert line_of(text, ("d", 1, "e")) == 9
    assert line_of(text, ("d", 1, "e", 0, "c")) == 9
    assert line_of(text, ("nowhere",)) == 1
