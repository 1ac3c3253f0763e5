"""Brian, on social assistance, is in alcohol treatment; Lone, in a resource course, lives with a mental illness; Mikkel
and Sofie find school hard (the constructed family of Social- og Boligstyrelsen 2024). School and family department
share one thing about Mikkel by law, and the family is told."""

from dataclasses import dataclass
from functools import partial

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.story import JOBS, SCHOOLING, Story
from familieplan.people.enums import RelationKind
from familieplan.people.models import Person
from familieplan.plan.enums import Weeks

HELPERS = ("koordination", "jobcenter", "rusmiddel", "psykiatri", "familieafdeling", "familiehus", "fjordskolen", "ppr")


@dataclass(frozen=True)
class Kjaer:
    brian: Person
    lone: Person
    mikkel: Person
    sofie: Person


def tell(town: Town) -> Story:
    story = Story("father_in_treatment", town, "omar", opened=110)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    what_fills_them(story, family)
    return story


def who_they_are(story: Story) -> Kjaer:
    with story.turn("omar", ago=109) as omar:
        brian = omar.person("Brian", "Kjær", 44, "far")
        lone = omar.person("Lone", "Kjær", 41, "mor")
        mikkel = omar.person("Mikkel", "Kjær", 12, "søn", birthday=30)
        sofie = omar.person("Sofie", "Kjær", 8, "datter", birthday=170)
        omar.parent(brian, mikkel, sofie, words="far")
        omar.parent(lone, mikkel, sofie, words="mor")
        omar.related(mikkel, sofie, RelationKind.SIBLING, "storebror")
        for child in (mikkel, sofie):
            omar.custody(child, brian, lone)
        omar.home("Hjemme", "Havnegade 51, st.", brian, lone, mikkel, sofie)
        omar.phone(lone, "00 00 04 01")
        omar.phone(brian, "00 00 04 02")
        omar.team("jens", brian, lone, reason="Jobkonsulent for begge")
        omar.team("anders", brian, reason="Alkoholbehandling")
        omar.team("lars", lone, reason="Behandling i psykiatrien")
        omar.team("hanne", *(brian, lone, mikkel, sofie), reason="Familiens rådgiver")
        omar.team("karen", *(brian, lone, mikkel, sofie), reason="Hjælper med at få dagen til at hænge sammen")
        omar.team("peter", mikkel, sofie, reason="Børnenes skole")
        omar.team("ida", mikkel, sofie, reason="Ser på, hvad børnene har brug for i skolen")
    return Kjaer(brian, lone, mikkel, sofie)


def what_they_say_yes_to(story: Story, kjaer: Kjaer) -> None:
    brian, lone, mikkel, sofie = kjaer.brian, kjaer.lone, kjaer.mikkel, kjaer.sofie
    both = (brian, lone)
    everyday = (Kind.BASIC, Kind.CONTACT, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.WELLBEING)
    with story.turn("omar", ago=104) as omar:
        together = partial(
            omar.yes,
            to="koordination",
            purpose="At vi har én, der kender os alle fire.",
            without="Så er der fire forskellige, der hver kender en af os.",
            units=HELPERS,
            days=210,
        )
        together(brian, (*everyday, Kind.EMPLOYMENT, Kind.ECONOMY, Kind.SUBSTANCE_USE, Kind.HEALTH))
        together(lone, (*everyday, Kind.EMPLOYMENT, Kind.ECONOMY, Kind.MENTAL_HEALTH, Kind.HEALTH))
        together(mikkel, (*everyday, Kind.SCHOOL), signed=both)
        together(sofie, (*everyday, Kind.SCHOOL), signed=both)
        omar.yes(
            brian,
            (Kind.BASIC, Kind.SUBSTANCE_USE, Kind.WELLBEING),
            to="rusmiddel",
            purpose="At Anders ved, hvad der er svært derhjemme, før jeg får lyst til at drikke.",
            without="Så taler vi kun om alkohol og ikke om resten.",
        )
        for parent in both:
            omar.yes(
                parent,
                (Kind.BASIC, Kind.EMPLOYMENT, Kind.PLAN),
                to="jobcenter",
                purpose="At vi ikke begge bliver indkaldt samme dag, som børnene har møde.",
                without="Så må vi selv flytte tiderne.",
                days=25,
            )
        omar.yes(
            lone,
            (Kind.BASIC, Kind.MENTAL_HEALTH, Kind.WELLBEING),
            to="psykiatri",
            purpose="At Lars hører om de gode dage også.",
            without="Så hører han kun om dem, når vi mødes.",
        )
        for subject in (brian, lone, mikkel, sofie):
            for unit in ("familieafdeling", "familiehus"):
                omar.yes(
                    subject,
                    (Kind.BASIC, Kind.FAMILY_LIFE),
                    to=unit,
                    purpose="At hjælpen hjemme passer til det, vi selv har sagt er vigtigst.",
                    without="Så begynder vi forfra.",
                    units=("koordination", "familiehus", "familieafdeling"),
                    signed=(subject,) if subject in both else both,
                )
        for child in (mikkel, sofie):
            for unit in ("fjordskolen", "ppr"):
                omar.yes(
                    child,
                    (Kind.BASIC, Kind.SCHOOL),
                    to=unit,
                    purpose="At skolen og PPR bygger på det, der virker.",
                    without="Så prøver de det samme én gang til.",
                    units=("koordination", "fjordskolen", "ppr"),
                    signed=both,
                )
        for one, other in ((brian, lone), (lone, brian)):
            omar.yes(
                one,
                (Kind.BASIC, Kind.CONTACT, Kind.ADDRESS, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK),
                to=other,
                purpose="Vi bor under samme tag.",
                without="Så fortæller vi hinanden det selv.",
                units=("koordination", "familieafdeling", "familiehus"),
                days=250,
            )
        omar.yes(
            sofie,
            (Kind.BASIC, Kind.FAMILY_LIFE),
            to=mikkel,
            purpose="At Mikkel kan læse med i det, der handler om os alle.",
            without="Så læser vi det op for ham.",
            signed=both,
        )
        for parent in both:
            omar.yes(
                parent,
                (Kind.BASIC, Kind.FAMILY_LIFE),
                to=mikkel,
                purpose="At Mikkel kan læse med i det, der handler om os alle.",
                without="Så læser vi det op for ham.",
            )


def what_is_going_on(story: Story, kjaer: Kjaer) -> None:
    brian, lone, mikkel, sofie = kjaer.brian, kjaer.lone, kjaer.mikkel, kjaer.sofie
    work_law = "Lov om en aktiv beskæftigelsesindsats"
    with story.turn("anders", ago=88) as anders:
        care = anders.offer("Alkoholbehandling", brian, law="Sundhedsloven § 141", purpose="At få hverdagen tilbage.")
        anders.weekly(care, brian, "15", "09:30-11:00", "Rusmiddelcentret")
        anders.sector_plan(brian, "Behandlingsplan", "Sundhedsloven § 141", "Rusmiddelcentrets journal")
    with story.turn("lars", ago=86) as lars:
        care_for_lone = lars.offer(
            "Samtaler i psykiatrien", lone, law="Sundhedsloven", purpose="At holde de gode dage gode."
        )
        lars.weekly(care_for_lone, lone, "3", "13:00-14:00", "Psykiatrikontakten", Weeks.EVEN)
    with story.turn("jens", ago=84) as jens:
        talks = jens.offer(
            "Jobsamtaler", brian, law=work_law, purpose="At stå til rådighed på en måde, der kan lade sig gøre."
        )
        jens.weekly(talks, brian, "1", "10:00-11:00", "Jobcentret")
        course = jens.offer("Ressourceforløb", lone, law=work_law, purpose="At finde ud af, hvad Lone kan arbejde med.")
        jens.weekly(course, lone, "2", "10:00-12:00", "Jobcentret")
        jens.sector_plan(lone, "Rehabiliteringsplan", work_law, "Jobcentrets fagsystem")
    with story.turn("karen", ago=80) as karen:
        house = karen.offer(
            *("Struktur i hverdagen", brian, lone, mikkel, sofie),
            law="Barnets lov § 32",
            purpose="At måltider, lektier og sengetid ligger fast.",
        )
        karen.weekly(house, lone, "4", "15:30-17:00", "Familiehuset")
    with story.turn("hanne", ago=74) as hanne:
        hanne.sector_plan(mikkel, "Barnets plan", "Barnets lov § 91", "Familieafdelingens fagsystem")
    with story.turn("ida", ago=70) as ida:
        ida.offer(
            "Udredning hos PPR", mikkel, law="Folkeskoleloven § 12", purpose="At finde den måde, Mikkel lærer bedst på."
        )
    with story.turn(brian, ago=66) as me:
        me.idea(care, "At jeg er far, også om fredagen.")
        me.idea(talks, "At vise, at jeg vil. Men ikke mandag kl. 10.")


def what_fills_them(story: Story, kjaer: Kjaer) -> None:
    brian, lone, mikkel, sofie = kjaer.brian, kjaer.lone, kjaer.mikkel, kjaer.sofie
    with story.turn("omar", ago=20) as omar:
        home = omar.topic("En dag, der hænger sammen", Kind.FAMILY_LIFE, brian, lone, mikkel, sofie, order=0)
        sober = omar.topic("Uden øl", Kind.SUBSTANCE_USE, brian, order=1)
        strength = omar.topic("Kræfter til det, jeg vil", Kind.MENTAL_HEALTH, lone, order=2)
        maths = omar.topic("Mikkel i skolen", Kind.SCHOOL, mikkel, order=3)
        reading = omar.topic("Sofie og bogstaverne", Kind.SCHOOL, sofie, order=4)
        job = omar.topic("Brian i gang igen", Kind.EMPLOYMENT, brian, order=5)
        omar.worry(home, "Nogle dage kan jeg ikke tage mig sammen til noget.", lone)
        omar.works(home, "Når Brian har lavet madplanen, bliver den fulgt.", lone)
        omar.works(home, "Vi spiser sammen næsten hver dag nu.", mikkel)
        omar.wish(home, "At der er sagt godnat til os begge to.", sofie)
        omar.worry(sober, "Fredag eftermiddag er den værste.", brian)
        omar.wish(sober, "At mine børn ikke lugter til mig, når jeg kommer hjem.", brian)
        omar.works(strength, "Når jeg cykler, kommer jeg ud af hovedet.", lone)
        omar.worry(maths, "Jeg siger, jeg har ondt i hovedet, når vi skal have matematik.", mikkel)
        omar.works(maths, "Jeg kan godt, når jeg må gøre det på computeren.", mikkel)
        omar.works(reading, "Sofie skriver indkøbslisten. Vi køber det, hun skriver.", lone)
        omar.works(job, "Jeg har aldrig haft en fraværsdag på værftet.", brian)
        omar.wish(job, "Noget med hænderne, helst ved vandet.", brian)
        omar.hope(brian, "At ungerne ringer, fordi de har lyst, når de bliver store.")
        omar.hope(lone, "En sommer, hvor vi tager på telttur.")
        omar.hope(mikkel, "At komme på ungdomsholdet i svømning.")
        sober_goal = omar.goal(
            sober, "60 dage uden", "En aftale hver fredag kl. 15", "Ringe til Anders før og ikke efter", done=1, days=20
        )
        day = omar.goal(
            home, "Børnene er i seng kl. 20.30", "Madplan om søndagen", "Godnat til begge, hver aften", done=1
        )
        school = omar.goal(maths, "Mikkel er i skole hver dag", "Computer med i timen", done=1, common=SCHOOLING)
        omar.goal(job, "Praktik på havnen", "Besøg hos havnefogeden", common=JOBS, days=120, long=True)
        omar.helps(sober_goal, day, "En rolig fredag giver en rolig weekend for alle fire.")
        omar.helps(day, school, "Mikkel kommer af sted, når han har sovet.")
        omar.agree(
            sober, "Finder en fast tid til Brian, som jobcentret ikke bruger", "anders", in_days=2, aim=sober_goal
        )
        omar.agree(home, "Laver madplan sammen med Sofie", brian, in_days=3, aim=day)
        omar.agree(maths, "Sørger for, at Mikkels computer ligger klar i klassen", "peter", in_days=-6, aim=school)
        omar.network(brian, "Ole", "min bror, har været tør i ni år", "00 00 04 11", may_contact=True)
        omar.network(lone, "Jytte fra opgangen", "cykler med om onsdagen")
        omar.by_law(
            mikkel,
            (Kind.SCHOOL,),
            "ssd",
            to="familieafdeling",
            units=("fjordskolen",),
            why="Skolen og rådgiveren skal se samlet på Mikkels fravær, så hjælpen kommer, før det vokser.",
            days=60,
        )
    with story.turn("peter", ago=15) as peter:
        peter.worry(maths, "Vi har sendt to underretninger om fraværet og vil hellere løse det sammen.")
        peter.works(maths, "Med computer arbejder Mikkel en hel time.")
    with story.turn("karen", ago=6) as karen:
        karen.works(home, "Madplanen hænger der stadig efter fire uger.")
    with story.turn("omar", ago=4) as omar:
        omar.works(sober, "47 dage nu. Jeg har dem på køleskabet.", brian)
        omar.burning(brian, "Behandling og jobcenter har skrevet til mig om det samme tidspunkt.")
        omar.status(lone, "Jeg har haft tre gode dage i streg.")
    story.looks("jens", "peter", ago=2)
