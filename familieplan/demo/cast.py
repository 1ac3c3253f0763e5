"""Who one may sign in as in the demo, in the order a newcomer should try them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from familieplan.accounts.cast import DemoPerson
from familieplan.demo.municipality import STAFF


def people() -> Sequence[DemoPerson]:
    """The cards of the sign-in page. Names and titles are the demo's own; what we say of them is translated."""
    return (*_start_here(), *_families(), *_who_help(), *_behind_the_scenes())


def _staff(login: str, about: str, group: str) -> DemoPerson:
    line = STAFF[login]
    return DemoPerson(login, line.name, line.title, about, group)


def _start_here() -> list[DemoPerson]:
    group = _("Start here: one family, seen by different eyes")
    return [
        _staff("mette", _("Coordinates the Holm family: eight meeting places, seven plans, one page."), group),
        DemoPerson("sara", "Sara Holm", _("Mother"), _("Has said yes to some, and can take each yes back."), group),
        _staff("jens", _("Sees what Sara has said yes to about her work, and nothing else."), group),
        _staff("lis", _("Sees Emil's school, not his mother's week."), group),
        _staff("hanne", _("Sees how the family is doing at home."), group),
        _staff("bodil", _("Sees how Sara is, for twelve more days: her consent ends soon."), group),
        DemoPerson(
            "freja", "Freja Holm", _("16 years"), _("Signs for herself, and has words only she can read."), group
        ),
        DemoPerson(
            "thomas", "Thomas Winther", _("Emil's father"), _("Joint custody: his signature is missing once."), group
        ),
        _staff("tom", _("On the team without a yes: a name, and a request that waits."), group),
    ]


def _who_help() -> list[DemoPerson]:
    group = _("More who help families")
    return [
        _staff("karen", _("Family treatment, on the same Tuesday as Sara's work placement."), group),
        _staff("nanna", _("Talks with Freja about what comes after the 9th grade."), group),
        _staff("ida", _("Waits for one more signature before she may read about Emil; may read about Anton."), group),
        _staff("omar", _("Coordinates three other families, and cannot find the Holm family."), group),
        _staff("peter", _("Head of a school: pupils in three families, one thing shared by law."), group),
        _staff("grete", _("Johanne's daycare; and Alma's contact: an early meeting, before there is a case."), group),
        _staff("stine", _("Health visitor: on the team, with little to read."), group),
        _staff("lars", _("Treatment in psychiatry, for two mothers."), group),
        _staff("anders", _("Alcohol treatment: sees what Brian has said yes to."), group),
        _staff("rikke", _("Found the climbing club together with Jakob."), group),
    ]


def _families() -> list[DemoPerson]:
    group = _("More families")
    mother, father = _("Mother"), _("Father")
    return [
        DemoPerson(
            "maria", "Maria Krag", mother, _("Anton has not been to school for a while; protected address."), group
        ),
        DemoPerson("pia", "Pia Thorsen", mother, _("Johanne, 5, and Søren, 8: the mornings are hard."), group),
        DemoPerson("klaus", "Klaus Thorsen", father, _("Signs together with Pia."), group),
        DemoPerson("brian", "Brian Kjær", father, _("In treatment, and asked to be in two places on Mondays."), group),
        DemoPerson(
            "lone", "Lone Kjær", mother, _("In a resource course; told what the school may share by law."), group
        ),
        DemoPerson("mikkel", "Mikkel Kjær", _("12 years"), _("Invited in, and follows along."), group),
        DemoPerson("camilla", "Camilla Juhl", mother, _("Near the end: much has become better."), group),
        DemoPerson("dorthe", "Dorthe Mose", mother, _("Jakob lives with her every other week."), group),
        DemoPerson("steen", "Steen Lind", father, _("Jakob lives with him the other weeks."), group),
        DemoPerson("amalie", "Amalie Mose", _("16 years"), _("At boarding school, signs for herself."), group),
        *_before_there_is_a_case(),
    ]


def _before_there_is_a_case() -> list[DemoPerson]:
    group = _("Before there is a case: early meetings")
    mother, father = _("Mother"), _("Father")
    return [
        DemoPerson("signe", "Signe Vestergaard", mother, _("Alma, 4, bites at daycare; they have met once."), group),
        DemoPerson("rasmus", "Rasmus Vestergaard", father, _("Has not read yet that they meet again."), group),
        DemoPerson("nadia", "Nadia Bech", mother, _("Villads, 9, is often late; she has signed."), group),
        DemoPerson("jesper", "Jesper Bech", father, _("Has not signed: his yes or no decides."), group),
        _staff("mia", _("Social adviser at school: comes when the family says yes."), group),
    ]


def _behind_the_scenes() -> list[DemoPerson]:
    group = _("Behind the scenes")
    return [
        _staff("birgit", _("Sees how many and how long, never a family."), group),
        _staff("vera", _("Looks after people and units, and can read no family."), group),
    ]


# Whose account is whose: the login of a family member, the story and the given name.
FAMILY_LOGINS = {
    "sara": ("eight_places", "Sara"),
    "freja": ("eight_places", "Freja"),
    "thomas": ("eight_places", "Thomas"),
    "maria": ("anton", "Maria"),
    "pia": ("johanne", "Pia"),
    "klaus": ("johanne", "Klaus"),
    "brian": ("father_in_treatment", "Brian"),
    "lone": ("father_in_treatment", "Lone"),
    "mikkel": ("father_in_treatment", "Mikkel"),
    "camilla": ("case_one", "Camilla"),
    "dorthe": ("case_two", "Dorthe"),
    "steen": ("case_two", "Steen"),
    "amalie": ("case_two", "Amalie"),
    "signe": ("alma", "Signe"),
    "rasmus": ("alma", "Rasmus"),
    "nadia": ("villads", "Nadia"),
    "jesper": ("villads", "Jesper"),
}
