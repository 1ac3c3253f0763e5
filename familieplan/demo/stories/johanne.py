"""Johanne, 5, in daycare, and her big brother Søren: the board of Miller & Haslam 2021, figure 6, as a plan.

Both parents live together and both sign for the children.
"""

from dataclasses import dataclass
from datetime import time

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.story import COMMUNITY, SCHOOLING, Story, Theme
from familieplan.demo.table import plans
from familieplan.meetings.enums import Says
from familieplan.people.enums import RelationKind
from familieplan.people.models import Person

HELPERS = ("koordination", "boernehave", "fjordskolen", "familiehus", "sundhedspleje")


@dataclass(frozen=True)
class Thorsen:
    pia: Person
    klaus: Person
    soeren: Person
    johanne: Person


def tell(town: Town) -> Story:
    story = Story("johanne", town, "mette", opened=95)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    on = the_board(story, family)
    the_next_meeting(story, family, on)
    return story


def who_they_are(story: Story) -> Thorsen:
    with story.turn("mette", ago=94) as mette:
        pia = mette.person("Pia", "Thorsen", 34, "mor")
        klaus = mette.person("Klaus", "Thorsen", 37, "far")
        soeren = mette.person("Søren", "Thorsen", 8, "storebror", birthday=150)
        johanne = mette.person("Johanne", "Thorsen", 5, "lillesøster", birthday=20)
        mette.parent(pia, soeren, johanne, words="mor")
        mette.parent(klaus, soeren, johanne, words="far")
        mette.related(soeren, johanne, RelationKind.SIBLING, "storebror")
        for child in (soeren, johanne):
            mette.custody(child, pia, klaus)
        mette.home("Hjemme", "Møllevej 22", pia, klaus, soeren, johanne)
        mette.phone(pia, "00 00 03 01")
        mette.phone(klaus, "00 00 03 02")
        mette.team("grete", johanne, reason="Johannes pædagog")
        mette.team("peter", soeren, reason="Sørens skoleleder")
        mette.team("karen", pia, klaus, soeren, johanne, reason="Familiekonsulent, kommer i hjemmet")
    return Thorsen(pia, klaus, soeren, johanne)


def what_they_say_yes_to(story: Story, thorsen: Thorsen) -> None:
    pia, klaus, soeren, johanne = thorsen.pia, thorsen.klaus, thorsen.soeren, thorsen.johanne
    everyday = (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.WELLBEING)
    with story.turn("mette", ago=88) as mette:
        for subject in (pia, klaus, soeren, johanne):
            signers = (subject,) if subject in (pia, klaus) else (pia, klaus)
            mette.yes(
                subject,
                everyday if subject in (pia, klaus) else (*everyday, Kind.SCHOOL, Kind.DAYCARE, Kind.HEALTH),
                to="koordination",
                purpose="At vi har én at ringe til, og at alle arbejder ud fra den samme aftale.",
                without="Så taler vi med børnehave, skole og konsulent hver for sig.",
                units=HELPERS,
                signed=signers,
                days=240,
            )
            mette.yes(
                subject,
                (Kind.BASIC, Kind.FAMILY_LIFE, Kind.PLAN, Kind.DAYCARE),
                to="familiehus",
                purpose="At Karen ved, hvad vi selv vil øve, når hun kommer.",
                without="Så ser Karen kun det, der sker, mens hun er her.",
                units=("koordination", "boernehave"),
                signed=signers,
            )
        for unit in ("boernehave", "fjordskolen"):
            child, kind = (johanne, Kind.DAYCARE) if unit == "boernehave" else (soeren, Kind.SCHOOL)
            mette.yes(
                child,
                (Kind.BASIC, kind, Kind.WELLBEING),
                to=unit,
                purpose="At de kan hjælpe med rolige morgener fra deres side.",
                without="Så ved de ikke, hvad vi prøver derhjemme.",
                signed=(pia, klaus),
            )
        for one, other in ((pia, klaus), (klaus, pia)):
            mette.yes(
                one,
                (Kind.ADDRESS, *everyday),
                to=other,
                purpose="Vi er to om det her.",
                without="Så fortæller vi hinanden det selv.",
                units=("koordination", "familiehus"),
                days=260,
            )


def what_is_going_on(story: Story, thorsen: Thorsen) -> None:
    pia, klaus, soeren, johanne = thorsen.pia, thorsen.klaus, thorsen.soeren, thorsen.johanne
    with story.turn("karen", ago=80) as karen:
        visits = karen.offer(
            "Familiekonsulent i hjemmet",
            *(pia, klaus, soeren, johanne),
            law="Barnets lov § 32",
            purpose="At øve morgener, hvor hvert barn får sin tid.",
        )
        karen.weekly(visits, pia, "3", "06:30-08:00", "Hjemme")
        karen.sector_plan(soeren, "Plan for familiekonsulent", "Barnets lov § 32", "Familiehusets journal")
    with story.turn("grete", ago=76) as grete:
        place = grete.offer(
            "Plads i børnehave", johanne, law="Dagtilbudsloven", purpose="At lege og lære med andre børn."
        )
        grete.weekly(place, johanne, "12345", "07:30-15:00", "Børnehaven Åhaven")
    with story.turn("peter", ago=74) as peter:
        ride = peter.offer("Taxa til skole", soeren, law="Folkeskoleloven § 26", purpose="At Søren kommer godt frem.")
        peter.weekly(ride, soeren, "12345", "06:45-07:30", "Fjordskolen")
    with story.turn(pia, ago=60) as me:
        me.idea(visits, "At en anden ser, at vi faktisk prøver.")
    with story.turn("mette", ago=20) as mette:
        mette.team("stine", johanne, reason="Sundhedsplejerske")
    with story.turn("stine", ago=19) as stine:
        stine.offer(
            "Samtale med sundhedsplejen", johanne, law="Sundhedsloven", purpose="At se, om kroppen har det godt."
        )


def the_board(story: Story, thorsen: Thorsen) -> Theme:
    """Worries, what works, what shall happen, who does what."""
    pia, klaus, soeren, johanne = thorsen.pia, thorsen.klaus, thorsen.soeren, thorsen.johanne
    with story.turn("mette", ago=11) as mette:
        daycare = mette.topic("Johannes dage i børnehaven", Kind.DAYCARE, johanne, order=0)
        mornings = mette.topic("To børn, én morgen", Kind.FAMILY_LIFE, pia, klaus, soeren, johanne, order=1)
        taxi = mette.topic("Sørens vej til skole", Kind.SCHOOL, soeren, order=2)
        mette.works(daycare, "De dage, hvor jeg er hjemme og afleverer kl. 7.30, går det meget bedre.", pia)
        mette.wish(daycare, "Jeg vil helst komme, når de andre også er der.", johanne)
        mette.worry(mornings, "Når Søren slår, kører jeg Johanne tidligt, bare for at skille dem ad.", klaus)
        mette.works(mornings, "Når de vågner hver sin tid, er der ingen, der bliver slået.", pia)
        mette.wish(mornings, "At de står op og bliver sendt af sted på hver sit tidspunkt.", pia)
        mette.wish(mornings, "Ro i huset. Også hos os voksne.", klaus)
        mette.works(mornings, "Jeg er god til at hjælpe Johanne med støvlerne, når der er tid.", soeren)
        mette.worry(taxi, "Taxaen kommer, før jeg er vågen.", soeren)
        mette.hope(pia, "At vi kan drikke en kop kaffe, før klokken er otte.")
        mette.hope(klaus, "At mine børn er venner, når de bliver store.")

        apart = mette.goal(
            mornings,
            "Søren og Johanne har hver sin morgen",
            "Søren bliver vækket en halv time før Johanne",
            "Hvert barn får ti minutter alene med en voksen",
            "En uge, hvor ingen bliver slået",
            done=1,
            days=40,
        )
        late = mette.goal(
            daycare,
            "Johanne kommer kl. 7.30 hver dag",
            "To dage om ugen",
            "Fire dage om ugen",
            done=1,
            common=COMMUNITY,
        )
        ride = mette.goal(taxi, "Taxaen passer med Sørens morgen", "Nyt tidspunkt er spurgt efter", common=SCHOOLING)
        mette.helps(ride, apart, "Når taxaen kommer senere, kan morgenen deles i to.")
        mette.helps(apart, late, "Når der er ro derhjemme, behøver Johanne ikke at komme tidligt.")
        mette.agree(taxi, "Undersøger, om taxaen kan komme på et andet tidspunkt", "peter", in_days=3, aim=ride)
        mette.agree(
            mornings, "Kommer i hjemmet to morgener mere og fortæller, hvad hun ser", "karen", in_days=8, aim=apart
        )
        mette.agree(daycare, "Skriver ned, hvor tit Johanne kommer før kl. 7", "grete", in_days=14, aim=late)
        mette.agree(mornings, "Vækker Søren først og sætter sig hos ham", klaus, in_days=2, aim=apart)
        mette.network(pia, "Farmor Gerda", "kan tage en morgen, når vi begge arbejder", "00 00 03 11", may_contact=True)
    with story.turn("grete", ago=11) as grete:
        grete.worry(daycare, "Johanne går på toilettet oftere end før, mest de morgener hun kommer tidligt.")
        grete.works(daycare, "Kommer hun kl. 7.30, leger hun med det samme.")
        grete.wish(daycare, "At det er Johanne, der kan blive lidt længere hjemme.")
    with story.turn("karen", ago=10) as karen:
        karen.wish(mornings, "Mere tid til hvert barn. Det er dér, forskellen ligger.")
    story.looks("grete", "karen", ago=3)
    with story.turn("mette", ago=1) as mette:
        mette.burning(pia, "I morgen er jeg på arbejde fra kl. 6. Hvem tager morgenen?")
        mette.status(johanne, "Glad, når mor følger mig.")
        mette.status(soeren, "Sur om morgenen. God til fodbold.")
    return mornings


def the_next_meeting(story: Story, thorsen: Thorsen, mornings: Theme) -> None:
    """No time yet: Mette has asked which suit. The daycare has answered, and Pia; Klaus and Karen have not."""
    with story.turn("mette", ago=1) as mette:
        table = plans(mette, thorsen.pia, thorsen.klaus, place="Børnehaven Åhaven")
        table.talks_about(mornings)
        table.calls("grete", "karen")
        table.asks_for_times(*(story.at(-days, time(hour, 0)) for days, hour in ((9, 9), (10, 14), (13, 9))))
    with story.turn("grete", ago=1) as grete:
        table.seen_by(grete).can(Says.CAN, Says.CANNOT, Says.IF_NEED_BE, words="Helst, mens der er vikar på stuen.")
    with story.turn(thorsen.pia, ago=1) as me:
        table.seen_by(me).can(Says.CAN, Says.IF_NEED_BE, "")
