"""Who one may sign in as in the demo, in the order a newcomer should try them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from familieplan.accounts.cast import DemoPerson
from familieplan.demo.municipality import STAFF, id_of


def people() -> Sequence[DemoPerson]:
    """The cards of the sign-in page; names are the demo's own, descriptions are translated."""
    return (*_start_here(), *_who_help(), *_families(), *_behind_the_scenes())


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
        _staff("ida", _("Waits for one more signature before she may read."), group),
    ]


def _families() -> list[DemoPerson]:
    return []


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
}


__all__ = ["FAMILY_LOGINS", "id_of", "people"]
