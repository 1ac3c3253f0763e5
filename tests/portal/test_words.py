"""Words that a professional writes down for somebody: it says so, and they are told – they, and nobody else."""

from django.utils import timezone

from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.people.models import Person
from familieplan.plan import actions
from familieplan.plan.models import Statement
from tests.street import SignIn, Street

TOLD = "Der er skrevet ord ned for dig"


def writes_down(street: Street, who: str, said: str, *, by: str, replaces: Statement | None = None) -> Statement:
    with acting_as(street.actor(by)):
        log.open_family(street.family, "plan")
        speaker = Person.objects.get(pk=street.persons[who])
        return actions.say(
            place=actions.Place.for_([speaker], "plan"),
            kind="hope",
            text=said,
            speaker=speaker,
            said_on=timezone.localdate(),
            replaces=replaces,
            by=street.actor(by),
        )


def front(sign_in: SignIn, name: str) -> str:
    return sign_in(name).get("/").content.decode()


def give_mette_all(street: Street, name: str) -> None:
    street.give(name, name, kinds=("basic", "plan"), to_units=(street.units["Familieteam"],))


def test_new_words_for_freja_are_told_to_freja_and_stand_as_told_to_mette(street: Street, sign_in: SignIn) -> None:
    give_mette_all(street, "Freja")
    first = writes_down(street, "Freja", "Jeg vil have mit eget bageri.", by="Mette")
    writes_down(street, "Freja", "Jeg vil være frisør.", by="Mette", replaces=first)
    page = front(sign_in, "Freja")
    assert TOLD in page
    assert "Du: »Jeg vil være frisør.«" in page
    plan = sign_in("Freja").get(street.base).content.decode()
    assert "Freja, fortalt til Mette" in plan


def test_nobody_else_is_told_of_sara_s_words(street: Street, sign_in: SignIn) -> None:
    give_mette_all(street, "Sara")
    writes_down(street, "Sara", "Jeg vil sove igennem.", by="Mette")
    assert TOLD in front(sign_in, "Sara")
    assert TOLD not in front(sign_in, "Jonas")
    assert TOLD not in front(sign_in, "Freja")


def test_what_sara_writes_herself_is_no_news_to_her(street: Street, sign_in: SignIn) -> None:
    writes_down(street, "Sara", "Jeg vil sove igennem.", by="Sara")
    assert TOLD not in front(sign_in, "Sara")
    assert "fortalt til" not in sign_in("Sara").get(street.base).content.decode()
