"""Anton, 10, has not been to school for a while; his mother Maria is on sick leave with PTSD and mostly at home
(Social- og Boligstyrelsen 2024). Their address is protected. Whose progress helps whose is the point of this plan."""

from dataclasses import dataclass
from functools import partial

from familieplan.access.enums import Kind
from familieplan.demo.municipality import Town
from familieplan.demo.story import COMMUNITY, JOBS, SCHOOLING, Story
from familieplan.people.models import Person

HELPERS = ("koordination", "jobcenter", "elmeskolen", "ppr", "psykiatri", "familieafdeling")


@dataclass(frozen=True)
class Krag:
    maria: Person
    anton: Person


def tell(town: Town) -> Story:
    story = Story("anton", town, "mette", opened=75)
    family = who_they_are(story)
    what_they_say_yes_to(story, family)
    what_is_going_on(story, family)
    what_fills_them(story, family)
    return story


def who_they_are(story: Story) -> Krag:
    with story.turn("mette", ago=74) as mette:
        maria = mette.person("Maria", "Krag", 36, "mor")
        anton = mette.person("Anton", "Krag", 10, "søn", birthday=60)
        mette.parent(maria, anton, words="mor")
        mette.custody(anton, maria)
        mette.protects_address(maria, anton)
        mette.home("Hjemme", "Lyngbakken 7", maria, anton)
        mette.phone(maria, "00 00 02 01")
        mette.team("lars", maria, reason="Behandling af PTSD")
        mette.team("jens", maria, reason="Sygedagpenge og vejen tilbage til arbejdet")
        mette.team("lis", anton, reason="Antons klasselærer")
        mette.team("ida", anton, reason="Ser på, hvad Anton har brug for i skolen")
    with story.turn("mette", ago=73) as mette:
        mette.team("hanne", maria, anton, reason="Familiens rådgiver")
    return Krag(maria, anton)


def what_they_say_yes_to(story: Story, krag: Krag) -> None:
    maria, anton = krag.maria, krag.anton
    with story.turn("mette", ago=70) as mette:
        together = partial(mette.yes, to="koordination", units=HELPERS, days=200)
        together(
            maria,
            (Kind.BASIC, Kind.CONTACT, Kind.ADDRESS, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.EMPLOYMENT,
             Kind.HEALTH, Kind.MENTAL_HEALTH, Kind.WELLBEING),
            purpose="At Mette kan besøge os og samle trådene.",
            without="Så mødes vi kun på rådhuset, og jeg må selv fortælle alle det samme.",
        )  # fmt: skip
        together(
            anton,
            (Kind.BASIC, Kind.ADDRESS, Kind.PLAN, Kind.FAMILY_LIFE, Kind.NETWORK, Kind.SCHOOL, Kind.WELLBEING),
            purpose="At Anton kan komme tilbage til sin klasse i sit eget tempo.",
            without="Så går der længere tid, før alle ved, hvad vi har aftalt.",
            signed=(maria,),
        )
        for unit, why in (
            ("elmeskolen", "At Lis ved, hvad der er lettest for Anton lige nu."),
            ("ppr", "At Ida kan give gode råd uden at stille Anton de samme spørgsmål igen."),
        ):
            mette.yes(
                anton,
                (Kind.BASIC, Kind.SCHOOL, Kind.WELLBEING),
                to=unit,
                purpose=why,
                without="Så kender de kun Anton fra papirerne.",
                units=("koordination", "elmeskolen", "ppr"),
                signed=(maria,),
            )
        mette.yes(
            maria,
            (Kind.BASIC, Kind.PLAN, Kind.EMPLOYMENT),
            to="jobcenter",
            purpose="At Jens kan se, hvorfor det går i det tempo, det går.",
            without="Så indkalder jobcentret mig efter sin egen kalender.",
            days=90,
        )
        mette.yes(
            maria,
            (Kind.BASIC, Kind.MENTAL_HEALTH, Kind.WELLBEING, Kind.PLAN),
            to="psykiatri",
            purpose="At behandlingen tager hensyn til, at Anton er hjemme om dagen.",
            without="Så ved Lars ikke, hvordan hverdagen er.",
        )
        for subject in (maria, anton):
            mette.yes(
                subject,
                (Kind.BASIC, Kind.FAMILY_LIFE, Kind.PLAN),
                to="familieafdeling",
                purpose="At Hanne ser os som en familie og ikke som to sager.",
                without="Så bliver der spurgt til os hver for sig.",
                signed=(maria,),
            )


def what_is_going_on(story: Story, krag: Krag) -> None:
    maria, anton = krag.maria, krag.anton
    work_law = "Lov om sygedagpenge"
    with story.turn("lars", ago=58) as lars:
        care = lars.offer("Behandling af PTSD", maria, law="Sundhedsloven", purpose="At kroppen falder til ro igen.")
        lars.weekly(care, maria, "2", "10:00-11:30", "Psykiatrikontakten")
        lars.sector_plan(maria, "Behandlingsplan", "Sundhedsloven", "Journalen")
    with story.turn("jens", ago=56) as jens:
        jens.offer("Sygedagpengeopfølgning", maria, law=work_law, purpose="At finde en vej tilbage, der holder.")
        jens.sector_plan(maria, "Min plan", "Lov om en aktiv beskæftigelsesindsats", "Jobcentrets fagsystem")
    with story.turn("lis", ago=55) as lis:
        way_back = lis.offer(
            "Vej tilbage til klassen", anton, law="Folkeskoleloven", purpose="At være med i små bidder."
        )
        lis.weekly(way_back, anton, "24", "10:00-11:00", "Elmeskolens værksted")
    with story.turn("ida", ago=50) as ida:
        ida.offer("Rådgivning fra PPR", anton, law="Folkeskoleloven § 12", purpose="At hjælpe de voksne omkring Anton.")
        ida.sector_plan(anton, "Pædagogisk-psykologisk vurdering", "Folkeskoleloven § 12", "PPR's journal")
    with story.turn(maria, ago=45) as me:
        me.idea(care, "Så jeg kan høre en dør smække uden at gemme mig.")
        me.idea(way_back, "At Anton opdager, at klassen stadig er hans.")


def what_fills_them(story: Story, krag: Krag) -> None:
    maria, anton = krag.maria, krag.anton
    with story.turn("mette", ago=18) as mette:
        school = mette.topic("Anton tilbage i klassen", Kind.SCHOOL, anton, order=0)
        calm = mette.topic("Mors ro", Kind.MENTAL_HEALTH, maria, order=1)
        days = mette.topic("Vores dage herhjemme", Kind.FAMILY_LIFE, maria, anton, order=2)
        work = mette.topic("Tilbage til laboratoriet", Kind.EMPLOYMENT, maria, order=3)
        mette.worry(school, "Jeg ved ikke, om mor er okay, når jeg ikke er der.", anton)
        mette.works(school, "Jeg skriver sammen med Viggo hver dag. Han holder min plads.", anton)
        mette.wish(school, "At jeg må ringe hjem i det store frikvarter.", anton)
        mette.works(school, "Han regner videre derhjemme, og han er længere fremme end bogen.", maria)
        mette.worry(calm, "Døre, der smækker, sætter mig tilbage i timer.", maria)
        mette.works(calm, "Når jeg har været ude at gå før klokken ni, er resten af dagen bedre.", maria)
        mette.wish(calm, "At jeg kan hente Anton i skolegården som de andre mødre.", maria)
        mette.worry(days, "Vi lister rundt om hinanden for ikke at gøre den anden ked af det.", maria)
        mette.works(days, "Vi laver mad sammen. Anton bestemmer om torsdagen.", maria)
        mette.wish(days, "At vi går ud, selv om det er en dårlig dag.", anton)
        mette.works(work, "Min chef skriver stadig og spørger, hvordan jeg har det.", maria)
        mette.hope(maria, "At vi kan stå på en fyldt perron uden at holde vejret.")
        mette.hope(anton, "Jeg vil med på lejrskole til maj.")

        back = mette.goal(
            school,
            "Anton er i klassen to timer om dagen",
            "Lis og Viggo kommer forbi efter skole",
            "Én time i værkstedet sammen med Viggo",
            "To timer i klassen tre dage i træk",
            done=1,
            common=SCHOOLING,
            days=45,
        )
        rest = mette.goal(
            calm,
            "Jeg kan være alene hjemme en formiddag",
            "Gåtur kl. 8 med telefonen i lommen",
            "En time alene, mens Anton er i værkstedet",
            done=1,
            days=45,
        )
        mette.goal(days, "Ud ad døren sammen hver dag", "Til postkassen", "Til søen", done=2, common=COMMUNITY)
        job = mette.goal(
            work, "Fire timer om ugen i laboratoriet", "Kaffe med min chef", common=JOBS, days=150, long=True
        )
        mette.helps(back, rest, "Når Anton har det godt i skolen, tør jeg slippe ham.")
        mette.helps(rest, back, "Når mor klarer formiddagen, behøver Anton ikke at blive hjemme og passe på.")
        mette.helps(rest, job, "Ro om formiddagen er det, arbejdet kræver.")
        mette.agree(school, "Går ind ad sidedøren med Anton den første uge", "lis", in_days=6, aim=back)
        mette.agree(school, "Sender en besked til mor kl. 10, når han er i gang", "lis", in_days=9, aim=back)
        mette.agree(days, "Går med til søen om søndagen", maria, in_days=4)
        mette.agree(calm, "Spørger Lars, om vi kan mødes om eftermiddagen", "mette", in_days=-2, aim=rest)
        mette.network(maria, "Bente", "min søster, bor i nabobyen", "00 00 02 11", may_contact=True)
        mette.network(anton, "Viggo og hans far", "holder Antons plads i klassen", "00 00 02 12", may_contact=True)
    with story.turn("lars", ago=12) as lars:
        lars.works(calm, "Maria bruger vejrtrækningen selv, før hun bliver mindet om det.")
    with story.turn("lis", ago=10) as lis:
        lis.works(school, "Anton har sendt mig tre løste ark. De er flotte.")
        lis.wish(school, "At Anton kommer ind til os, også når det kun bliver til en halv time.")
    with story.turn("mette", ago=3) as mette:
        mette.burning(maria, "Hvem siger til Anton, at jeg klarer mig, mens han er i skole?")
        mette.status(maria, "Bedre end i foråret, men jeg bliver hurtigt træt.")
        mette.status(anton, "Det er kedeligt at være hjemme.")
    story.looks("ida", "lis", ago=2)
