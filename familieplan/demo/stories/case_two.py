"""Dorthe with Amalie, 16, and Jakob, 11 (Miller & Haslam 2021, case 2): Amalie had 11 days of absence and is now at
boarding school; Jakob had 13, has 0, and a leisure activity. He moves between his parents' homes, a week at a time."""

from dataclasses import dataclass
from functools import partial

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.story import COMMUNITY, JOBS, SCHOOLING, Story
from familieplan.people.enums import Part, RelationKind
from familieplan.people.models import Person

HELPERS = ("koordination", "jobcenter", "fjordskolen", "familieafdeling", "bolig")


@dataclass(frozen=True)
class Mose:
    dorthe: Person
    amalie: Person
    jakob: Person
    steen: Person


def tell(town: Town) -> Story:
    story = Story("case_two", town, "omar", opened=430)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    what_fills_them(story, family)
    return story


def who_they_are(story: Story) -> Mose:
    with story.turn("omar", ago=428) as omar:
        dorthe = omar.person("Dorthe", "Mose", 43, "mor")
        amalie = omar.person("Amalie", "Mose", 16, "storesøster", birthday=120)
        jakob = omar.person("Jakob", "Mose Lind", 11, "lillebror", birthday=10)
        steen = omar.person("Steen", "Lind", 46, "børnenes far", part=Part.PARENT_ELSEWHERE)
        omar.parent(dorthe, amalie, jakob, words="mor")
        omar.parent(steen, amalie, jakob, words="far")
        omar.related(amalie, jakob, RelationKind.SIBLING, "storesøster")
        for child in (amalie, jakob):
            omar.custody(child, dorthe, steen)
        with_mother = omar.home("Hos mor", "Skolebakken 9", dorthe)
        with_father = omar.home("Hos far", "Strandvænget 40", steen)
        omar.home("Efterskolen", "Efterskolevej 1", amalie)
        omar.also_lives(amalie, with_mother, "weekender")
        omar.also_lives(jakob, with_mother, "lige uger")
        omar.also_lives(jakob, with_father, "ulige uger")
        omar.phone(dorthe, "00 00 06 01")
        omar.phone(steen, "00 00 06 02")
        omar.team("jens", dorthe, reason="Ressourceforløb")
        omar.team("peter", jakob, reason="Jakobs skole")
        omar.team("rikke", jakob, reason="Fandt klatreklubben sammen med Jakob")
    return Mose(dorthe, amalie, jakob, steen)


def what_they_say_yes_to(story: Story, mose: Mose) -> None:
    dorthe, amalie, jakob, steen = mose.dorthe, mose.amalie, mose.jakob, mose.steen
    both = (dorthe, steen)
    with story.turn("omar", ago=184) as omar:
        together = partial(
            omar.yes,
            to="koordination",
            purpose="At Omar kan holde fast i det, der er begyndt at virke.",
            without="Så skal vi selv samle det, når noget ændrer sig.",
            units=HELPERS,
            days=120,
        )
        everyday = (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.WELLBEING)
        together(dorthe, (*everyday, Kind.EMPLOYMENT, Kind.MENTAL_HEALTH))
        together(steen, (Kind.BASIC, Kind.CONTACT, Kind.FAMILY_LIFE))
        together(amalie, (*everyday, Kind.SCHOOL))
        together(jakob, (*everyday, Kind.SCHOOL, Kind.HOUSING), signed=both)
        omar.yes(
            dorthe,
            (Kind.BASIC, Kind.EMPLOYMENT),
            to="jobcenter",
            purpose="At mit ressourceforløb ikke går hurtigere, end jeg kan.",
            without="Så går det efter jobcentrets plan.",
        )
        for unit, kinds in (("fjordskolen", (Kind.BASIC, Kind.SCHOOL)), ("bolig", (Kind.BASIC, Kind.HOUSING))):
            omar.yes(
                jakob,
                kinds,
                to=unit,
                purpose="At Jakob bliver mødt af voksne, der ved, hvad han er god til.",
                without="Så begynder de forfra med ham.",
                signed=both,
            )
        omar.yes(
            jakob,
            (Kind.BASIC, Kind.FAMILY_LIFE, Kind.PLAN),
            to=amalie,
            purpose="At Amalie kan følge sin bror fra efterskolen.",
            without="Så ringer hun og spørger.",
            signed=both,
        )
        omar.yes(
            dorthe,
            (Kind.BASIC, Kind.CONTACT),
            to=amalie,
            purpose="At Amalie ved, hvem der hjælper os.",
            without="Så spørger hun mig.",
        )
        for one, other in ((dorthe, steen), (steen, dorthe)):
            omar.yes(
                one,
                (Kind.BASIC, Kind.CONTACT),
                to=other,
                purpose="At vi kan aftale byttedage direkte.",
                without="Så går det gennem børnene, og det vil vi ikke.",
            )


def what_is_going_on(story: Story, mose: Mose) -> None:
    work_law = "Lov om en aktiv beskæftigelsesindsats"
    with story.turn("jens", ago=180) as jens:
        course = jens.offer(
            "Ressourceforløb", mose.dorthe, law=work_law, purpose="At finde et arbejdsliv, der kan holde."
        )
        jens.weekly(course, mose.dorthe, "3", "09:00-11:00", "Jobcentret")
        jens.sector_plan(mose.dorthe, "Rehabiliteringsplan", work_law, "Jobcentrets fagsystem")
    with story.turn("rikke", ago=176) as rikke:
        club = rikke.offer(
            "Fritidspas til klatring", mose.jakob, law="Barnets lov § 30", purpose="At være god til noget."
        )
        rikke.weekly(club, mose.jakob, "3", "16:00-17:30", "Klatrehallen")
    with story.turn("peter", ago=170) as peter:
        breaks = peter.offer(
            "Makker i frikvarteret", mose.jakob, law="Folkeskoleloven", purpose="At have én at være med."
        )
        peter.weekly(breaks, mose.jakob, "12345", "11:30-12:00", "Fjordskolen")
    with story.turn(mose.dorthe, ago=160) as me:
        me.idea(course, "At jeg finder ud af, hvor langt jeg kan gå, uden at falde.")


def what_fills_them(story: Story, mose: Mose) -> None:
    dorthe, amalie, jakob, steen = mose.dorthe, mose.amalie, mose.jakob, mose.steen
    with story.turn("omar", ago=15) as omar:
        swap = omar.topic("Byttedage", Kind.FAMILY_LIFE, jakob, order=0)
        school = omar.topic("Jakob i skolen", Kind.SCHOOL, jakob, order=1)
        climbing = omar.topic("Klatring", Kind.HOUSING, jakob, order=2)
        away = omar.topic("Amalie på efterskole", Kind.SCHOOL, amalie, order=3)
        strength = omar.topic("Min vej tilbage", Kind.EMPLOYMENT, dorthe, order=4)
        omar.worry(swap, "Når mor og far ikke er enige, føles det, som om det er min skyld.", jakob, ago=200)
        omar.works(swap, "Nu bytter de på skolen. Så behøver ingen at stå i døren.", jakob)
        omar.wish(swap, "At vi skriver det i kalenderen, før vi siger det til Jakob.", steen)
        omar.worry(school, "13 dage væk på et halvt år. Han sagde, det var maven.", dorthe, ago=400)
        omar.works(school, "Nul dage. Nul! Og han laver lektier uden mig.", dorthe)
        omar.works(climbing, "Jeg er den, der ikke er bange for at være øverst.", jakob)
        omar.works(climbing, "Kommunen betaler, og han glæder sig fra søndag til onsdag.", dorthe)
        omar.works(away, "Her kender ingen mig som hende, der var meget væk.", amalie, ago=25)
        omar.worry(
            strength, "Skemaet siger, jeg har det dårligere: 52 før og 40 nu. Sådan er det ikke helt.", dorthe, ago=15
        )
        omar.works(strength, "Vi har det bedre alle tre. Det har bare kostet kræfter.", dorthe)
        omar.hope(dorthe, "At begge børn har lyst til at komme hjem i weekenden.")
        omar.hope(jakob, "At klatre udenfor på en rigtig klippe.")
        omar.status(dorthe, "Træt på den gode måde.")
        omar.status(jakob, "Ti ud af ti om onsdagen.")
        present = omar.goal(
            school,
            "Jakob er i skole hver dag",
            "Følges med Noah",
            "En uge i træk",
            done=2,
            reached=45,
            common=SCHOOLING,
        )
        rope = omar.goal(
            climbing, "Jakob har noget, der er hans eget", "Prøvetime", "Eget reb", done=2, common=COMMUNITY
        )
        calm = omar.goal(swap, "Byttedag uden uenighed", "Vi bytter på skolen", "Kalenderen er fælles", done=1)
        omar.goal(
            strength, "To dage om ugen på plejehjemmet", "Besøg sammen med Jens", common=JOBS, days=200, long=True
        )
        omar.helps(rope, present, "Den, der har noget at glæde sig til, kommer op om morgenen.")
        omar.helps(calm, present, "Når byttedagen er rolig, er mandagen også.")
        omar.agree(swap, "Sætter alle byttedage i den fælles kalender", steen, in_days=5, aim=calm)
        omar.agree(climbing, "Søger om kontingent til næste sæson", "rikke", in_days=20, aim=rope)
        omar.agree(strength, "Spørger plejehjemmet om en dag at kigge med", "jens", in_days=9)
        omar.network(dorthe, "Else", "veninde fra koret", may_contact=False)
        omar.network(jakob, "Noah", "vi følges hver dag")
    with story.turn("rikke", ago=9) as rikke:
        rikke.works(climbing, "Jakob hjælper de nye med at binde deres første knude.")
    with story.turn(amalie, ago=4) as me:
        me.keeps_to_self("Jeg er bekymret for, om mor er ensom, når jeg er væk.", Kind.FAMILY_LIFE)
