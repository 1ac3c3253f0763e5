"""The Holm family, as each of them meets it. Read it column by column: it is what the consents of the story say."""

import pytest

from familieplan.access.models import Grant
from familieplan.consent import actions as consents
from familieplan.consent.enums import Form
from familieplan.consent.models import Consent
from familieplan.demo.municipality import id_of
from familieplan.people.models import Person, TeamMember
from familieplan.plan.models import Topic
from tests.demo.eyes import actor, looking, table

LOGINS = ["mette", "sara", "freja", "thomas", "jens", "lis", "hanne", "bodil", "karen", "nanna", "ida", "tom", "omar"]
TABLE = """
                             mette   sara  freja thomas   jens    lis  hanne  bodil  karen  nanna    ida    tom   omar
opens as                      full   full   full   full   full   full   full   full   full   full   card   card      -
Sara                             x      x      x      x      x      x      x      x      x      .      .      .      .
Freja                            x      x      x      .      .      .      x      .      .      x      .      .      .
Emil                             x      x      x      x      .      x      x      .      x      .      .      .      .
Thomas                           x      x      .      x      .      .      .      .      .      .      .      .      .
Emil og skolen                   x      x      .      x      .      x      x      .      .      .      .      .      .
Vores morgener                   x      x      x      .      .      .      x      .      x      .      .      .      .
Mit arbejde                      x      x      .      .      x      .      .      .      .      .      .      .      .
Min uro og mine kræfter          x      x      .      .      .      .      .      x      .      .      .      .      .
Freja efter 9. klasse            x      x      x      .      .      .      .      .      .      x      .      .      .
Os tre                           x      x      x      .      .      .      x      .      .      .      .      .      .
Ro, når der er vikar             x      x      .      x      .      x      x      .      .      .      .      .      .
Pengene sidst på måneden         x      x      .      .      .      .      .      .      .      .      .      .      .
Ressourceforløb                  x      x      .      .      x      .      .      .      .      .      .      .      .
Praktik i planteskole            x      x      .      .      x      .      .      .      .      .      .      .      .
Støtte i hverdagen               x      x      .      .      .      .      .      x      .      .      .      .      .
Gruppe om uro og angst           x      x      .      .      .      .      .      x      .      .      .      .      .
Samtaler med rådgiver            x      x      .      .      .      .      x      .      .      .      .      .      .
Familiebehandling                x      x      .      .      .      .      x      .      x      .      .      .      .
Morgenaftale og kort skema       x      x      .      x      .      x      x      .      .      .      .      .      .
Vejledning om uddannelse         x      x      x      .      .      .      .      .      .      x      .      .      .
statements                      41     41     13     16      9     14     21      3      5      2      0      0      0
goals and steps                 20     20      9      4      5      4     10      2      4      3      0      0      0
agreements                       8      8      4      3      1      3      6      0      2      1      0      0      0
sector plans                     7      7      2      3      1      1      4      1      1      1      0      0      0
network                          4      4      3      1      0      0      2      0      0      0      0      0      0
"""


def test_who_sees_what(demo_db: None) -> None:
    assert table(LOGINS) == TABLE.strip("\n")


def test_taken_back_the_job_centre_sees_its_own_and_nothing_else(demo_db: None) -> None:
    sara = actor("sara")
    with looking("sara"):
        to_the_job_centre = Consent.objects.get(purpose__startswith="At min praktik passer")
        consents.withdraw(consent=to_the_job_centre, by=sara)
    with looking("jens") as opened:
        assert opened == "full"
        assert not Topic.objects.exists()
        assert not Person.objects.exists()


def test_one_more_signature_opens_the_door(demo_db: None) -> None:
    with looking("ida") as before:
        pass
    thomas = actor("thomas")
    with looking("thomas"):
        waiting = Consent.objects.get(purpose__startswith="At Ida kan se")
        me = Person.objects.get(given_name="Thomas")
        consents.sign(consent=waiting, person=me, form=Form.PORTAL, by=thomas)
    with looking("ida") as after:
        assert [topic.title for topic in Topic.objects.all()] == ["Emil og skolen", "Ro, når der er vikar"]
    assert (before, after) == ("card", "full")


@pytest.mark.parametrize("login", ["omar", "peter", "birgit", "vera"])
def test_for_others_there_is_no_such_family(demo_db: None, login: str) -> None:
    with looking(login) as opened:
        assert opened is None
        assert not Person.objects.exists()


def test_on_the_team_one_knows_at_least_oneself(demo_db: None) -> None:
    with looking("tom") as opened:
        assert opened == "card"
        assert [line.staff.name for line in TeamMember.objects.all()] == ["Tom Bjerre"]


def test_who_else_may_look_is_told_to_those_it_is_about_only(demo_db: None) -> None:
    """That adult support knows Sara would tell the job centre of it."""
    support = id_of("staff", "bodil")

    def is_told(login: str) -> bool:
        with looking(login):
            return Grant.objects.filter(holder=support).exists()

    assert {login for login in ("sara", "mette", "freja", "thomas", "jens", "hanne") if is_told(login)} == {
        "sara",
        "mette",
    }
